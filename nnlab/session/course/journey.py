"""The way to another moment of training: from the nearest one that is kept, its steps are taken again."""

from __future__ import annotations

from nnlab.document.models import Document
from nnlab.engine.trainer import Trainer
from nnlab.session.course.timeline import Moment


class Journey:
    """Takes the steps on a trainer of its own, in any number of pieces; until arrival the session stays as it is."""

    def __init__(self, moment: Moment, steps: int) -> None:
        self.document: Document = moment.document
        self.steps_left = steps
        self._trainer = Trainer(
            moment.document.network_spec(), moment.document.training_spec(), moment.document.examples()
        )
        self._trainer.restore(moment.state)

    def advance(self, steps: int) -> int:
        """Take up to `steps` of the steps that are left; return how many were taken."""
        taken = self._trainer.step(min(steps, self.steps_left))
        # Steps that were taken once do not diverge; should they, the journey ends where they do.
        self.steps_left = self.steps_left - taken if self._trainer.diverged is None else 0
        return taken

    def state(self) -> bytes:
        """The trainer's exact state where the journey stands."""
        return self._trainer.state()
