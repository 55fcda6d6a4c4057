"""What a session was before a change that may yet be refused: it can be so again, exactly."""

from __future__ import annotations

import copy
from collections import deque
from typing import Any

from nnlab.engine.trainer import Trainer
from nnlab.session.course.edits import Edits
from nnlab.session.course.series import Series
from nnlab.session.course.timeline import Timeline
from nnlab.session.replies import Replies
from nnlab.session.session import Session


class Memento:
    """Taken before each change that is stored, so it has to be cheap: 30 us for a usual session."""

    def __init__(self, session: Session) -> None:
        self.revision = session.revision
        self._session = session
        self._fields = {name: twin(value) for name, value in vars(session).items() if name != "trainer"}
        self._state = session.trainer.state()
        self._diverged = session.trainer.diverged

    def bring_back(self) -> None:
        """Undo all that was done to the session since; no step that was taken before is lost."""
        document = self._fields["document"]
        trainer = Trainer(document.network_spec(), document.training_spec(), document.examples())
        trainer.restore(self._state)
        trainer.diverged = self._diverged
        vars(self._session).update(self._fields, trainer=trainer)


def twin(value: Any) -> Any:
    """A copy of what a change grows or cuts; the moments, rows and documents in it never change themselves."""
    if not isinstance(value, Edits | Series | Timeline | Replies):
        return value
    other = copy.copy(value)
    for name, part in vars(value).items():
        if isinstance(part, list | deque | dict | set):
            setattr(other, name, copy.copy(part))
    return other
