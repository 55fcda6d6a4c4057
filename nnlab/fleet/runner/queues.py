"""Calls that wait for their session's turn: first come, first served, and not more than a few dozen of one session."""

from __future__ import annotations

import time
from collections import deque

from nnlab.errors import TooMany
from nnlab.fleet.wire import Call, Reply

MOST_CALLS = 32  # of one session: a page asks for one after another, and each holds a thread of the web process


class Queues:
    """A queue a session."""

    def __init__(self) -> None:
        self._queues: dict[str, deque[tuple[float, Call]]] = {}

    def add(self, call: Call) -> list[Reply]:
        """Let a call wait; if too many of its session do, it is answered at once instead."""
        waiting = self._queues.setdefault(call.view_id, deque())
        if len(waiting) >= MOST_CALLS:
            error = TooMany("This session is asked for more than the server can do; ask more slowly.")
            return [Reply(call.request_id, error=error)]
        waiting.append((time.monotonic(), call))
        return []

    def since_s(self, view_id: str) -> float | None:
        """Since when the session's first call waits; None when none does."""
        waiting = self._queues.get(view_id)
        return waiting[0][0] if waiting else None

    def next(self, view_id: str) -> Call | None:
        """Take the session's first call, if there is one."""
        waiting = self._queues.get(view_id)
        if not waiting:
            return None
        _, call = waiting.popleft()
        if not waiting:
            del self._queues[view_id]
        return call
