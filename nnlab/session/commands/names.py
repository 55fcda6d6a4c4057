"""Commands by name, as they are called in other processes, which may be of another version."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from nnlab.document.wording import broken_rule
from nnlab.session.commands.kinds import KINDS, Command, Handlers, Query
from nnlab.session.session import Session


def tagged(command: Command) -> tuple[str, dict[str, Any]]:
    """A command's name and fields as plain values, those that were not given left out."""
    return type(command).__name__, command.model_dump(exclude_unset=True)


def untagged(value: Any) -> Command:
    """The command of such a name and fields; Unknown when there is none, or none with such fields."""
    if isinstance(value, Command):
        return value
    name, fields = value
    try:
        return KINDS[name].model_validate(fields)
    except (KeyError, ValidationError):
        return Unknown(name=str(name))


class Unknown(Query):
    """A command that another process knows and this one does not."""

    name: str


def refuse(command: Unknown, session: Session) -> None:
    """Refuse what is not known. Raises InvalidInput."""
    raise broken_rule("command", "must be one that this server knows", command.name)


HANDLERS: Handlers = {Unknown: refuse}
