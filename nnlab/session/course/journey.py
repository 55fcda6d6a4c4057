"""The way to another moment of training: from a moment that is kept, its steps and changes are made again."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from nnlab.document.models import Document
from nnlab.engine.trainer import Trainer
from nnlab.sentence import Sentence
from nnlab.session.course.past import Past
from nnlab.session.course.reconcile import reconcile, set_layers, set_weight
from nnlab.session.course.timeline import STEPS_A_CHANGE, Change, Moment


class Journey:
    """Goes on a trainer of its own, in any number of pieces; until arrival the session stays as it is.

    `goal` is the step where it leads, the nearest that is kept to the one that was asked for; `document` is the one of
    the place where it stands, `destination` the one where it leads.
    """

    def __init__(self, moment: Moment, changes: Sequence[Change], goal: int, *, asked: int) -> None:
        self.document: Document = moment.document
        documents = [change.to for change in changes if isinstance(change.to, Document)]
        self.destination = documents[-1] if documents else moment.document
        self.goal = goal
        self._asked = asked
        self._changes = deque(changes)
        self._trainer = Trainer(
            moment.document.network_spec(), moment.document.training_spec(), moment.document.examples()
        )
        self._trainer.restore(moment.state)

    @property
    def steps_left(self) -> int:
        """What is left of the way, in steps; a change counts for as many as take as long."""
        return self.goal - self._trainer.steps_taken + STEPS_A_CHANGE * len(self._changes)

    @property
    def notice(self) -> Sentence | None:
        """What is to be said if the step that was asked for is not known."""
        if self.goal == self._asked:
            return None
        return Sentence(
            "Step {asked} is not kept; this is the nearest one that is, step {step}.", asked=self._asked, step=self.goal
        )

    def advance(self, steps: int) -> int:
        """Go about so many steps further; return how many it was: the last change may take longer."""
        taken = 0
        while taken < steps and self.steps_left:
            taken += self._make_change() if self._is_at_change else self._take_steps(steps - taken)
        return taken

    def state(self) -> bytes:
        """The trainer's exact state where the journey stands."""
        return self._trainer.state()

    @property
    def _is_at_change(self) -> bool:
        return bool(self._changes) and self._changes[0].step <= self._trainer.steps_taken

    def _make_change(self) -> int:
        self._become(self._changes.popleft().to)
        return STEPS_A_CHANGE

    def _take_steps(self, most: int) -> int:
        end = self._changes[0].step if self._changes else self.goal
        steps = min(most, end - self._trainer.steps_taken)
        self._trainer.step_again(steps)
        return steps

    def _become(self, to: Past) -> None:
        if isinstance(to, Document):
            reconcile(self._trainer, self.document, to)
            self.document = to
        elif isinstance(to, tuple):
            set_layers(self._trainer, to)
        else:
            set_weight(self._trainer, to)
