"""Rooms are hosted like sessions: stored before they answer, back after a crash, watched, deleted."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nnlab.document.models import parse_document
from nnlab.errors import NotFound, Unavailable, Unsettled
from nnlab.fleet.local.fleet import LocalFleet
from nnlab.rooms.conducting import Conduct
from nnlab.rooms.life import DeleteRoom, Look, OpenRoom
from nnlab.rooms.members import Join
from nnlab.session.picture.want import PLAIN
from nnlab.settings import Settings
from tests.unit.making import wait_until

ROOM, TEACHER = "rABCDEF", "teacher's key"


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[LocalFleet]:
    fleet = LocalFleet(Settings(database=tmp_path / "nnlab.sqlite3", runners=1))
    fleet.start()
    yield fleet
    fleet.close()


def open_room(fleet: LocalFleet) -> None:
    fields = {"code": "ABCDEF", "teacher": TEACHER, "screen": "s", "seed": 1, "document": parse_document({})}
    fleet.call(ROOM, OpenRoom.model_validate(fields))


def ask(fleet: LocalFleet, command: Any) -> Any:
    """The reply, asked for again while a runner is being replaced."""

    def reply() -> Any:
        try:
            return (fleet.call(ROOM, command),)
        except (Unavailable, Unsettled):
            return None

    return wait_until(reply)[0]


@pytest.mark.thorough
def test_nobody_is_lost_when_the_runner_is_killed(fleet: LocalFleet) -> None:
    open_room(fleet)
    for number in range(20):
        fleet.call(ROOM, Join(nickname=f"Student {number}", key=str(number), view_id=f"v{number}"))
    fleet.call(ROOM, Conduct(key=TEACHER, locks=("points",), spotlight=7))
    (pid,) = fleet.pids()
    os.kill(pid, signal.SIGKILL)
    room = ask(fleet, Look(key=TEACHER))["room"]
    assert [one["nickname"] for one in room["members"]] == [f"Student {number}" for number in range(20)]
    assert (room["locks"], room["spotlight"]) == (["points"], 7)
    assert fleet.pids() != [pid]


def test_a_watcher_is_told_of_changes_and_of_the_end(fleet: LocalFleet) -> None:
    open_room(fleet)
    viewer = fleet.watch({ROOM: PLAIN})
    seen: list[str] = []

    def sees(*kinds: str) -> bool:
        seen.extend(found for found, _ in viewer.next(0.1))
        return any(kind in seen for kind in kinds)

    wait_until(lambda: sees("document"))
    seen.clear()
    fleet.call(ROOM, Join(nickname="Ada", key="a", view_id="v"))
    wait_until(lambda: sees("document", "settings"))
    fleet.call(ROOM, DeleteRoom())
    wait_until(lambda: sees("bye"))
    assert "frame" not in seen
    viewer.leave()
    with pytest.raises(NotFound):
        fleet.call(ROOM, Look(key=TEACHER))
