"""Sessions on their way between memory and the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nnlab.database.errors import StoreFull, StoreReadOnly
from nnlab.errors import NotFound
from nnlab.fleet.runner.awake import SERIES_EVERY_S, Awake, Owed
from nnlab.fleet.runner.bedtime import room_bytes
from nnlab.fleet.runner.keeper import UNCLAIMED, Keeper
from nnlab.fleet.runner.writing import Job, Outcome
from nnlab.fleet.store import LostOwnership, Store
from nnlab.session.picture.want import PLAIN
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


class AtOnce:
    """Does each job when it is asked for, or, with `refuses`, says that the store cannot be written."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.refuses: Exception | None = None
        self.late: list[Callable[[], None]] | None = None  # a list keeps what has been done until it is settled

    def ask(self, job: Job) -> None:
        """Do the job and settle it, unless that is to be later."""
        settle = self._do(job).settle
        if self.late is None:
            settle()
        else:
            self.late.append(settle)

    def _do(self, job: Job) -> Outcome:
        try:
            if self.refuses is None:
                return Outcome(job, job.work(self._store))
            return Outcome(job, job.instead(self._store)) if job.instead else Outcome(job, error=self.refuses)
        except Exception as error:
            return Outcome(job, error=error)


@pytest.fixture
def writer(store: Store) -> AtOnce:
    return AtOnce(store)


@pytest.fixture
def keeper(writer: AtOnce, clock: FakeTime) -> Keeper:
    """A keeper with one session, v, that nobody watches."""
    keeper = Keeper(writer)
    create(keeper, "v")
    return keeper


def fail(error: Exception) -> None:
    raise error


def create(keeper: Keeper, view_id: str) -> None:
    keeper.create(view_id, make_session(), lambda awake: None, fail)


def wake(keeper: Keeper, view_id: str = "v") -> Awake:
    """The session, fetched; NotFound when there is none."""
    woken: list[Awake | None] = []
    keeper.wake(view_id, woken.append, fail)
    if woken[0] is None:
        raise NotFound(view_id)
    return woken[0]


def save(keeper: Keeper, awake: Awake) -> None:
    keeper.save(awake, lambda: None, fail)


def delete(keeper: Keeper, view_id: str = "v") -> None:
    keeper.delete(view_id, lambda: keeper.forget(view_id), fail)


def test_a_new_session_is_in_memory_once_it_is_stored(keeper: Keeper, writer: AtOnce) -> None:
    writer.late = []
    create(keeper, "w")
    assert "w" not in keeper.awake
    writer.late[0]()
    assert keeper.awake["w"].term == 1


def test_a_session_that_was_dropped_comes_back_as_it_was_saved(keeper: Keeper) -> None:
    awake = keeper.awake["v"]
    awake.subject.advance(10)
    save(keeper, awake)
    saved = awake.subject.checkpoint()
    awake.subject.advance(10)
    keeper.forget("v")
    assert "v" not in keeper.awake
    again = wake(keeper)
    assert again is keeper.awake["v"] is not awake
    assert again.subject.checkpoint() == saved
    assert again.term == 2


def test_what_is_saved_is_the_session_as_it_stood(keeper: Keeper, writer: AtOnce) -> None:
    awake = keeper.awake["v"]
    awake.subject.advance(10)
    then = awake.subject.checkpoint()
    writer.late = []
    save(keeper, awake)
    awake.subject.advance(10)
    writer.late[0]()
    writer.late = None
    keeper.forget("v")
    assert wake(keeper).subject.checkpoint() == then


def test_what_is_nowhere_is_not_found(keeper: Keeper) -> None:
    for ask in (wake, delete):
        with pytest.raises(NotFound):
            ask(keeper, "w")
    keeper.forget("w")


def test_a_row_that_cannot_be_read_is_an_error_and_can_be_deleted(keeper: Keeper, store: Store) -> None:
    keeper.forget("v")
    store._database.rows("UPDATE parts SET content = X'7B7B' WHERE name = 'document'")
    with pytest.raises(ValueError, match="."):
        wake(keeper)
    assert "v" not in keeper.awake
    delete(keeper)
    with pytest.raises(NotFound):
        wake(keeper)


def test_a_store_that_can_only_be_read_lets_look_and_not_change(keeper: Keeper, writer: AtOnce) -> None:
    keeper.forget("v")
    writer.refuses = StoreReadOnly()
    awake = wake(keeper)
    assert awake.term == UNCLAIMED
    assert awake.subject.document == make_session().document
    writer.refuses = None
    with pytest.raises(LostOwnership):
        save(keeper, awake)


def test_steps_that_a_dropped_session_owed_are_remembered_for_their_callers(keeper: Keeper) -> None:
    awake = keeper.awake["v"]
    owed = [Owed(number, Steps(awake.subject, 10)) for number in (1, 2)]
    awake.owed += owed
    keeper.forget("v")
    assert keeper.abandoned == owed


@pytest.mark.parametrize("in_memory", [True, False])
def test_a_deleted_session_is_gone_from_memory_and_store(keeper: Keeper, in_memory: bool) -> None:
    if not in_memory:
        keeper.forget("v")
    delete(keeper)
    assert "v" not in keeper.awake
    with pytest.raises(NotFound):
        wake(keeper)


def test_progress_is_on_its_way_once(keeper: Keeper, writer: AtOnce, store: Store) -> None:
    create(keeper, "w")
    writer.late = []
    awake = keeper.awake["v"]
    awake.subject.advance(5)
    awake.unsaved = True
    assert keeper.unsaved() == [awake]
    keeper.save_progress(awake, fail)
    awake.unsaved = True  # it goes on training
    assert keeper.unsaved() == []
    trained = awake.subject.checkpoint()
    writer.late[0]()
    assert keeper.unsaved() == [awake]
    claimed = store.claim("v")
    assert claimed is not None
    assert claimed[1].training == trained.training


def test_at_the_end_what_was_trained_since_a_checkpoint_is_saved_though_that_is_on_its_way(
    keeper: Keeper, writer: AtOnce
) -> None:
    awake = keeper.awake["v"]
    awake.advance(100)
    writer.late = []
    keeper.save_progress(awake, fail)
    assert keeper.unsaved_at_rest() == []
    awake.advance(100)
    assert keeper.unsaved() == []
    assert keeper.unsaved_at_rest() == [awake]


def test_what_is_refused_is_still_unsaved(keeper: Keeper, writer: AtOnce) -> None:
    writer.refuses = StoreFull()
    awake = keeper.awake["v"]
    awake.unsaved = True
    refused: list[Exception] = []
    keeper.save_progress(awake, refused.append)
    assert refused == [writer.refuses]
    assert keeper.unsaved() == [awake]


def test_a_session_that_another_runner_has_taken_cannot_be_saved(keeper: Keeper, store: Store) -> None:
    store.claim("v")
    with pytest.raises(LostOwnership):
        save(keeper, keeper.awake["v"])


def test_watchers_outlive_a_session_that_is_dropped(keeper: Keeper) -> None:
    keeper.watch("v", PLAIN)
    assert [seat.want for seat in keeper.awake["v"].audience] == [PLAIN]
    keeper.forget("v")
    assert keeper.watched_asleep() == ["v"]
    assert [seat.want for seat in wake(keeper).audience] == [PLAIN]
    assert keeper.watched_asleep() == []
    keeper.unwatch("v", PLAIN)
    keeper.forget("v")
    assert not keeper.is_watched("v")
    assert keeper._audiences == {}


def test_an_idle_session_is_put_to_sleep(keeper: Keeper, clock: FakeTime) -> None:
    clock.now_s += IDLE_S
    assert sleep(keeper) == []
    clock.now_s += 0.1
    assert sleep(keeper) == ["v"]
    assert keeper.awake == {}


def sleep(keeper: Keeper, most_bytes: int = 10**9, needed: str = "") -> list[str]:
    """Drop what may leave the memory."""
    names = [one.view_id for one in keeper.sleepy(IDLE_S, most_bytes, lambda view_id: view_id == needed)]
    for name in names:
        keeper.forget(name)
    return names


@pytest.mark.parametrize("reason", ["watched", "owing", "unsaved", "being saved", "needed"])
def test_a_session_that_is_needed_stays_awake(keeper: Keeper, clock: FakeTime, writer: AtOnce, reason: str) -> None:
    awake = keeper.awake["v"]
    if reason == "watched":
        awake.audience.enter(PLAIN)
    elif reason == "owing":
        awake.owed.append(Owed(1, Steps(awake.subject, 1)))
    elif reason == "unsaved":
        awake.unsaved = True
    elif reason == "being saved":
        writer.late = []
        keeper.save_progress(awake, fail)
    clock.now_s += 2 * IDLE_S
    assert sleep(keeper, needed="v" if reason == "needed" else "") == []


def test_beyond_the_budget_the_idle_sleep_first_and_the_watched_stay(keeper: Keeper, clock: FakeTime) -> None:
    for name in [f"w{number}" for number in range(5)]:
        clock.now_s += 1
        create(keeper, name)
    keeper.awake["w0"].audience.enter(PLAIN)
    keeper.awake["w1"].subject.start()
    room = sum(map(room_bytes, keeper.awake.values()))
    assert sleep(keeper, room) == []
    assert sleep(keeper, room - 1) == ["v"]
    assert sleep(keeper, room // 2) == ["w2", "w3"]
    assert sleep(keeper, 0) == ["w4", "w1"]
    assert set(keeper.awake) == {"w0"}


def test_a_session_at_rest_keeps_its_series_and_its_way_back(keeper: Keeper) -> None:
    awake = keeper.awake["v"]
    for _ in range(5):
        awake.advance(100)
    before = awake.subject.series.columns()
    keeper.save_progress(awake, fail, at_rest=True)
    keeper.forget("v")
    woken = wake(keeper).subject
    assert woken.series.columns() == before
    assert woken.timeline.first_step == 0


def test_the_series_is_saved_now_and_then_and_at_once_when_it_is_another(keeper: Keeper, clock: FakeTime) -> None:
    awake = keeper.awake["v"]
    assert awake.checkpoint().series is not None
    awake.advance(5)
    assert awake.checkpoint().series is None
    clock.now_s += SERIES_EVERY_S + 1
    assert awake.checkpoint().series is not None
    assert awake.checkpoint().series is None
    awake.subject.reset()
    assert awake.checkpoint().series is not None
    assert awake.checkpoint(at_rest=True).series is not None


def test_what_is_at_work_or_watched_is_in_use(keeper: Keeper) -> None:
    keeper.watch("w", PLAIN)
    assert keeper.in_use() == {"v", "w"}
