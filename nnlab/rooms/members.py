"""Commands about members: they join, raise hands, are renamed, get hints, are removed, and are there or not."""

from __future__ import annotations

import time
from typing import Annotated, Any, ClassVar

from nnlab.document.validation import line_of_text
from nnlab.errors import Conflict
from nnlab.rooms.commands import Tells, require_open
from nnlab.rooms.life import no_such_room, seen
from nnlab.rooms.nicknames import cleaned, unlike
from nnlab.rooms.room import MEMBER, Room
from nnlab.rooms.state import LONGEST_HINT, MOST_MEMBERS, Member
from nnlab.sentence import Sentence
from nnlab.session.commands.kinds import Change, Handlers, Query

LONGEST_ASKED = 200  # characters of a nickname that are read at all


class RoomFull(Conflict):
    """As many have joined as there is room for."""

    code = "room_full"
    title = "This room is full"


Nickname = Annotated[str, line_of_text(LONGEST_ASKED)]


class Join(Change):
    """Join under a nickname. `key` is the hash of the new member's id, `view_id` that of the session to be made."""

    is_free: ClassVar[bool] = True
    nickname: Nickname
    key: str
    view_id: str


def join(command: Join, room: Room) -> dict[str, Any]:
    """Let somebody in. Raises NotFound, RoomEnded, RoomFull, NicknameTaken and InvalidInput."""
    state = room.state
    if state.is_deleted:
        raise no_such_room()
    require_open(room)
    if len(state.members) >= MOST_MEMBERS:
        raise RoomFull(Sentence("This room is full, with {most}; the teacher can remove somebody.", most=MOST_MEMBERS))
    nickname = unlike(cleaned(command.nickname), (member.nickname for member in state.members))
    member = Member(number=state.next_number, nickname=nickname, key=command.key, view_id=command.view_id)
    room.change(members=(*state.members, member), next_number=state.next_number + 1)
    return seen(room, command.key)


class RaiseHand(Tells):
    """Ask for help, or no longer."""

    actors: ClassVar[tuple[str, ...]] = (MEMBER,)
    is_raised: bool = True


def raise_hand(command: RaiseHand, room: Room) -> dict[str, Any]:
    """Raise or lower the hand."""
    require_open(room)
    member = room.member_of(command.key)
    room.change_member(member.number, **_hand(member, command.is_raised))
    return seen(room, command.key)


def _hand(member: Member, is_raised: bool) -> dict[str, Any]:
    """The hand, up since when it went up."""
    since = (member.raised_at_s or time.time()) if is_raised else None
    return {"is_raised": is_raised, "raised_at_s": since}


class ChangeMember(Tells):
    """Rename a member, give a hint that nobody else sees (null takes it back), lower the hand."""

    number: int
    nickname: Nickname | None = None
    hint: Annotated[str, line_of_text(LONGEST_HINT, strip=True)] | None = None
    is_raised: bool | None = None


def change_member(command: ChangeMember, room: Room) -> dict[str, Any]:
    """Change what is known of a member. Raises NotFound, NicknameTaken and InvalidInput."""
    said = command.model_dump(include={"hint"} & command.model_fields_set)
    if command.is_raised is not None:
        said |= _hand(room.member(command.number), command.is_raised)
    if command.nickname is not None:
        others = (member.nickname for member in room.state.members if member.number != command.number)
        said["nickname"] = unlike(cleaned(command.nickname), others)
    room.change_member(command.number, **said)
    return seen(room, command.key)


class RemoveMember(Tells):
    """Send a member away; the session goes too."""

    number: int


def remove_member(command: RemoveMember, room: Room) -> dict[str, Any]:
    """Forget a member and the vote; the reply has the session that is to be deleted. Raises NotFound."""
    gone, state = room.member(command.number), room.state
    room.change(
        members=tuple(member for member in state.members if member is not gone),
        spotlight=None if state.spotlight == gone.number else state.spotlight,
        poll=state.poll and state.poll.without_vote_of(gone.number),
    )
    return seen(room, command.key) | {"view_id": gone.view_id}


class Attend(Query):
    """A web process says whom it knows to be there; the reply is whom the others know."""

    is_free: ClassVar[bool] = True
    web: str
    numbers: list[int]


def attend(command: Attend, room: Room) -> list[int]:
    """Note the ones, say the others."""
    room.attendance.note(command.web, command.numbers)
    return room.attendance.beside(command.web)


HANDLERS: Handlers = {
    Join: join,
    RaiseHand: raise_hand,
    ChangeMember: change_member,
    RemoveMember: remove_member,
    Attend: attend,
}
