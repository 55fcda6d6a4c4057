"""The local fleet with real runner processes: who gets which session, which reply and which frame."""

from __future__ import annotations

import json
import logging
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import psutil
import pytest

from nnlab.database.errors import StoreBusy
from nnlab.errors import InvalidInput, NotFound, Unavailable
from nnlab.fleet.frames import inflate
from nnlab.fleet.hub import Viewer
from nnlab.fleet.local.child import Child
from nnlab.fleet.local.fleet import SILENCE_S, LocalFleet
from nnlab.fleet.runner.queues import MOST_CALLS
from nnlab.fleet.wire import Unwatch
from nnlab.session import commands
from nnlab.session.picture.want import PLAIN, Want
from nnlab.settings import Settings
from nnlab.web.ids import new_id, view_id_of
from tests.unit.making import make_document, wait_until

RUNNERS = 2
CALLERS = 8


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[LocalFleet]:
    """Two runners that let sessions sleep early; none of their processes and threads may stay."""
    fleet = LocalFleet(Settings(database=tmp_path / "nnlab.sqlite3", runners=RUNNERS, sleep_s=0.5))
    threads = set(threading.enumerate())
    yield fleet
    pids = fleet.pids()
    fleet.close()
    assert not [pid for pid in pids if psutil.pid_exists(pid)]
    wait_until(lambda: set(threading.enumerate()) <= threads)  # those of a runner that was replaced end after it


def create(fleet: LocalFleet, **fields: Any) -> str:
    """A new session; its view id."""
    view_id = view_id_of(new_id())
    document = make_document(**{"pace": {"resolution": 20}} | fields)
    fleet.call(view_id, commands.Create(document=document))
    return view_id


def awake_of(fleet: LocalFleet) -> list[int]:
    """How many sessions each runner says it has in memory."""
    return [child.beat.awake if child.beat else -1 for child in fleet._placement.runners()]


def events_of(viewer: Viewer) -> list[tuple[str, dict[str, Any]]]:
    """(kind, data) of what is new."""
    return [(kind, json.loads(inflate(piece).decode().split("data: ", 1)[1])) for kind, piece in viewer.next(10)]


def use(fleet: LocalFleet, caller: int) -> None:
    """One caller's work: everything it reads must be its own."""
    view_id = create(fleet, title=f"{caller}")
    for count in range(10):
        patched = fleet.call(view_id, commands.Patch(patch={"title": f"{caller} {count}"}))
        assert (patched["document"]["title"], patched["revision"]) == (f"{caller} {count}", count + 2)
        assert fleet.call(view_id, commands.Step(steps=caller + 1))["snapshot"]["step"] == (count + 1) * (caller + 1)
        with pytest.raises(NotFound, match=f"no point 90{caller} "):
            fleet.call(view_id, commands.RemovePoint(point_id=int(f"90{caller}")))
    fleet.call(view_id, commands.Delete())


@pytest.mark.thorough
def test_the_fleet_serves_places_shows_sleeps_and_wakes(fleet: LocalFleet) -> None:
    """One test of several rules, as starting processes is what takes the time."""
    with ThreadPoolExecutor(CALLERS) as pool:
        assert list(pool.map(use, [fleet] * CALLERS, range(CALLERS))) == [None] * CALLERS
    assert fleet.trouble() is None
    assert len(set(fleet.pids())) == RUNNERS
    check_frames(fleet)
    check_a_crowd_of_viewers(fleet)
    check_sleeping_and_waking(fleet)


def test_what_no_message_can_carry_takes_no_place(tmp_path: Path) -> None:
    fleet = LocalFleet(Settings(database=tmp_path / "nnlab.sqlite3"))
    runner = Mock(spec=Child)
    fleet._placement.install(0, runner)
    with pytest.raises(InvalidInput):
        fleet._send("v", commands.ChangePoint(point_id=1, patch={"x": 2**70}))
    assert fleet._placement.find("v") is None
    runner.call.assert_not_called()


def check_frames(fleet: LocalFleet) -> None:
    """A viewer gets the document and the newest frame, however many there have been."""
    view_id = create(fleet, pace={"steps_per_second": 5000, "frames_per_second": 30, "resolution": 20})
    slow, quick = fleet.watch({view_id: PLAIN}), fleet.watch({view_id: PLAIN})
    fleet.call(view_id, commands.Run())
    newest: dict[str, Any] = {}
    for _ in range(8):
        newest.update(events_of(quick))
    seen = events_of(slow)
    assert [kind for kind, _ in seen] == ["document", "frame"]
    assert dict(seen)["document"]["view_id"] == dict(seen)["frame"]["session"] == view_id
    assert dict(seen)["frame"]["seq"] >= newest["frame"]["seq"] >= 4
    slow.leave()
    quick.leave()
    fleet.call(view_id, commands.Delete())


def check_a_crowd_of_viewers(fleet: LocalFleet) -> None:
    """However many come at once, nobody is refused; of what there is not there is no viewer."""
    view_id = create(fleet)
    with ThreadPoolExecutor(3 * MOST_CALLS) as pool:
        viewers = list(pool.map(fleet.watch, [{view_id: PLAIN}] * 3 * MOST_CALLS))
    for viewer in viewers:
        assert events_of(viewer)[0][0] == "document"
        viewer.leave()
    fleet.call(view_id, commands.Delete())
    with pytest.raises(NotFound):
        fleet.watch({view_id: PLAIN})


def check_sleeping_and_waking(fleet: LocalFleet) -> None:
    """Idle sessions leave the runners' memory and come back the same, to whichever runner."""
    names = [create(fleet, title=f"{number}") for number in range(2 * RUNNERS)]
    before = {name: fleet.call(name, commands.Step(steps=number)) for number, name in enumerate(names, 1)}
    wait_until(lambda: awake_of(fleet) == [0] * RUNNERS)
    for number, name in enumerate(names):
        whole = fleet.call(name, commands.Read())
        assert whole["document"]["title"] == f"{number}"
        assert whole["snapshot"]["loss"] == before[name]["snapshot"]["loss"]
        assert whole["snapshot"]["step"] == number + 1


@pytest.mark.thorough
def test_sessions_go_to_the_least_loaded_runner(tmp_path: Path) -> None:
    fleet = LocalFleet(Settings(database=tmp_path / "nnlab.sqlite3", runners=RUNNERS))
    try:
        names = [create(fleet) for _ in range(3 * RUNNERS)]
        wait_until(lambda: awake_of(fleet) == [3] * RUNNERS)
        for name in names:
            fleet.call(name, commands.Read())
        assert sum(awake_of(fleet)) == len(names)
    finally:
        fleet.close()


def counts_of(fleet: LocalFleet) -> list[int]:
    return fleet._placement.counts()


def check_places(fleet: LocalFleet) -> None:
    """What is deleted, was never there or could not be made has no place."""
    wait_until(lambda: counts_of(fleet) == [0] * RUNNERS)
    names = [create(fleet) for _ in range(2 * RUNNERS)]
    assert max(counts_of(fleet)) <= 2  # some may sleep already
    viewer = fleet.watch({names[0]: PLAIN})
    for name in names:
        fleet.call(name, commands.Delete())
    assert ("bye", {"session": names[0], "reason": "deleted"}) in events_of(viewer) + events_of(viewer)
    viewer.leave()
    for number in range(20):
        with pytest.raises(NotFound):
            fleet.call(f"nothing{number}", commands.Read())
    wait_until(lambda: counts_of(fleet) == [0] * RUNNERS)


def check_replacement(fleet: LocalFleet, harm: Callable[[Child], None]) -> None:
    """A runner that cannot go on is replaced; its watched sessions are shown again, and nobody else notices."""
    hurt, whole = sorted((create(fleet, title=name) for name in "ab"), key=lambda name: fleet._placement.find(name).pid)
    child = fleet._placement.find(hurt)
    assert child is not None
    viewers = [fleet.watch({hurt: PLAIN}), fleet.watch({whole: PLAIN})]
    for viewer in viewers:
        assert dict(events_of(viewer))
    pids = set(fleet.pids())
    harm(child)
    wait_until(lambda: dict(events_of(viewers[0])).get("document"))
    assert fleet.call(hurt, commands.Read())["revision"] == 1
    assert len(pids & set(fleet.pids())) == RUNNERS - 1
    assert fleet._placement.find(whole).pid in pids  # type: ignore[union-attr]
    wait_until(lambda: not fleet.trouble())
    for viewer in viewers:
        viewer.leave()


@pytest.mark.thorough
def test_runners_that_cannot_go_on_are_replaced(fleet: LocalFleet, caplog: pytest.LogCaptureFixture) -> None:
    """Killed, stopped, and not to be understood; in one test as starting processes takes the time."""
    caplog.set_level(logging.CRITICAL)
    fleet.start()
    check_places(fleet)
    check_replacement(fleet, lambda child: os.kill(child.pid, signal.SIGKILL))
    check_replacement(fleet, mix_up)
    check_replacement(fleet, stop_with_a_full_pipe)
    for name in [create(fleet) for _ in range(4)]:
        fleet.call(name, commands.Delete())
    wait_until(lambda: counts_of(fleet) == [0] * RUNNERS)


def stop_with_a_full_pipe(child: Child) -> None:
    """Let the runner hang until that is noticed; whoever has something to tell it goes on at once, however much."""
    os.kill(child.pid, signal.SIGSTOP)
    began_s = time.monotonic()
    for _ in range(4000):
        child.send(Unwatch("nobody", Want(())))
    assert time.monotonic() - began_s < SILENCE_S / 2
    wait_until(lambda: child.has_ended)
    assert time.monotonic() - began_s < SILENCE_S + 5  # however long it then takes to start another one


def mix_up(child: Child) -> None:
    """Let the next message from the runner make no sense."""

    def receive() -> None:
        raise ValueError("no message of ours")

    child._channel.receive = receive  # type: ignore[method-assign]


@pytest.mark.thorough
def test_a_fleet_is_in_no_trouble_when_every_runner_lives_and_the_store_can_be_written(
    fleet: LocalFleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    assert fleet.trouble()
    wait_until(lambda: not fleet.trouble())
    child = fleet._placement.runners()[0]
    with monkeypatch.context() as patch:
        patch.setattr("nnlab.fleet.local.restarts.LONG_LIFE_S", 1000.0)
        patch.setattr("nnlab.fleet.local.restarts.FIRST_PAUSE_S", 0.5)
        child.kill()
        wait_until(fleet.trouble)
        with pytest.raises(Unavailable, match="starting"):
            raise fleet.trouble() or ValueError
    wait_until(lambda: not fleet.trouble())
    lock = sqlite3.connect(tmp_path / "nnlab.sqlite3", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    wait_until(lambda: isinstance(fleet.trouble(), StoreBusy))
    lock.close()
    wait_until(lambda: not fleet.trouble())


def test_a_closed_fleet_refuses_calls_and_starts_nothing(tmp_path: Path) -> None:
    fleet = LocalFleet(Settings(database=tmp_path / "nnlab.sqlite3", runners=1))
    fleet.close()
    fleet.close()
    for ask in (lambda: fleet.call("v", commands.Read()), lambda: fleet.watch({"v": PLAIN})):
        with pytest.raises(Unavailable, match="stopping"):
            ask()
    assert fleet.pids() == []
