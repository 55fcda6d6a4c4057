"""kill -9: no acknowledged change is lost, at most about a second of training, and the session goes on by itself."""

from __future__ import annotations

import contextlib
import re
import signal
import threading
import time
import urllib.error
from collections.abc import Callable
from typing import Any

import pytest

from tests.faults.conftest import kill_runner, runners_of, wait_for
from tests.serving import Server

SESSIONS = "/api/v1/sessions"
REPLACED = re.compile(r"^\d{4}-\d\d-\d\d .* web \d+ WARNING Runner 0 .* SIGKILL .* replaced$", re.MULTILINE)
LOST_TRAINING_S = 1.5  # checkpoints are a second apart; the rest is the time a reply takes


def running_session(server: Server, steps_per_second: float = 200) -> str:
    session_id: str = server.post(SESSIONS, {"pace": {"steps_per_second": steps_per_second}})["id"]
    server.post(f"{SESSIONS}/{session_id}/dataset", {"name": "moons", "points": 60})
    server.post(f"{SESSIONS}/{session_id}/run")
    return session_id


def step_of(server: Server, session_id: str) -> int:
    step: int = server.get(f"{SESSIONS}/{session_id}")["snapshot"]["step"]
    return step


def add_points_until(server: Server, session_id: str, stop: threading.Event, acknowledged: list[int]) -> None:
    """Add points one by one, noting which were acknowledged; a failed request is tried again with the next point."""
    while not stop.is_set():
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            reply = server.post(f"{SESSIONS}/{session_id}/points", {"points": [{"x": 0, "y": 0}]})
            acknowledged.append(reply["points"][0]["id"])


def test_killing_a_runner_loses_no_acknowledged_change(new_server: Callable[..., Server]) -> None:
    server = new_server()
    session_id = running_session(server)
    stop, acknowledged = threading.Event(), list[int]()
    writer = threading.Thread(target=add_points_until, args=(server, session_id, stop, acknowledged))
    writer.start()
    for _ in range(2):
        enough = len(acknowledged) + 20
        wait_for(lambda enough=enough: len(acknowledged) >= enough)
        kill_runner(server)
    wait_for(lambda: len(acknowledged) >= enough + 20)
    stop.set()
    writer.join()
    points = server.get(f"{SESSIONS}/{session_id}")["document"]["points"]
    assert set(acknowledged) <= {point["id"] for point in points}


def test_killing_a_runner_costs_about_a_second_of_training_and_the_session_goes_on(
    new_server: Callable[..., Server],
) -> None:
    server = new_server()
    session_id = running_session(server, steps_per_second=200)
    before = wait_for(lambda: (step := step_of(server, session_id)) > 400 and step)
    kill_runner(server)
    after = step_of(server, session_id)
    assert after >= before - LOST_TRAINING_S * 200
    assert REPLACED.search(server.log()), "the log does not say when a runner ended, and how"
    wait_for(lambda: step_of(server, session_id) > after)


def test_killing_the_whole_server_loses_no_acknowledged_change(new_server: Callable[..., Server]) -> None:
    server = new_server()
    session_id = running_session(server)
    stop, acknowledged = threading.Event(), list[int]()
    writer = threading.Thread(target=add_points_until, args=(server, session_id, stop, acknowledged))
    writer.start()
    wait_for(lambda: len(acknowledged) >= 30)
    before = step_of(server, session_id)
    server.kill()
    stop.set()
    writer.join()
    server.start()
    session = server.get(f"{SESSIONS}/{session_id}")
    assert set(acknowledged) <= {point["id"] for point in session["document"]["points"]}
    assert session["snapshot"]["state"] == "running"
    assert session["snapshot"]["step"] >= before - LOST_TRAINING_S * 200
    wait_for(lambda: step_of(server, session_id) > before)


def test_a_killed_web_process_takes_its_runners_with_it(new_server: Callable[..., Server]) -> None:
    server = new_server()
    session_id = running_session(server)
    (runner,) = runners_of(server)
    web = runner.parent()
    web.kill()
    wait_for(lambda: not runner.is_running())
    server.wait_until_ready()  # gunicorn has started another worker
    assert step_of(server, session_id) >= 0


@pytest.mark.parametrize(
    ("number", "to_all"),
    [(signal.SIGTERM, False), (signal.SIGTERM, True), (signal.SIGINT, True)],
    ids=["SIGTERM", "SIGTERM to all processes, as of a service manager", "Ctrl+C, which all processes get"],
)
def test_a_stop_ends_open_streams_quickly_and_keeps_every_step(
    new_server: Callable[..., Server], number: int, to_all: bool
) -> None:
    server = new_server()
    session_id = running_session(server)
    lines, reader = watched(server, session_id)
    before = step_of(server, session_id)
    began = time.monotonic()
    assert server.stop(number, to_all=to_all) == 0
    assert time.monotonic() - began < 8
    reader.join(10)
    assert "event: bye" in lines
    assert any(line.startswith("retry: ") for line in lines)
    assert "is replaced" not in server.log(), "a runner ended before its parent had it end"
    server.start()
    assert step_of(server, session_id) >= before


def test_a_web_process_whose_parent_is_killed_says_goodbye(new_server: Callable[..., Server]) -> None:
    server = new_server()
    session_id = running_session(server)
    lines, reader = watched(server, session_id)
    (runner,) = runners_of(server)
    assert server.process is not None
    server.process.kill()
    reader.join(10)
    assert "event: bye" in lines
    wait_for(lambda: not runner.is_running())


def watched(server: Server, session_id: str) -> tuple[list[str], threading.Thread]:
    """What a stream of the session says, line by line, and the thread that reads it; a frame has come."""
    lines: list[str] = []
    reader = threading.Thread(target=read_stream, args=(server, session_id, lines))
    reader.start()
    wait_for(lambda: any(line.startswith("event: frame") for line in lines))
    return lines, reader


def read_stream(server: Server, session_id: str, lines: list[str]) -> None:
    import urllib.request

    with urllib.request.urlopen(f"{server.url}{SESSIONS}/{session_id}/stream", timeout=30) as stream:
        for line in stream:
            lines.append(line.decode().rstrip())


def test_a_store_that_cannot_be_written_refuses_the_change_and_keeps_serving(
    new_server: Callable[..., Server], tmp_path: Any
) -> None:
    import sqlite3

    server = new_server()
    session_id = running_session(server)
    server.post(f"{SESSIONS}/{session_id}/pause")
    before = server.get(f"{SESSIONS}/{session_id}")
    lock = sqlite3.connect(tmp_path / "nnlab.sqlite3", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    try:
        server.request("PATCH", f"{SESSIONS}/{session_id}", {"title": "not stored"})
        raise AssertionError("the change was acknowledged without being stored")
    except urllib.error.HTTPError as error:
        assert error.code == 503
        assert error.headers["Retry-After"]
    finally:
        lock.execute("ROLLBACK")
        lock.close()
    after = server.get(f"{SESSIONS}/{session_id}")
    assert after["document"] == before["document"]
    assert server.request("PATCH", f"{SESSIONS}/{session_id}", {"title": "stored"})["document"]["title"] == "stored"
