"""A loop that makes sessions: memory stays bounded, and every session is still there."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable

from tests.faults.conftest import runners_of, wait_for
from tests.faults.test_kill import SESSIONS
from tests.serving import Server

BATCH = 300
BUDGET_MB = 25
AWAKE_AT_ONCE_MB = 60  # what comes in one second, before any of it is put to sleep, on a fast machine


def make_sessions(server: Server, count: int) -> list[str]:
    """Ids of new sessions, made over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    made = []
    for _ in range(count):
        connection.request("POST", SESSIONS, "{}", {"Content-Type": "application/json"})
        made.append(json.loads(connection.getresponse().read())["id"])
    connection.close()
    return made


def test_thousands_of_creations_leave_bounded_memory(new_server: Callable[..., Server]) -> None:
    server = new_server(awake_mb=BUDGET_MB, creations_per_address=10**6, creations=10**6)
    (runner,) = runners_of(server)
    bare_mb = runner.memory_info().rss / 1e6
    first = make_sessions(server, BATCH)[0]
    sizes_mb = []
    for _ in range(3):
        make_sessions(server, BATCH)
        sizes_mb.append(runner.memory_info().rss / 1e6)
    assert sizes_mb[-1] - bare_mb < BUDGET_MB + AWAKE_AT_ONCE_MB, sizes_mb
    wait_for(lambda: runner.memory_info().rss / 1e6 - sizes_mb[0] < 20)
    assert server.get(f"{SESSIONS}/{first}")["snapshot"]["step"] == 0
    print(f"memory of the runner: {bare_mb:.0f} MB before, {sizes_mb} MB after each further {BATCH} sessions")
