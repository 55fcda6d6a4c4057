"""gunicorn with several web processes, and with several servers, before one cluster."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from nnlab.settings import Settings
from nnlab.studies.registry import study_named
from nnlab.studies.store import StudyStore
from nnlab.studies.study import plan, run_chunk
from tests.cluster.crowd import API, slowness, wait_for
from tests.cluster.machines import Machines
from tests.cluster.plugin import stop_runners
from tests.serving import ROOT, Server

REFUSED_S = 120.0


@pytest.fixture
def new_server(joined: None, machines: Machines, postgres: Any, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers on the cluster that share a database, as two machines with web processes do."""
    database = postgres.new_database()
    made: list[Server] = []

    def start(web_processes: int = 1, **settings: Any) -> Server:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Server(folder, database=database, ray=machines.address, runners=2, **settings))
        made[-1].environment["WEB_CONCURRENCY"] = str(web_processes)
        made[-1].start()
        return made[-1]

    yield start
    for server in made:
        if server.process is not None and server.process.poll() is None:
            assert server.stop() == 0
    stop_runners(Settings(database=database, ray=machines.address, runners=2))


class Stream:
    """A viewer's stream, read by a thread: when its frames came."""

    def __init__(self, server: Server, session_id: str) -> None:
        self.frames: list[float] = []
        self._reply = urllib.request.urlopen(f"{server.url}{API}/{session_id}/stream", timeout=30)
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            for line in self._reply:
                if line.startswith(b"event: frame"):
                    self.frames.append(time.monotonic())
        except OSError:
            pass

    def has_new(self, count: int) -> bool:
        """Whether so many frames came in the last seconds."""
        return sum(at > time.monotonic() - 3 for at in self.frames) >= count


def running(server: Server) -> str:
    session_id: str = server.post(API, {})["id"]
    server.post(f"{API}/{session_id}/dataset", {"name": "moons", "points": 60})
    server.post(f"{API}/{session_id}/run")
    return session_id


def test_two_servers_show_one_session_and_the_end_of_one_leaves_the_other_alone(
    new_server: Callable[..., Server],
) -> None:
    one, other = new_server(), new_server()
    session_id = running(one)
    streams = [Stream(one, session_id), Stream(other, session_id)]
    wait_for(lambda: all(stream.has_new(10) for stream in streams))
    other.kill()
    killed_s = time.monotonic()
    wait_for(lambda: time.monotonic() > killed_s + 4 and streams[0].has_new(10))
    times = [at for at in streams[0].frames if at > killed_s - 0.5]
    assert max(later - at for at, later in zip(times, times[1:], strict=False)) < 2.0 * slowness()
    assert other.start().get(f"{API}/{session_id}")["snapshot"]["step"] > 0


def test_a_study_survives_its_web_process(new_server: Callable[..., Server]) -> None:
    server = new_server()
    run = server.post("/api/v1/studies/seed_variance/runs", {"seeds": 10})
    path = f"/api/v1/runs/{run['id']}"
    wait_for(lambda: server.get(path)["progress"] > 0)
    server.kill()
    kept = StudyStore(str(server.environment["NNLAB_DATABASE"]))
    (left,) = kept.unfinished()
    before = kept.done(left.key)
    server.start()
    wait_for(lambda: server.get(path)["state"] == "done")
    rows = kept.rows(left.key)
    kept.close()
    study = study_named("seed_variance")
    parameters = study.parse(left.parameters)
    done = [row for number in range(len(plan(study, parameters))) for row in run_chunk(study, parameters, number)]
    assert 0 < len(before) < len(plan(study, parameters))
    assert rows == done


def test_several_web_processes_serve_one_address(new_server: Callable[..., Server]) -> None:
    server = new_server(web_processes=2)
    assert server.process is not None
    session_id = running(server)
    streams = [Stream(server, session_id) for _ in range(6)]
    wait_for(lambda: all(stream.has_new(10) for stream in streams))
    children = psutil.Process(server.process.pid).children()
    assert len(children) == 2
    children[0].kill()
    wait_for(lambda: sum(stream.has_new(10) for stream in streams) >= 1)
    wait_for(lambda: len(psutil.Process(server.process.pid).children()) == 2)
    assert server.post(f"{API}/{session_id}/pause")["snapshot"]["state"] == "paused"


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        env={**os.environ, "PORT": "0", **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=REFUSED_S,
    )


def test_several_web_processes_without_a_cluster_are_refused_with_a_word(tmp_path: Path) -> None:
    done = command("gunicorn", "app:app", "-w", "2", NNLAB_DATABASE=str(tmp_path / "nnlab.sqlite3"))
    assert done.returncode == 1
    assert "several web processes (-w, WEB_CONCURRENCY) need a cluster, whose address is NNLAB_RAY" in done.stderr


def test_a_wrong_token_is_refused_with_a_word(machines: Machines, postgres: Any, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("0" * 64)
    names = {
        "NNLAB_DATABASE": postgres.new_database(),
        "NNLAB_RAY": machines.address,
        "RAY_AUTH_TOKEN_PATH": str(token),
    }
    said = tmp_path / "said"
    with said.open("w") as out:
        asking = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "app", "stop-runners"],
            env={**os.environ, **names},
            cwd=ROOT,
            stderr=out,
        )
    try:
        wait_for(lambda: "cannot be reached, or it has another token" in said.read_text(), REFUSED_S)
        assert asking.poll() != 0
    finally:
        asking.kill()
        asking.wait()
