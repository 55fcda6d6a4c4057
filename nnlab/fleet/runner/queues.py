"""Calls that wait for their session's turn: first come, first served, and not more than a few dozen of one session."""

from __future__ import annotations

import time

from nnlab.errors import TooMany
from nnlab.fleet.runner.once import command_of
from nnlab.fleet.wire import Call, Reply
from nnlab.session.commands import Query

MOST_CALLS = 32  # of one session: a page asks for one after another, and each holds a thread of the web process


class Queues:
    """A queue a session."""

    def __init__(self) -> None:
        self._queues: dict[str, list[tuple[float, Call]]] = {}

    def add(self, call: Call) -> Reply | None:
        """Let a call wait; if too many of its session do, it is answered by this at once instead.

        Who only asks whether the session exists costs nothing: a crowd of viewers may come at once.
        """
        waiting = self._queues.setdefault(call.view_id, [])
        if len(waiting) >= MOST_CALLS and not command_of(call).is_free:
            error = TooMany("This session is asked for more than the server can do; ask more slowly.")
            return Reply(call.request_id, error=error)
        waiting.append((time.monotonic(), call))
        return None

    def since_s(self, view_id: str, *, reading: bool = False) -> float | None:
        """Since when the session's first call waits; None when none does. `reading`: changes do not count."""
        index = self._index(view_id, reading=reading)
        return None if index is None else self._queues[view_id][index][0]

    def next(self, view_id: str, *, reading: bool = False) -> Call | None:
        """Take the session's first call, if there is one. `reading`: changes have to wait, and go on doing so."""
        index = self._index(view_id, reading=reading)
        if index is None:
            return None
        waiting = self._queues[view_id]
        _, call = waiting.pop(index)
        if not waiting:
            del self._queues[view_id]
        return call

    def _index(self, view_id: str, *, reading: bool) -> int | None:
        for index, (_, call) in enumerate(self._queues.get(view_id, ())):
            if not reading or isinstance(call.command, Query):
                return index
        return None
