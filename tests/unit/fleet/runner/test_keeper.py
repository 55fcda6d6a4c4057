"""Sessions on their way between memory and the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nnlab.errors import NotFound
from nnlab.fleet.runner.awake import Owed
from nnlab.fleet.runner.keeper import Keeper
from nnlab.fleet.store import LostOwnership, Store
from nnlab.session.work import Steps
from tests.unit.fleet.conftest import FakeTime
from tests.unit.making import make_session

IDLE_S = 60.0


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
    awake = keeper.wake("v")
    owed = [Owed(number, Steps(awake.session, 10)) for number in (1, 2)]
    awake.owed += owed
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
    trained = keeper.awake["v"].session.checkpoint()
    keeper.save_unsaved()
    assert not keeper.awake["v"].unsaved
    assert store.claim("v") == (2, trained)
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
    assert keeper.put_to_sleep(IDLE_S) == []
    clock.now_s += 0.1
    assert keeper.put_to_sleep(IDLE_S) == ["v"]
    assert keeper.awake == {}


def test_a_call_keeps_a_session_awake(keeper: Keeper, clock: FakeTime) -> None:
    clock.now_s += IDLE_S
    keeper.wake("v")
    clock.now_s += IDLE_S
    assert keeper.put_to_sleep(IDLE_S) == []


@pytest.mark.parametrize("reason", ["watched", "owing", "unsaved"])
def test_a_session_that_is_needed_stays_awake(keeper: Keeper, clock: FakeTime, reason: str) -> None:
    awake = keeper.wake("v")
    if reason == "watched":
        awake.watchers.add(())
    elif reason == "owing":
        awake.owe(1, Steps(awake.session, 1))
    else:
        awake.unsaved = True
    clock.now_s += 2 * IDLE_S
    assert keeper.put_to_sleep(IDLE_S) == []
