"""The kinds of commands, and what whoever carries them out has to know of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from nnlab.document.validation import Model

if TYPE_CHECKING:
    from nnlab.session.session import Session

Handlers = Mapping[type[Model], Callable[[Any, Any], Any]]  # model of a command -> what carries it out on a session


class Command(Model):
    """`takes_steps`: its handler returns a Work, to be done piece by piece and stored at its end. `ends_works`: works
    that are still being done end with it. `is_free`: it costs nothing, so a crowd may ask at once.
    """

    takes_steps: ClassVar[bool] = False
    ends_works: ClassVar[bool] = False
    is_free: ClassVar[bool] = False

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


class Birth(Change):
    """A command that makes a session."""

    def make(self) -> Session:
        """The new session."""
        raise NotImplementedError


class Death(Change):
    """A command that ends a session for good."""
