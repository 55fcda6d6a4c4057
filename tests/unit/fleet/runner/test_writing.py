"""Jobs on the store's thread: in order, several a transaction, each with an outcome of its own."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nnlab.database.errors import StoreBusy, StoreFull
from nnlab.fleet.runner.writing import Job, Outcome, Saving, Writer
from nnlab.fleet.store import LostOwnership, Save, Store, StoreError
from nnlab.fleet.store.errors import AlreadyThere
from tests.unit.making import make_session, wait_until


class Caller:
    """Has a writer and hears what becomes of its jobs, batch by batch."""

    def __init__(self, path: Path) -> None:
        self.batches: list[list[Outcome]] = []
        self.writer = Writer(lambda: Store(path), self.batches.append)

    def ask(self, work: Callable[[Store], Any], instead: Callable[[Store], Any] | None = None) -> None:
        self.writer.ask(Job("v", work, lambda value: None, lambda error: None, instead))

    def hold(self) -> threading.Event:
        """Let the writer wait, so that what is asked for now comes to it together; set the event to let it go on."""
        going_on, holding = threading.Event(), threading.Event()

        def wait(store: Store) -> None:
            holding.set()
            going_on.wait()

        self.ask(wait)
        assert holding.wait(10)
        return going_on

    def outcomes(self, count: int) -> list[Outcome]:
        """The first outcomes, once they are there."""
        return wait_until(lambda: len(found := sum(self.batches, [])) >= count and found)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "nnlab.sqlite3"


@pytest.fixture
def caller(path: Path) -> Iterator[Caller]:
    caller = Caller(path)
    yield caller
    caller.writer.close()


def values(outcomes: list[Outcome]) -> list[Any]:
    return [one.value if one.error is None else type(one.error) for one in outcomes]


def create(view_id: str) -> Callable[[Store], Any]:
    return lambda store: store.create(view_id, make_session().checkpoint())


def full(store: Store) -> None:
    raise StoreFull


def test_what_waits_is_done_together_in_order(caller: Caller) -> None:
    go_on = caller.hold()
    for number in range(5):
        caller.ask(lambda store, number=number: number)
    go_on.set()
    assert values(caller.outcomes(6)) == [None, 0, 1, 2, 3, 4]
    assert [len(batch) for batch in caller.batches] == [1, 5]


def test_an_outcome_is_told_to_whoever_asked() -> None:
    heard: list[object] = []
    job = Job("v", lambda store: None, heard.append, heard.append)
    error = StoreFull()
    Outcome(job, value=7).settle()
    Outcome(job, error=error).settle()
    assert heard == [7, error]


def test_a_refused_job_is_nobody_elses(caller: Caller, path: Path) -> None:
    go_on = caller.hold()
    caller.ask(create("v"))
    caller.ask(full)
    caller.ask(create("w"))
    go_on.set()
    assert values(caller.outcomes(4)) == [None, 1, StoreFull, 1]
    store = Store(path)
    assert store.read("v") is not None
    assert store.read("w") is not None
    store.close()


@pytest.mark.parametrize(("work", "error"), [(lambda store: 1 / 0, ZeroDivisionError), (create("v"), AlreadyThere)])
def test_a_job_that_fails_by_itself_is_nobody_elses(
    caller: Caller, work: Callable[[Store], Any], error: type[Exception]
) -> None:
    caller.ask(create("v"))
    caller.outcomes(1)
    go_on = caller.hold()
    caller.ask(work)
    caller.ask(create("w"))
    go_on.set()
    assert values(caller.outcomes(4))[2:] == [error, 1]


def test_what_fails_between_the_jobs_is_an_outcome_too_and_the_thread_goes_on(
    caller: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(store: Store) -> bool:
        raise ZeroDivisionError

    with monkeypatch.context() as patch, caplog.at_level(logging.CRITICAL):
        patch.setattr(Store, "is_locked", fail)
        caller.ask(create("v"))
        caller.ask(lambda store: None, instead=lambda store: 7)
        assert values(caller.outcomes(2)) == [ZeroDivisionError, 7]
    caller.ask(create("v"))
    assert values(caller.outcomes(3))[2:] == [1]


def test_sessions_that_are_saved_together_are_saved_in_one_go_but_for_those_of_others(
    caller: Caller, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for view_id in "abc":
        caller.ask(create(view_id))
    caller.ask(lambda store: store.claim("b"))
    caller.outcomes(4)
    sizes: list[int] = []
    save_all = Store.save_all

    def note(store: Store, saves: list[Save]) -> set[str]:
        sizes.append(len(saves))
        return save_all(store, saves)

    monkeypatch.setattr(Store, "save_all", note)
    go_on = caller.hold()
    for view_id in "abca":  # the second of one session waits for the first
        saving = Saving(Save(view_id, 1, make_session().checkpoint()))
        caller.writer.ask(Job(view_id, saving, lambda value: None, lambda error: None))
    go_on.set()
    assert values(caller.outcomes(9))[5:] == [None, LostOwnership, None, None]
    assert sizes == [3, 1]


def test_a_store_that_cannot_be_written_refuses_and_lets_read(
    caller: Caller, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnlab.fleet.store.schema.BUSY_TIMEOUT_S", 1.0)
    caller.ask(create("v"))
    caller.outcomes(1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    caller.ask(lambda store: store.claim("v"))
    caller.ask(lambda store: store.claim("v"), lambda store: "looked at")
    assert values(caller.outcomes(3))[1:] == ["looked at", StoreBusy]
    other.close()
    caller.ask(lambda store: "written")
    assert values(caller.outcomes(4))[-1] == "written"


def test_whoever_only_reads_does_not_wait_behind_a_change_that_does(caller: Caller, path: Path) -> None:
    caller.ask(create("v"))
    caller.outcomes(1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    caller.ask(lambda store: "changed")
    for number in range(3):
        caller.ask(lambda store: "claimed", lambda store, number=number: f"read {number}")
        assert values(caller.outcomes(2 + number))[1:] == [f"read {one}" for one in range(number + 1)]
    other.close()
    assert values(caller.outcomes(5))[-1] == "changed"


def test_a_lock_that_is_held_for_a_moment_is_waited_for(
    caller: Caller, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnlab.fleet.runner.writing.READ_AFTER_S", 60.0)
    caller.ask(create("v"))
    caller.outcomes(1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    caller.ask(lambda store: "claimed", lambda store: "read")
    other.close()
    assert values(caller.outcomes(2))[-1] == "claimed"


def test_what_has_been_asked_for_is_done_before_the_end(path: Path) -> None:
    caller = Caller(path)
    for number in range(20):
        caller.ask(create(f"{number}"))
    caller.writer.close()
    assert values(sum(caller.batches, [])) == [1] * 20


def test_a_store_that_cannot_be_opened_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "torn.sqlite3"
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreError):
        Writer(lambda: Store(path), lambda outcomes: None)


def test_trouble_is_the_last_refusal_of_late(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    assert caller.writer.trouble is None
    caller.ask(full)
    caller.writer.heard(caller.outcomes(1))
    assert isinstance(caller.writer.trouble, StoreFull)
    monkeypatch.setattr("nnlab.fleet.runner.writing.TROUBLE_S", 0.0)
    assert caller.writer.trouble is None


def test_there_is_patience_for_what_is_waited_for_and_it_ends(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnlab.fleet.runner.writing.PATIENCE_S", 60.0)
    assert caller.writer.patience_s == 0
    caller.ask(create("v"))
    assert 0 < caller.writer.patience_s <= 60
    monkeypatch.setattr("nnlab.fleet.runner.writing.PATIENCE_S", 0.0)
    assert caller.writer.patience_s == 0
    monkeypatch.setattr("nnlab.fleet.runner.writing.PATIENCE_S", 60.0)
    caller.writer.heard(caller.outcomes(1))
    assert caller.writer.patience_s == 0
    caller.writer.ask(Job("v", lambda store: None, lambda value: None, lambda error: None, is_awaited=False))
    assert caller.writer.patience_s == 0
    caller.writer.heard(caller.outcomes(2)[1:])
    assert caller.writer.patience_s == 0
