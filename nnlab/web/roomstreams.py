"""The stream of a room: the room itself as it changes and, for the wall, the frames of those members in sight. A
student's page has the own experiment come over it too, so that it holds one connection.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from typing import Any

from flask import Response
from pydantic import Field

from nnlab.document.wording import broken_rule
from nnlab.errors import NnlabError
from nnlab.fleet.hub import Board, Topic, Viewer
from nnlab.session.picture.want import PLAIN, Want
from nnlab.web.api import door, room_door
from nnlab.web.api.frames import event_stream
from nnlab.web.api.room_shapes import ROOM_EVENTS
from nnlab.web.api.rooms import RoomPath, come
from nnlab.web.api.shapes import READ_PROBLEMS, blueprint
from nnlab.web.api.wants import ManyQuery
from nnlab.web.pages.languages import language, plain_translator
from nnlab.web.rooms.desk import desk
from nnlab.web.rooms.lobby import Reader
from nnlab.web.rooms.people import Person
from nnlab.web.streams import Bounded, stream_of

bp = blueprint("roomstreams", "A room, live")

MOST_FRAMES_A_SECOND = 2.0
NUMBERS = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")


class WallQuery(Bounded):
    """Whose frames, how fine, how often."""

    members: str = Field("", description="Numbers of members whose frames are sent, as in 1-40,43.")
    resolution: int = Field(24, ge=20, le=60, description="Rows and columns of their planes.")
    fps: float = Field(MOST_FRAMES_A_SECOND, ge=0.05, le=MOST_FRAMES_A_SECOND, description="Frames a second of each.")

    own: list[str] = Field(
        [],
        description="A session whose document and frames come along: its id and any of parts, resolution and fps, as in"
        " ID;parts=regions,units. May be given for several.",
    )

    @property
    def want(self) -> Want:
        """What is wanted of each."""
        return Want(("regions",), self.resolution, self.fps)

    @property
    def own_wants(self) -> dict[str, Want]:
        """What is wanted of the sessions that come along, by view id. Raises InvalidInput."""
        names = ",".join(text.partition(";")[0] for text in self.own)
        return ManyQuery.model_validate({"of": names, "for": self.own}).wants if self.own else {}


@bp.get("/rooms/<room_id>/stream", responses={200: event_stream(ROOM_EVENTS), **READ_PROBLEMS})
def stream_room(path: RoomPath, query: WallQuery) -> Response:
    """Server-sent events: room as it changes, at most twice a second, and for teacher and screen frames of members."""
    who = room_door.visitor(path.room_id)
    seen = room_door.look(who)
    come(who, seen)
    wanted = set() if seen["actor"] == "member" else numbers_of(query.members)
    wants = {one["view_id"]: query.want for one in seen["room"]["members"] if one["number"] in wanted}
    own = query.own_wants
    return stream_of(
        lambda leaving: _enter(who, seen, door.watch(wants | own) if own else _watch(wants), leaving), query.max_events
    )


def _enter(who: Person, seen: dict[str, Any], viewer: Viewer, leaving: ExitStack) -> Viewer:
    """Have a viewer of some sessions see the room's events too, as this person may."""
    lobby = desk().lobby
    reader = Reader(who, Board(), plain_translator(language()), seen["actor"] != "member")
    viewer.stand_before(Topic(who.room_id, PLAIN), reader.board, speaks_for_all=True)
    lobby.enter(reader)
    leaving.callback(lobby.leave, reader)
    if (number := seen["number"]) is not None:
        lobby.presence(who.code).come(number)
        leaving.callback(lobby.presence(who.code).go, number)
    return viewer


def _watch(wants: dict[str, Want]) -> Viewer:
    """Those of the sessions that are there; a student's may just have been deleted."""
    try:
        return door.watch(wants) if wants else Viewer(lambda viewer: None)
    except NnlabError:
        return Viewer(lambda viewer: None)


def numbers_of(text: str) -> set[int]:
    """`1-3,7` -> {1, 2, 3, 7}. Raises InvalidInput."""
    numbers: set[int] = set()
    for part in filter(None, text.replace(" ", "").split(",")):
        found = NUMBERS.fullmatch(part)
        if found is None or len(numbers) > 1000:
            raise broken_rule("members", "must be numbers and ranges, as in 1-40,43", text)
        first = int(found[1])
        numbers |= set(range(first, min(int(found[2] or first), first + 1000) + 1))
    return numbers
