"""A server whose sessions are in PostgreSQL, and what its users notice when that is killed, frozen, or put back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cluster import postgres
from tests.faults.conftest import kill_runner, new_server, wait_for
from tests.faults.tools import SESSIONS, Writer, answer, seen_frames
from tests.load.__main__ import make_session
from tests.serving import Server

__all__ = ["new_server"]

FROZEN_S = 8.0
LEAST_FPS = 10.0


@pytest.fixture(scope="module")
def database() -> Iterator[postgres.Server]:
    """A server for all tests of this module."""
    server = postgres.Server()
    yield server
    server.close()


@pytest.fixture
def server(database: postgres.Server, new_server: Callable[..., Server]) -> Server:
    """NNLab with its child processes on a database of its own."""
    return new_server(database=database.new_database())


def trained(server: Server, session_id: str) -> int:
    """Steps so far."""
    step: int = server.get(f"{SESSIONS}/{session_id}")["snapshot"]["step"]
    return step


def test_sessions_and_studies_survive_a_runner_and_the_whole_server(server: Server) -> None:
    session_id = make_session(server, 1)
    wait_for(lambda: trained(server, session_id) > 1000)
    added = server.post(f"{SESSIONS}/{session_id}/points", {"points": [{"x": 1, "y": 2}]})["points"][0]
    kill_runner(server)
    assert added in wait_for(lambda: answer(server, "GET", f"{SESSIONS}/{session_id}")[1])["document"]["points"]
    run_id = server.post("/api/v1/studies/symmetry/runs")["id"]
    wait_for(lambda: server.get(f"/api/v1/runs/{run_id}")["state"] == "done")
    server.kill()
    server.start()
    assert added in server.get(f"{SESSIONS}/{session_id}")["document"]["points"]
    assert trained(server, session_id) > 1000
    assert server.get(f"/api/v1/runs/{run_id}")["state"] == "done"


def test_nothing_acknowledged_is_lost_when_the_database_is_killed(server: Server, database: postgres.Server) -> None:
    session_id = make_session(server, 1)
    with Writer(server, session_id) as writer:
        writer.wait_for_more(20)
        database.kill()
        wait_for(lambda: answer(server, "GET", "/readyz")[0] == 503)
        before = trained(server, session_id)
        wait_for(lambda: trained(server, session_id) > before)  # from memory
        database.start()
        writer.wait_for_more(20)
    wait_for(lambda: answer(server, "GET", "/readyz")[0] == 200)
    assert writer.lost() == 0
    server.kill()
    server.start()
    assert writer.lost() == 0


def test_streams_go_on_while_the_database_is_frozen(server: Server, database: postgres.Server) -> None:
    session_id = make_session(server, 1)
    changed = make_session(server, 2)
    with ThreadPoolExecutor(2) as beside, ExitStack() as thawing:
        database.freeze()
        thawing.callback(database.thaw)
        began_s = time.monotonic()
        seen = [beside.submit(seen_frames, server, one, FROZEN_S) for one in (session_id, changed)]
        status, problem = answer(server, "POST", f"{SESSIONS}/{changed}/points", {"points": [{"x": 0, "y": 0}]})
        refused_s = time.monotonic() - began_s
        frames = [len(one.result().arrivals) / FROZEN_S for one in seen]
    assert (status, problem["code"]) == (503, "store_away")
    assert refused_s < 5.0
    assert frames[0] >= LEAST_FPS  # the other one waited for its change
    wait_for(lambda: answer(server, "POST", f"{SESSIONS}/{changed}/points", {"points": [{"x": 0, "y": 0}]})[0] == 201)


def test_a_backup_of_a_running_server_is_put_back(
    server: Server, database: postgres.Server, new_server: Callable[..., Server], tmp_path: Path
) -> None:
    session_id = make_session(server, 1)
    with Writer(server, session_id) as writer:
        writer.wait_for_more(5)
        kept = list(writer.acknowledged)
        source = server.environment["NNLAB_DATABASE"]
        backup = database.folder / "nnlab.dump"
        database.run("pg_dump", "--format=custom", f"--file={backup}", f"--dbname={source}")
    server.stop()
    target = database.new_database()
    database.run("pg_restore", "--exit-on-error", f"--dbname={target}", backup)
    again = new_server(database=target)
    points = {point["id"] for point in again.get(f"{SESSIONS}/{session_id}")["document"]["points"]}
    assert set(kept) <= points
    assert again.post(f"{SESSIONS}/{session_id}/points", {"points": [{"x": 0, "y": 0}]})


def test_a_second_server_on_the_same_database_is_refused(server: Server, tmp_path: Path) -> None:
    second = Server(tmp_path, runners=1, database=server.environment["NNLAB_DATABASE"])
    second.spawn()
    assert second.process is not None
    assert second.process.wait(60) != 0
    assert "Another server works with" in second.log()
