"""Long work on a session, done piece by piece: so many steps, or the way to another moment."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from nnlab.document.models import Document
from nnlab.session.course.reconcile import same_network
from nnlab.session.picture.snapshot import state_reply, whole_reply
from nnlab.session.session import Session


class Work(ABC):
    """Something that takes steps. `is_travel`: it leads elsewhere, so any change meanwhile ends it."""

    is_travel: bool = False

    def __init__(self, session: Session) -> None:
        self.session = session

    @abstractmethod
    def take(self, most: int, *, observed: bool = False) -> int:
        """Take up to `most` steps; return how many were taken. `observed`: as in Session.advance."""

    @property
    @abstractmethod
    def is_done(self) -> bool:
        """Whether there is nothing more to do, or no way on."""

    @abstractmethod
    def reply(self) -> dict[str, Any]:
        """What is said at the end."""


class Steps(Work):
    """Updates of the weights, of a session that pauses for them. Raises Conflict when none can be taken."""

    def __init__(self, session: Session, steps: int) -> None:
        super().__init__(session)
        session.require_steps()
        session.running = False
        self.left = steps

    def take(self, most: int, *, observed: bool = False) -> int:
        """Take up to `most` of the steps that are left."""
        taken = self.session.advance(min(self.left, most), observed=observed)
        self.left -= taken
        return taken

    @property
    def is_done(self) -> bool:
        """Whether all are taken, or training has diverged."""
        return self.left <= 0 or not self.session.can_step

    def reply(self) -> dict[str, Any]:
        """The snapshot."""
        return state_reply(self.session)


class Travel(Work):
    """The way to the state after `step` steps; until its end the session stays as it is. Raises Conflict."""

    is_travel = True

    def __init__(self, session: Session, step: int) -> None:
        super().__init__(session)
        self._journey = session.set_out(step)
        self._has_arrived = False

    @property
    def destination(self) -> Document:
        """The document there."""
        there, here = self._journey.destination, self.session.document
        return here if same_network(there, here) else there

    def take(self, most: int, *, observed: bool = False) -> int:
        """Go up to about `most` steps further, and arrive at the end."""
        taken = self._journey.advance(most)
        if self._journey.steps_left == 0:
            self.session.arrive(self._journey)
            self._has_arrived = True
        return taken

    @property
    def is_done(self) -> bool:
        """Whether the session has arrived."""
        return self._has_arrived

    def reply(self) -> dict[str, Any]:
        """The document, which may be another one, and the snapshot."""
        return whole_reply(self.session)


class Nothing(Work):
    """Nothing that is left to do: the same is being done already."""

    def __init__(self, session: Any) -> None:
        super().__init__(session)

    def take(self, most: int, *, observed: bool = False) -> int:
        """Take no step."""
        return 0

    @property
    def is_done(self) -> bool:
        """At once."""
        return True

    def reply(self) -> dict[str, Any]:
        """The snapshot."""
        return state_reply(self.session)
