"""A server of its own for each fault test, on a free port, with a database that outlives it."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.serving import Server

DEADLINE_S = 20.0
WHOLE_ID = re.compile(r"\b[ev][A-Za-z0-9_-]{22}\b")
LOOK_EVERY_S = 0.02


@pytest.fixture
def new_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers; every process they leave behind is an error."""
    made: list[Server] = []

    def start(**settings: Any) -> Server:
        made.append(Server(tmp_path, runners=1, **settings).start())
        return made[-1]

    yield start
    for server in made:
        if server.process is not None and server.process.poll() is None:
            server.stop()
    wait_for(lambda: not leftovers(tmp_path))
    log = made[-1].log() if made else ""
    assert not WHOLE_ID.search(log), "a log shows a session's id"


def leftovers(folder: Path) -> list[int]:
    """Processes that still work on a database in `folder`."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("NNLAB_DATABASE", "").startswith(str(folder)):
                found.append(process.pid)
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            pass
    return found


def wait_for(condition: Callable[[], Any], deadline_s: float = DEADLINE_S) -> Any:
    """Wait until the condition holds and return its value."""
    end = time.monotonic() + deadline_s
    while not (value := condition()):
        assert time.monotonic() < end, "the condition was not met in time"
        time.sleep(LOOK_EVERY_S)
    return value


def runners_of(server: Server) -> list[psutil.Process]:
    """The runner processes of a server."""
    assert server.process is not None
    (web,) = psutil.Process(server.process.pid).children()
    return web.children()


def kill_runner(server: Server) -> None:
    """kill -9 of the one runner."""
    (runner,) = runners_of(server)
    os.kill(runner.pid, signal.SIGKILL)
