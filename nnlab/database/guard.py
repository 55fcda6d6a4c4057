"""An end to waiting for a database that is frozen.

Neither a statement's time limit nor TCP's helps: the server's system still acknowledges what the server does not read.
"""

from __future__ import annotations

import os
import socket
import threading
import time
import weakref
from contextlib import suppress
from typing import Protocol

PATIENCE_S = 3.0
LOOK_EVERY_S = 0.1


class Waits(Protocol):
    """Who may be waiting for an answer."""

    def waiting_s(self, now_s: float) -> float:
        """Since how long; 0 when it is not."""

    def cut(self) -> None:
        """End it: what waits is raised an error."""


class Guard:
    """One thread for all connections of a process; it starts with the first."""

    def __init__(self) -> None:
        self._guarded: weakref.WeakSet[Waits] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, one: Waits) -> None:
        """Look after it for as long as it lives."""
        with self._lock:
            self._guarded.add(one)
            if self._thread is None or not self._thread.is_alive():  # a process that was forked has no threads
                self._thread = threading.Thread(target=self._look, name="database guard", daemon=True)
                self._thread.start()

    def guarded(self) -> list[Waits]:
        """All that are looked after."""
        with self._lock:
            return list(self._guarded)

    def _look(self) -> None:
        while True:
            time.sleep(LOOK_EVERY_S)
            now_s = time.monotonic()
            for one in self.guarded():
                if one.waiting_s(now_s) > PATIENCE_S:
                    one.cut()


def shut(descriptor: int) -> None:
    """End a connection under whoever waits at it, in another thread."""
    with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as same:
        same.shutdown(socket.SHUT_RDWR)


GUARD = Guard()
