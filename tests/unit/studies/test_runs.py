"""Runs of studies: the same numbers whatever happens on the way."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from nnlab.errors import InternalError, InvalidInput, NotFound, Unavailable
from nnlab.spawning import start
from nnlab.studies.processes import WORKER, Processes
from nnlab.studies.results import chart_of, linked, summary_of
from nnlab.studies.runs import Runs, Standing
from nnlab.studies.store import Kept, StudyStore
from nnlab.studies.study import plan, run_chunk
from nnlab.studies.worker import answer

SMALL: dict[str, Any] = {"hidden": [2, 5], "seeds": 20, "steps": 200}  # four chunks
PATIENCE_S = 60.0


class AtOnce:
    """An executor that does everything in the caller's thread, when it is told to."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], dict[str, Any]]] = []
        self.tasks: list[dict[str, Any]] = []

    def submit(self, task: dict[str, Any]) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append((future, task))
        self.tasks.append(task)
        return future

    def do_one(self) -> None:
        future, task = self.waiting.pop(0)
        future.set_result(answer(task)["result"])

    def do_all(self) -> None:
        while self.waiting:
            self.do_one()

    def pids(self) -> list[int]:
        return []

    def close(self) -> None:
        self.waiting.clear()


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., tuple[Runs, AtOnce]]]:
    made: list[Runs] = []

    def make_one() -> tuple[Runs, AtOnce]:
        executor = AtOnce()
        runs = Runs(StudyStore(tmp_path / "studies.sqlite3"), lambda: executor, workers=1)
        made.append(runs)
        return runs, executor

    yield make_one
    for runs in made:
        runs.close()


def wait_for(runs: Runs, run_id: str, condition: Callable[[Standing], bool]) -> Standing:
    deadline = time.monotonic() + PATIENCE_S
    while not condition(standing := runs.standing(run_id)):
        assert time.monotonic() < deadline, standing
        time.sleep(0.01)
    return standing


def expected() -> list[dict[str, Any]]:
    """What a run must give: its chunks, done here one after the other."""
    from nnlab.studies.registry import study_named

    study = study_named("seed_variance")
    parameters = study.parse(SMALL)
    rows = [row for number in range(len(plan(study, parameters))) for row in run_chunk(study, parameters, number)]
    return sorted(rows, key=lambda row: row["run"])


def test_a_run_is_queued_runs_and_is_done(make: Any) -> None:
    runs, executor = make()
    first = runs.create("seed_variance", SMALL)
    second = runs.create("seed_variance", SMALL | {"steps": 300})
    assert runs.standing(first).state == "running"
    assert runs.standing(second).state == "queued"
    executor.do_one()
    standing = runs.standing(first)
    assert (standing.done, standing.state) == (1, "running")
    assert 0 < standing.progress < 1
    assert standing.seconds_left > 0
    assert len(runs.rows(standing)) == 10
    assert runs.standing(second).state == "running"  # they take turns
    executor.do_all()
    for run_id in (first, second):
        standing = runs.standing(run_id)
        assert (standing.state, standing.progress, standing.seconds_left) == ("done", 1.0, None)
    assert runs.rows(runs.standing(first)) == expected()


def test_runs_alike_are_done_once(make: Any) -> None:
    runs, executor = make()
    ids = [runs.create("seed_variance", SMALL) for _ in range(3)]
    executor.do_all()
    assert len(executor.tasks) == 4
    assert {runs.standing(run_id).state for run_id in ids} == {"done"}
    again = runs.create("seed_variance", SMALL)
    assert runs.standing(again).state == "done"
    assert len(executor.tasks) == 4


def test_after_a_restart_only_what_is_missing_is_done(make: Any) -> None:
    runs, executor = make()
    run_id = runs.create("seed_variance", SMALL)
    executor.do_one()
    executor.do_one()
    runs.close()
    runs, executor = make()
    runs.start()
    executor.do_all()
    assert [task["chunk"] for task in executor.tasks] == [2, 3]
    assert runs.rows(runs.standing(run_id)) == expected()


def test_other_code_does_all_of_it_again(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    runs, executor = make()
    run_id = runs.create("seed_variance", SMALL)
    executor.do_one()
    runs.close()
    monkeypatch.setattr("nnlab.studies.keys._code", lambda: "other")
    runs, executor = make()
    runs.start()
    assert runs.standing(run_id).done == 0
    executor.do_all()
    assert len(executor.tasks) == 4
    assert runs.standing(run_id).state == "done"


def test_a_cancelled_run_stops_and_one_beside_it_goes_on(make: Any) -> None:
    runs, executor = make()
    first, second = (runs.create("seed_variance", SMALL) for _ in range(2))
    executor.do_one()
    runs.cancel(first)
    assert runs.standing(first).state == "cancelled"
    executor.do_all()
    assert runs.standing(second).state == "done"
    runs.cancel(second)
    assert runs.standing(second).state == "done"
    alone = runs.create("seed_variance", SMALL | {"steps": 400})
    runs.cancel(alone)
    executor.do_all()
    assert len(executor.tasks) == 4 + 1  # the one that was on its way


def test_a_run_may_be_cancelled_and_looked_at_by_another_web_process(make: Any) -> None:
    (runs, executor), (other, elsewhere) = make(), make()
    other.start()
    first, second = (runs.create("seed_variance", SMALL) for _ in range(2))
    executor.do_one()
    assert other.standing(first).seconds_left > 0
    other.cancel(first)
    executor.do_one()
    other.cancel(second)
    executor.do_all()
    assert len(executor.tasks) == 3  # one was on its way
    assert {one.standing(run_id).state for one in (runs, other) for run_id in (first, second)} == {"cancelled"}
    assert not elsewhere.tasks


def test_a_chunk_that_fails_ends_its_run_and_says_why(make: Any) -> None:
    runs, executor = make()
    run_id = runs.create("seed_variance", SMALL)
    executor.waiting.pop()[0].set_exception(InternalError("no such thing"))
    standing = runs.standing(run_id)
    assert (standing.state, standing.problem) == ("failed", "no such thing")
    assert not executor.waiting


@contextmanager
def a_store_that_refuses(folder: Path) -> Iterator[None]:
    """Another writer holds the file meanwhile."""
    with closing(sqlite3.connect(folder / "studies.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for the store."""
    monkeypatch.setattr("nnlab.studies.store.BUSY_TIMEOUT_S", 0.0)
    monkeypatch.setattr("nnlab.studies.runs.AGAIN_AFTER_S", 0.01)


def test_a_store_that_refuses_for_a_while_costs_no_chunk(make: Any, tmp_path: Path, impatient: None) -> None:
    runs, executor = make()
    run_id = runs.create("seed_variance", SMALL)
    other = runs.create("seed_variance", SMALL | {"steps": 300})
    with a_store_that_refuses(tmp_path):
        executor.do_all()
        assert runs.standing(run_id).state == "running"
    for one in (run_id, other):
        wait_for(runs, one, lambda standing: executor.do_all() or standing.state == "done")
    assert runs.rows(runs.standing(run_id)) == expected()
    assert len(executor.tasks) == 8


def test_a_run_that_fails_while_the_store_refuses_is_failed_later(make: Any, tmp_path: Path, impatient: None) -> None:
    runs, executor = make()
    run_id = runs.create("seed_variance", SMALL)
    with a_store_that_refuses(tmp_path):
        executor.waiting.pop()[0].set_exception(InternalError("no such thing"))
    assert wait_for(runs, run_id, lambda standing: standing.state == "failed").problem == "no such thing"
    assert not executor.waiting


def test_whatever_an_executor_raises_ends_the_run_alone(make: Any) -> None:
    runs, executor = make()
    run_id = runs.create("seed_variance", SMALL)
    other = runs.create("seed_variance", SMALL | {"steps": 300})
    executor.waiting.pop()[0].set_exception(ZeroDivisionError())
    standing = runs.standing(run_id)
    assert (standing.state, standing.problem) == ("failed", "ZeroDivisionError")
    executor.do_all()
    assert runs.standing(other).state == "done"


def test_rows_that_cannot_be_kept_end_the_run_alone(make: Any) -> None:
    runs, executor = make()
    run_id = runs.create("seed_variance", SMALL)
    other = runs.create("seed_variance", SMALL | {"steps": 300})
    executor.waiting.pop()[0].set_result([{"loss": 1j}])
    assert runs.standing(run_id).state == "failed"
    executor.do_all()
    assert runs.standing(other).state == "done"


def test_an_executor_that_cannot_be_had_yet_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Any
) -> None:
    monkeypatch.setattr("nnlab.studies.runs.AGAIN_AFTER_S", 0.01)
    executor: Any = AtOnce()
    refusals = [OSError("no memory"), Unavailable("no cluster yet")]

    def executor_later() -> Any:
        if refusals:
            raise refusals.pop()
        return executor

    runs = Runs(StudyStore(tmp_path / "studies.sqlite3"), executor_later, workers=1)
    try:
        run_id = runs.create("seed_variance", SMALL)
        wait_for(runs, run_id, lambda standing: executor.do_all() or standing.state == "done")
        assert runs.rows(runs.standing(run_id)) == expected()
    finally:
        runs.close()


def test_a_start_that_the_store_refuses_is_made_up_for(make: Any, tmp_path: Path, impatient: None) -> None:
    runs, executor = make()
    run_id = runs.create("seed_variance", SMALL)
    runs.close()
    runs, executor = make()
    with a_store_that_refuses(tmp_path), pytest.raises(Unavailable):
        runs.standing(run_id)
    assert runs.standing(run_id).state == "running"
    executor.do_all()
    assert runs.standing(run_id).state == "done"


def test_a_worker_whose_pipe_is_closed_counts_as_dead() -> None:
    executor = Processes(1)
    worker = start(WORKER)
    executor._forget(worker)  # as when there has been nothing to do for a while
    assert executor._ask(worker, {"kind": "chunk"}) is None
    executor.close()


@pytest.mark.parametrize("state", ["failed", "cancelled", "done", "running"])
def test_a_run_of_an_earlier_version_can_be_read(state: str) -> None:
    store = StudyStore(None)
    store.add(Kept("old", "seed_variance", SMALL | {"of_then": 1}, "key of then", state, ""))
    store.keep("key of then", 0, [{"run": 0, "loss": 0.5}])
    runs = Runs(store, AtOnce, workers=1)
    standing = runs.standing("old")
    assert standing.state == ("failed" if state == "running" else state)
    assert ("of_then" in standing.problem) == (state == "running")
    rows = runs.rows(standing)
    assert linked(standing.study, standing.parameters, rows) == rows == [{"run": 0, "loss": 0.5}]
    assert summary_of(standing.study, standing.parameters, rows) is None
    with pytest.raises(NotFound):
        chart_of(standing.study, standing.parameters, rows)
    runs.close()


def test_networks_that_a_study_no_longer_has_are_without_a_link() -> None:
    (row,) = expected()[:1]
    first, gone = linked("seed_variance", SMALL, [row, row | {"run": 10_000}])
    assert first["open"] and gone == row | {"run": 10_000}
    chart = chart_of("seed_variance", SMALL, [row, row | {"run": 10_000}])
    links = [link for panel in chart["panels"] for layer in panel["layers"] for link in layer.get("links", [])]
    assert sorted(links)[0] == "" and any(links)


def test_what_is_wrong_is_said_at_once(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    runs, _ = make()
    with pytest.raises(NotFound):
        runs.create("nothing", {})
    with pytest.raises(NotFound):
        runs.standing("nothing")
    with pytest.raises(InvalidInput, match="seeds"):
        runs.create("seed_variance", {"seeds": 0})
    monkeypatch.setattr("nnlab.studies.runs.MOST_SECONDS", 10.0)
    with pytest.raises(InvalidInput, match="seconds of one core"):
        runs.create("seed_variance", {"hidden": [64] * 8, "seeds": 200, "steps": 20_000})


@pytest.mark.thorough
def test_workers_that_are_killed_change_nothing_and_none_is_left(tmp_path: Path) -> None:
    executor = Processes(2)
    runs = Runs(StudyStore(tmp_path / "studies.sqlite3"), lambda: executor, workers=2)
    try:
        run_id = runs.create("seed_variance", SMALL)
        deadline = time.monotonic() + PATIENCE_S
        while not (pids := executor.pids()):
            assert time.monotonic() < deadline
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        wait_for(runs, run_id, lambda standing: standing.done >= 1)
        for pid in executor.pids():
            os.kill(pid, signal.SIGKILL)
        standing = wait_for(runs, run_id, lambda standing: standing.state not in ("queued", "running"))
        assert standing.state == "done", standing.problem
        assert runs.rows(standing) == expected()
        pids = executor.pids()
    finally:
        runs.close()
    assert not [pid for pid in pids if psutil.pid_exists(pid)]


@pytest.mark.thorough
def test_workers_end_when_there_is_nothing_to_do_and_start_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnlab.studies.processes.IDLE_S", 0.01)
    executor = Processes(1)
    task = {"kind": "chunk", "study": "seed_variance", "parameters": SMALL, "chunk": 0}
    try:
        for _ in range(2):
            assert len(executor.submit(task).result(PATIENCE_S)) == 10
            deadline = time.monotonic() + PATIENCE_S
            while executor.pids():
                assert time.monotonic() < deadline
    finally:
        executor.close()
