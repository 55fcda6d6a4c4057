"""What a web process says to the others about the rooms it shows."""

from __future__ import annotations

from typing import Any, cast

import pytest

from nnlab.fleet.hub import Viewer
from nnlab.rooms.members import Attend
from nnlab.web.rooms.lobby import Lobby, Watched


class Rooms:
    """A fleet in which somebody else is there."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def call(self, view_id: str, command: Any) -> list[int]:
        self.asked.append(command)
        return [7]


@pytest.mark.parametrize("is_alone", [True, False])
def test_who_is_there_is_said_only_where_others_serve_the_room_too(is_alone: bool) -> None:
    rooms = Rooms()
    watched = Watched("123456", viewers=[Viewer(lambda _: None)])
    Lobby(cast(Any, rooms), is_alone=is_alone)._exchange(watched)
    assert [type(command) for command in rooms.asked] == ([] if is_alone else [Attend])
    assert watched.presence.is_here(7) is not is_alone
