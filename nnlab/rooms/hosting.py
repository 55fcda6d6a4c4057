"""How a runner hosts rooms."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from nnlab.document.models import Pace
from nnlab.rooms import conducting, judging, life, members, polls
from nnlab.rooms.commands import Asks, Tells, admit
from nnlab.rooms.life import CloseForGood, admit_owner
from nnlab.rooms.room import Memento, Room
from nnlab.rooms.views import room_json
from nnlab.session.commands.kinds import Handlers
from nnlab.session.picture.want import Want
from nnlab.session.subject import Kind, Pose

ROOM_BYTES = 500_000  # measured with 300 members and a task of 200 points

PARTS = (life, members, conducting, polls, judging)
HANDLERS: Handlers = {command: handler for part in PARTS for command, handler in part.HANDLERS.items()}


def begin(command: Any, room: Room) -> Any:
    """Carry one command out and return its reply. Raises NnlabError and leaves the room as it was when it cannot be."""
    handler = HANDLERS.get(type(command))
    if handler is None:
        raise TypeError(f"unknown command: {type(command).__name__}")
    if isinstance(command, CloseForGood):
        admit_owner(command, room)
    elif isinstance(command, Asks | Tells):
        admit(command, room)
    return handler(command, room)


def document(room: Room, whole: bool) -> dict[str, Any]:
    """The room, for the server itself: who watches it is shown their part of it."""
    return {"revision": room.revision, "room": room_json(room), "keys": room.keys()}


def frames(room: Room, wants: Sequence[Want], pace: Pace, known: dict[str, Any]) -> list[dict[str, Any]]:
    """There is nothing to see but the room itself."""
    return []


def frames_s(room: Room, wants: Collection[Want]) -> float:
    """No time at all."""
    return 0.0


def pose(room: Room) -> Pose:
    """Never asked for, as frames take no time."""
    raise NotImplementedError


def size_bytes(room: Room) -> int:
    """About how much memory it takes."""
    return ROOM_BYTES


def whole(room: Room) -> dict[str, Any]:
    """The reply to whoever has made it."""
    return life.seen(room, room.state.teacher)


ROOMS = Kind(
    name=Room.kind,
    wake=Room.from_checkpoint,
    begin=begin,
    memento=Memento,
    whole=whole,
    document=document,
    frames=frames,
    frames_s=frames_s,
    pose=pose,
    size_bytes=size_bytes,
)
