"""Sessions on their way between memory and the store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nnlab.errors import NotFound
from nnlab.fleet.runner.awake import SERIES_EVERY_S, OwedSteps
from nnlab.fleet.runner.bedtime import room_bytes
from nnlab.fleet.runner.keeper import Keeper
from nnlab.fleet.store import LostOwnership, Store
from tests.unit.fleet.conftest import FakeTime
from tests.unit.making import make_session

IDLE_S = 60.0
ROOM_BYTES = 10**9


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of its own for each test."""
    store = Store(tmp_path / "nnlab.sqlite3")
    yield store
    store.close()


@pytest.fixture
def keeper(store: Store, clock: FakeTime) -> Keeper:
    """A keeper with one session, v, that nobody watches."""
    keeper = Keeper(store)
    keeper.create("v", make_session())
    return keeper


def test_what_is_in_memory_is_not_fetched_again(keeper: Keeper) -> None:
    assert keeper.wake("v") is keeper.awake["v"]
    assert keeper.wake("v").epoch == 1


def test_a_session_that_was_dropped_comes_back_as_it_was_saved(keeper: Keeper) -> None:
    awake = keeper.wake("v")
    awake.session.advance(10)
    keeper.save(awake)
    saved = awake.session.checkpoint()
    awake.session.advance(10)
    keeper.forget("v")
    assert keeper.wake("v") is not awake
    assert keeper.wake("v").session.checkpoint() == saved
    assert keeper.wake("v").epoch == 2


def test_what_is_nowhere_is_not_found(keeper: Keeper) -> None:
    for ask in (keeper.wake, keeper.delete):
        with pytest.raises(NotFound):
            ask("w")
    keeper.forget("w")


def test_steps_that_a_dropped_session_owed_are_remembered_for_their_callers(keeper: Keeper) -> None:
    owed = [OwedSteps(1, 10), OwedSteps(2, 20)]
    keeper.wake("v").owed += owed
    keeper.forget("v")
    assert keeper.abandoned == owed


@pytest.mark.parametrize("in_memory", [True, False])
def test_a_deleted_session_is_gone_from_memory_and_store(keeper: Keeper, in_memory: bool) -> None:
    if not in_memory:
        keeper.forget("v")
    keeper.delete("v")
    assert "v" not in keeper.awake
    with pytest.raises(NotFound):
        keeper.wake("v")


def test_save_unsaved_saves_what_was_trained_and_nothing_else(keeper: Keeper, store: Store) -> None:
    keeper.create("w", make_session())
    for view_id, unsaved in (("v", True), ("w", False)):
        keeper.awake[view_id].session.advance(5)
        keeper.awake[view_id].unsaved = unsaved
    trained = keeper.awake["v"].session.checkpoint(series=False)
    keeper.save_unsaved()
    assert not keeper.awake["v"].unsaved
    assert store.claim("v") == (2, replace(trained, series=b""))
    assert store.claim("w") == (2, make_session().checkpoint())


def test_a_session_that_another_runner_has_taken_is_let_go(keeper: Keeper, store: Store) -> None:
    keeper.create("w", make_session())
    store.claim("v")
    with pytest.raises(LostOwnership):
        keeper.save(keeper.awake["v"])
    for awake in keeper.awake.values():
        awake.unsaved = True
    keeper.save_unsaved()
    assert set(keeper.awake) == {"w"}
    assert not keeper.awake["w"].unsaved


def test_an_idle_session_is_put_to_sleep(keeper: Keeper, clock: FakeTime) -> None:
    clock.now_s += IDLE_S
    assert keeper.put_to_sleep(IDLE_S, ROOM_BYTES) == []
    clock.now_s += 0.1
    assert keeper.put_to_sleep(IDLE_S, ROOM_BYTES) == ["v"]
    assert keeper.awake == {}


def test_a_call_keeps_a_session_awake(keeper: Keeper, clock: FakeTime) -> None:
    clock.now_s += IDLE_S
    keeper.wake("v")
    clock.now_s += IDLE_S
    assert keeper.put_to_sleep(IDLE_S, ROOM_BYTES) == []


@pytest.mark.parametrize("reason", ["watched", "owing", "unsaved"])
def test_a_session_that_is_needed_stays_awake(keeper: Keeper, clock: FakeTime, reason: str) -> None:
    awake = keeper.wake("v")
    if reason == "watched":
        awake.watchers.add(())
    elif reason == "owing":
        awake.owed.append(OwedSteps(1, 1))
    else:
        awake.unsaved = True
    clock.now_s += 2 * IDLE_S
    assert keeper.put_to_sleep(IDLE_S, ROOM_BYTES) == []


def test_beyond_the_budget_the_idle_sleep_first_and_the_watched_stay(keeper: Keeper, clock: FakeTime) -> None:
    names = [f"w{number}" for number in range(5)]
    for name in names:
        clock.now_s += 1
        keeper.create(name, make_session())
    keeper.awake["w0"].watchers.add(())
    keeper.awake["w1"].session.start()
    room = sum(map(room_bytes, keeper.awake.values()))
    assert keeper.put_to_sleep(IDLE_S, room) == []
    assert keeper.put_to_sleep(IDLE_S, room - 1) == ["v"]
    assert keeper.put_to_sleep(IDLE_S, room // 2) == ["w2", "w3"]
    assert keeper.put_to_sleep(IDLE_S, 0) == ["w4", "w1"]
    assert set(keeper.awake) == {"w0"}


def test_a_session_that_sleeps_keeps_its_series_and_its_way_back(keeper: Keeper, clock: FakeTime) -> None:
    awake = keeper.wake("v")
    for _ in range(5):
        awake.advance(100)
        awake.session.snapshot()
    keeper.save_unsaved()
    before = awake.session.series.columns()
    clock.now_s += 2 * IDLE_S
    assert keeper.put_to_sleep(IDLE_S, ROOM_BYTES) == ["v"]
    woken = keeper.wake("v").session
    assert woken.series.columns() == before
    assert woken.timeline.first_step == 0


def test_the_series_is_saved_now_and_then_and_at_once_when_it_is_another(keeper: Keeper, clock: FakeTime) -> None:
    awake = keeper.wake("v")
    awake.advance(5)
    assert awake.checkpoint().series is None
    clock.now_s += SERIES_EVERY_S + 1
    assert awake.checkpoint().series is not None
    assert awake.checkpoint().series is None
    awake.session.reset()
    assert awake.checkpoint().series is not None
    assert awake.checkpoint(at_rest=True).series is not None
