"""Rooms for tests."""

from __future__ import annotations

from typing import Any

from nnlab.document.models import parse_document
from nnlab.rooms.hosting import begin
from nnlab.rooms.life import OpenRoom
from nnlab.rooms.members import Join
from nnlab.rooms.room import Room

TEACHER, SCREEN = "teacher's key", "screen's key"


def make_room(*nicknames: str, **fields: Any) -> Room:
    """A room in which these have joined; a member's key is the nickname."""
    usual = {"code": "ABCDEF", "teacher": TEACHER, "screen": SCREEN, "seed": 1, "document": parse_document({})}
    room = OpenRoom.model_validate(usual | fields).make()
    for nickname in nicknames:
        begin(Join(nickname=nickname, key=nickname, view_id=f"v of {nickname}"), room)
    return room
