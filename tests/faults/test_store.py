"""The store under faults: what survives kill -9, and what a server says of a file it cannot work with."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import kill_runner, runners_of, wait_for
from tests.faults.test_kill import SESSIONS, running_session, step_of
from tests.serving import Server


def once(server: Server, method: str, path: str, body: Any, key: str) -> Any:
    """A change under a key."""
    request = urllib.request.Request(
        f"{server.url}{SESSIONS}{path}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Idempotency-Key": key},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        return json.loads(reply.read())


def until_known(server: Server, method: str, path: str, body: Any, key: str) -> Any:
    """The same, repeated under its key while nobody can say what became of it, as the page does."""

    def reply() -> Any:
        try:
            return once(server, method, path, body, key)
        except urllib.error.HTTPError as error:
            assert error.code == 503
            return None

    return wait_for(reply)


@pytest.mark.parametrize("whole_server", [False, True])
def test_undo_moments_and_replies_survive_kill_9(new_server: Callable[..., Server], whole_server: bool) -> None:
    server = new_server()
    session_id = server.post(SESSIONS, {"title": "before"})["id"]
    path = f"/{session_id}"
    server.post(f"{SESSIONS}{path}/dataset", {"name": "moons", "points": 60})
    for _ in range(5):
        server.post(f"{SESSIONS}{path}/step", {"steps": 20})
    model = server.get(f"{SESSIONS}{path}/model")
    server.post(f"{SESSIONS}{path}/step", {"steps": 50})
    server.request("PATCH", f"{SESSIONS}{path}", {"title": "after"})
    added = once(server, "POST", f"{path}/points", {"points": [{"x": 1, "y": 1}]}, "k" * 20)
    if whole_server:
        server.kill()
        server.start()
    else:
        kill_runner(server)
    again = until_known(server, "POST", f"{path}/points", {"points": [{"x": 1, "y": 1}]}, "k" * 20)
    assert again == added
    assert len(server.get(f"{SESSIONS}{path}")["document"]["points"]) == 61
    assert len(server.post(f"{SESSIONS}{path}/undo")["document"]["points"]) == 60
    assert server.post(f"{SESSIONS}{path}/undo")["document"]["title"] == "before"
    assert server.post(f"{SESSIONS}{path}/back", {"to_step": 100})["snapshot"]["step"] == 100
    assert server.get(f"{SESSIONS}{path}/model") == model


def test_undo_and_moments_survive_sleep(new_server: Callable[..., Server]) -> None:
    server = new_server(sleep_s=0.1)
    session_id = server.post(SESSIONS, {"title": "before"})["id"]
    server.post(f"{SESSIONS}/{session_id}/dataset", {"name": "moons", "points": 60})
    server.post(f"{SESSIONS}/{session_id}/step", {"steps": 50})
    history = server.get(f"{SESSIONS}/{session_id}/history")
    (runner,) = runners_of(server)
    os.kill(runner.pid, signal.SIGCONT)
    database = sqlite3.connect(f"file:{server.database}?mode=ro", uri=True)
    wait_for(lambda: database.execute("SELECT count(*) FROM parts WHERE name = 'series'").fetchone()[0])
    database.close()
    snapshot = server.get(f"{SESSIONS}/{session_id}")["snapshot"]
    assert (snapshot["first_step"], snapshot["last_step"], snapshot["can_undo"]) == (0, 50, True)
    assert server.get(f"{SESSIONS}/{session_id}/history")["step"] == history["step"]


def test_a_second_server_on_the_same_file_is_refused_by_its_word(
    new_server: Callable[..., Server], tmp_path: Path
) -> None:
    first = new_server()
    session_id = running_session(first)
    second = Server(tmp_path, runners=1)
    second.spawn()
    assert second.process is not None
    assert second.process.wait(60) != 0
    assert "Another server works with the file" in second.log()
    before = step_of(first, session_id)
    wait_for(lambda: step_of(first, session_id) > before)


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (lambda path: path.write_bytes(b"torn" * 5000), "damaged"),
        (lambda path: _execute(path, "CREATE TABLE bookmarks (url TEXT)"), "another program"),
        (lambda path: _execute(path, "PRAGMA user_version = 99", "PRAGMA application_id = 1313754210"), "newer"),
    ],
)
def test_a_file_that_is_unfit_is_refused_at_start(tmp_path: Path, spoil: Any, word: str) -> None:
    spoil(tmp_path / "nnlab.sqlite3")
    before = (tmp_path / "nnlab.sqlite3").read_bytes()
    server = Server(tmp_path, runners=1)
    server.spawn()
    assert server.process is not None
    assert server.process.wait(60) != 0
    assert word in server.log()
    assert (tmp_path / "nnlab.sqlite3").read_bytes() == before


def _execute(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.close()
