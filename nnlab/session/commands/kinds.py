"""The kinds of commands, and what whoever carries them out has to know of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from nnlab.document.validation import Model

if TYPE_CHECKING:
    from nnlab.session.session import Session
    from nnlab.session.subject import Subject

Handlers = Mapping[type[Model], Callable[[Any, Any], Any]]  # model of a command -> what carries it out on a session


class Command(Model):
    """`takes_steps`: its handler returns a Work, to be done piece by piece and stored at its end. `ends_works`: works
    that are still being done end with it. `is_free`: it costs nothing, so a crowd may ask at once.
    `control`: what a room locks to have it refused (see nnlab.session.locks).
    """

    takes_steps: ClassVar[bool] = False
    ends_works: ClassVar[bool] = False
    is_free: ClassVar[bool] = False
    control: ClassVar[str] = ""

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        """Each kind is found by its name (see nnlab.session.commands.names)."""
        KINDS[cls.__name__] = cls


KINDS: dict[str, type[Command]] = {}  # by name


class Query(Command):
    """A command that only reads."""

    def takes_s(self, session: Session) -> float:
        """About how long the answer takes to make, in seconds; 0 for what is quick on any network."""
        return 0.0


class Change(Command):
    """A command that makes a new revision of the document or of the run state; stored before its reply is sent."""

    @property
    def is_of_document_alone(self) -> bool:
        """Whether nothing has changed if the revision has not."""
        return False

    def control_in(self, session: Session) -> str:
        """What a room locks to have it refused there, if it is not what it does to the document."""
        return self.control


class Birth(Change):
    """A command that makes a subject."""

    def make(self) -> Subject:
        """The new subject."""
        raise NotImplementedError


class Death(Change):
    """A command that ends a subject for good."""


class OfRoom(Change):
    """A command that a room gives to a student's session: no lock is in its way, and no route takes it."""
