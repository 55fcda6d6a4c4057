"""What commands to a room have in common: whoever gives one is known by the hash of their id."""

from __future__ import annotations

from typing import ClassVar

from nnlab.errors import Conflict, ReadOnly
from nnlab.rooms.room import MEMBER, SCREEN, TEACHER, Room
from nnlab.sentence import Sentence
from nnlab.session.commands.kinds import Change, Query

ALL = (TEACHER, SCREEN, MEMBER)


class Asks(Query):
    """A question of somebody who is in the room; a whole class may ask at once."""

    is_free: ClassVar[bool] = True
    actors: ClassVar[tuple[str, ...]] = ALL
    key: str


class Tells(Change):
    """A change by the teacher, or by whom else `actors` names; a whole class may vote at once."""

    is_free: ClassVar[bool] = True
    actors: ClassVar[tuple[str, ...]] = (TEACHER,)
    key: str


class RoomEnded(Conflict):
    """The room has ended, so nobody may join or change anything."""

    code = "room_ended"
    title = "This room has ended"


def admit(command: Asks | Tells, room: Room) -> None:
    """Let a command pass. Raises NotFound and ReadOnly for whom it is not for."""
    actor, _ = room.actor(command.key)
    if actor not in command.actors:
        raise for_the_teacher()


def for_the_teacher() -> ReadOnly:
    """For whoever is in the room and may not do what was asked."""
    return ReadOnly(Sentence("This link may not do that; it is for the teacher of the room."))


def require_open(room: Room) -> None:
    """Raise RoomEnded when the room has ended."""
    if room.state.is_ended:
        raise RoomEnded(Sentence("This room has ended; the teacher can open it again."))
