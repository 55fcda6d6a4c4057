"""Commands about a room as a whole: opened, looked up, looked at, ended, opened again, deleted; new keys."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from nnlab.document.models import Document
from nnlab.document.validation import line_of_text, whole_number
from nnlab.errors import Conflict, NotFound
from nnlab.rooms.commands import Asks, Tells, admit
from nnlab.rooms.room import Room
from nnlab.rooms.state import MOST_MEMBERS, State, Task
from nnlab.rooms.views import room_json
from nnlab.sentence import Sentence
from nnlab.session.commands import Exists, ReadReply, Unknown
from nnlab.session.commands.kinds import Birth, Death, Handlers, Query
from nnlab.session.replies import reply_in

Title = Annotated[str, line_of_text(120, strip=True)]
KeepDays = Annotated[int, whole_number(1, 3650)]


class CodeTaken(Conflict):
    """Another room has this code."""

    code = "code_taken"


class OpenRoom(Birth):
    """Make a room whose task is this document. `teacher` and `screen` are hashes of ids; `seed` is known to nobody."""

    code: str
    title: Title = ""
    teacher: str
    screen: str
    document: Document
    teacher_view_id: str | None = None
    seed: int
    keep_days: KeepDays | None = None

    def make(self) -> Room:
        """The room, empty."""
        fields = {name: getattr(self, name) for name in type(self).model_fields if name != "document"}
        return Room(State(task=Task(document=self.document), **fields))


class Lookup(Query):
    """What everybody may know who has the code."""

    is_free: ClassVar[bool] = True


def lookup(command: Lookup, room: Room) -> dict[str, Any]:
    """Title, state and how many there are. Raises NotFound for a room that is being deleted."""
    state = room.state
    if state.is_deleted:
        raise no_such_room()
    return {
        "code": state.code,
        "title": state.title,
        "state": "ended" if state.is_ended else "open",
        "members": len(state.members),
        "most_members": MOST_MEMBERS,
    }


class Look(Asks):
    """The room, and who asks."""


def look(command: Look, room: Room) -> dict[str, Any]:
    """The room, and who asks."""
    return seen(room, command.key)


def seen(room: Room, key: str) -> dict[str, Any]:
    """The reply to whoever changes or reads a room."""
    actor, number = room.actor(key)
    return {"actor": actor, "number": number, "room": room_json(room)}


class End(Tells):
    """Nobody may join or change anything any more; everything stays."""


def end(command: End, room: Room) -> dict[str, Any]:
    """End the room; whoever was stopped goes on."""
    room.change(told=True, is_ended=True, is_frozen=False, timer_ends_at=None)
    return seen(room, command.key)


class Reopen(Tells):
    """Open the room again."""


def reopen(command: Reopen, room: Room) -> dict[str, Any]:
    """Open the room again."""
    room.change(told=True, is_ended=False)
    return seen(room, command.key)


class RenewKeys(Tells):
    """New ids for the teacher and the screen, whose hashes these are; the old ones end."""

    teacher: str
    screen: str


def renew_keys(command: RenewKeys, room: Room) -> dict[str, Any]:
    """Take the new hashes."""
    room.change(teacher=command.teacher, screen=command.screen)
    return seen(room, command.teacher)


class CloseForGood(Tells):
    """From now on there is no such room for anybody; its sessions are to be deleted, then itself."""


def close_for_good(command: CloseForGood, room: Room) -> dict[str, Any]:
    """Close it; the reply has the sessions. The teacher may ask again, until all is done."""
    if not room.state.is_deleted:
        room.change(is_deleted=True)
    return {"view_ids": [member.view_id for member in room.state.members]}


class DeleteRoom(Death):
    """Remove the room for good."""


def admit_owner(command: CloseForGood, room: Room) -> None:
    """Only the teacher, whose link goes on being good for this alone. Raises NotFound and ReadOnly."""
    if room.state.is_deleted and command.key == room.state.teacher:
        return
    admit(command, room)


def read_reply(command: ReadReply, room: Room) -> Any:
    """The reply that was given under a key. Raises CodeTaken when there was none: the code is another room's."""
    known = room.replies.find(command.key, command.fingerprint)
    if known is None:
        raise CodeTaken(Sentence("Another room has this code."))
    return reply_in(known)


def exists(command: Exists, room: Room) -> None:
    """Say nothing."""


def unknown(command: Unknown, room: Room) -> None:
    """Refuse what is not known."""
    raise NotFound(Sentence("This server does not know what was asked of the room."))


def no_such_room() -> NotFound:
    """For whoever asks for a room that is not there."""
    return NotFound(Sentence("There is no room with this code; ask the teacher for it."))


HANDLERS: Handlers = {
    Lookup: lookup,
    Look: look,
    End: end,
    Reopen: reopen,
    RenewKeys: renew_keys,
    CloseForGood: close_for_good,
    ReadReply: read_reply,
    Exists: exists,
    Unknown: unknown,
}
