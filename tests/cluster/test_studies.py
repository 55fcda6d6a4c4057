"""Studies on the cluster: the same sums whatever dies, and only so many cores."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from flask import Flask

from nnlab.studies.processes import Processes
from nnlab.studies.registry import study_named
from nnlab.studies.study import plan
from tests.cluster.crowd import wait_for

STUDY = "seed_variance"


def chunks() -> list[dict[str, Any]]:
    study = study_named(STUDY)
    parameters = study.parse({"seeds": 10})
    fields = parameters.model_dump(mode="json")
    return [
        {"kind": "chunk", "study": STUDY, "parameters": fields, "chunk": number}
        for number in range(len(plan(study, parameters)))
    ]


def workers() -> list[psutil.Process]:
    """Processes of the cluster that carry out a task."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        title = " ".join(process.info["cmdline"] or [])
        if title.startswith("ray::carry_out"):
            found.append(process)
    return found


def niceness(pid: int) -> set[int]:
    """Of the threads of a process."""
    files = Path(f"/proc/{pid}/task").glob("*/stat")
    return {int(file.read_text().rpartition(") ")[2].split()[16]) for file in files}


def test_a_killed_worker_leaves_the_same_sums(new_app: Callable[..., Flask]) -> None:
    from nnlab.studies.cluster import ClusterTasks

    new_app(runners=2)
    local, cluster = Processes(1), ClusterTasks()
    try:
        expected = [local.submit(task).result(120) for task in chunks()]
        futures = [cluster.submit(task) for task in chunks()]
        wait_for(lambda: bool(workers()))
        os.kill(workers()[0].pid, signal.SIGKILL)
        assert [future.result(120) for future in futures] == expected
    finally:
        local.close()
        cluster.close()


def test_studies_take_half_of_the_cores_and_none_from_runners_however_many_these_are(
    new_app: Callable[..., Flask],
) -> None:
    """There are six cores, three a machine. Nine runners have half of one each, which studies would not leave them."""
    from nnlab.studies.cluster import ClusterTasks

    new_app("few", runners=1)
    cluster = ClusterTasks()
    futures = [cluster.submit(task) for task in chunks() * 20]
    wait_for(lambda: len(workers()) == 2)
    new_app("many", runners=8)
    ready = sum(future.done() for future in futures)
    seen: list[int] = []
    wait_for(lambda: seen.append(len(workers())) or sum(future.done() for future in futures) >= ready + 8)
    assert max(seen) == 2
    assert not all(future.done() for future in futures)
    cluster.close()


def test_live_sessions_come_before_studies(new_app: Callable[..., Flask]) -> None:
    """Whatever Ray does with the processes that it starts."""
    from nnlab.studies.cluster import ClusterTasks

    app = new_app(runners=1)
    cluster = ClusterTasks()
    futures = [cluster.submit(task) for task in chunks()]
    (runner,) = app.extensions["nnlab.fleet"].pids()
    wait_for(lambda: {nice for worker in workers() for nice in niceness(worker.pid)} == {0, 15})
    assert niceness(runner) == {0, 5}
    assert all(future.result(60) for future in futures)
    cluster.close()


def test_what_is_closed_fails(new_app: Callable[..., Flask]) -> None:
    from nnlab.studies.cluster import ClusterTasks

    new_app(runners=1)
    cluster = ClusterTasks()
    futures = [cluster.submit(task) for task in chunks()]
    cluster.close()
    errors = [future.exception(60) for future in futures]  # all end, and there are more than the cores do at once
    assert any(errors)
    assert "ending" in str(cluster.submit(chunks()[0]).exception(1))
