"""What befalls one session, one runner or the store is nobody else's affair."""

from __future__ import annotations

import itertools
import os
import signal
import sqlite3
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import kill_runner, runners_of, wait_for
from tests.faults.test_kill import SESSIONS, running_session, step_of
from tests.serving import Server

LONGEST_GAP_S = 1.0  # between frames that come 12 a second, on a busy machine


class Spectator:
    """Watches a session as a browser does, coming back whenever the stream ends; notes when frames came."""

    def __init__(self, server: Server, session_id: str) -> None:
        self.frames_s: list[float] = []
        self.byes: list[str] = []
        self._url = f"{server.url}{SESSIONS}/{session_id}/stream"
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def __enter__(self) -> Spectator:
        wait_for(lambda: self.frames_s)
        return self

    def __exit__(self, *error: object) -> None:
        self._leaving.set()
        self._thread.join(30)

    def longest_gap_s(self, since_s: float) -> float:
        """Between frames since then."""
        return max(later - one for one, later in pairwise(self.frames_s) if later >= since_s)

    def _watch(self) -> None:
        while not self._leaving.is_set():
            try:
                with urllib.request.urlopen(self._url, timeout=10) as stream:
                    self._read(stream)
            except urllib.error.HTTPError as error:
                self.byes.append(f"{error.code}")
                self._leaving.wait(0.2)
            except OSError:
                self._leaving.wait(0.1)

    def _read(self, stream: Any) -> None:
        kind = b""
        for line in itertools.takewhile(lambda _: not self._leaving.is_set(), stream):
            if line.startswith(b"event: "):
                kind = line[7:].strip()
                if kind == b"frame":
                    self.frames_s.append(time.monotonic())
            elif line.startswith(b"data: ") and kind == b"bye":
                self.byes.append(line.decode().strip())


def spoil(path: Path, view_id: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    sql = "UPDATE parts SET content = X'7B7B7B' WHERE name = 'document' AND view_id = ?"
    assert connection.execute(sql, (view_id,)).rowcount == 1
    connection.close()


def test_a_watched_session_that_cannot_be_read_harms_nobody(new_server: Callable[..., Server], tmp_path: Path) -> None:
    server = new_server()
    good, bad = running_session(server), server.post(SESSIONS, {})["id"]
    with Spectator(server, good) as neighbour, Spectator(server, bad) as watcher:
        spoil(tmp_path / "nnlab.sqlite3", server.get(f"{SESSIONS}/{bad}")["view_id"])
        kill_runner(server)
        wait_for(lambda: any('"reason":"broken"' in bye for bye in watcher.byes) and "409" in watcher.byes)
        wait_for(lambda: step_of(server, good))
        since_s, seen = time.monotonic(), len(neighbour.frames_s)
        wait_for(lambda: len(neighbour.frames_s) > seen + 24)
        assert neighbour.longest_gap_s(since_s) < LONGEST_GAP_S
        assert server.log().count("is replaced") == 1  # the one that was killed
    with pytest.raises(urllib.error.HTTPError, match="409"):
        server.get(f"{SESSIONS}/{bad}")


def test_while_another_process_locks_the_store_frames_go_on_and_changes_wait(
    new_server: Callable[..., Server], tmp_path: Path
) -> None:
    server = new_server()
    ids = [running_session(server) for _ in range(2)]
    with Spectator(server, ids[0]) as first, Spectator(server, ids[1]) as second:
        lock = sqlite3.connect(tmp_path / "nnlab.sqlite3", isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        began_s = time.monotonic()
        made: list[float] = []
        change = threading.Thread(target=lambda: made.append(rename(server, ids[0], "late")))
        change.start()
        wait_for(lambda: time.monotonic() > began_s + 3)
        lock.execute("ROLLBACK")
        lock.close()
        change.join()
        assert made[0] - began_s >= 3
        for spectator in (first, second):
            assert spectator.longest_gap_s(began_s) < LONGEST_GAP_S
    assert server.get(f"{SESSIONS}/{ids[0]}")["document"]["title"] == "late"


def rename(server: Server, session_id: str, title: str) -> float:
    """Change the title; when it was acknowledged."""
    server.request("PATCH", f"{SESSIONS}/{session_id}", {"title": title})
    return time.monotonic()


def test_a_runner_that_hangs_is_noticed_within_five_seconds(new_server: Callable[..., Server]) -> None:
    server = new_server()
    session_id = running_session(server)
    (runner,) = runners_of(server)
    os.kill(runner.pid, signal.SIGSTOP)
    began_s = time.monotonic()
    wait_for(lambda: runner.pid not in [one.pid for one in runners_of(server)])
    assert time.monotonic() - began_s < 5.5  # half a second for a busy machine to find out
    assert step_of(server, session_id) >= 0
    server.wait_until_ready()
