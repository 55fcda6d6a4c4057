"""What waits for each session, in order: messages that come while it cannot be touched or before it may be changed."""

from __future__ import annotations

from collections import deque

from nnlab.fleet.wire import Call, Unwatch, Watch

Request = Call | Watch | Unwatch


class Line:
    """The messages that wait for one session. `busy`: something of it is at the store, and nothing may touch it."""

    def __init__(self) -> None:
        self.busy = False
        self.waiting: deque[Request] = deque()


class Lines:
    """The lines of all sessions that have one."""

    def __init__(self) -> None:
        self._lines: dict[str, Line] = {}

    def find(self, view_id: str) -> Line | None:
        """The session's line, if there is one."""
        return self._lines.get(view_id)

    def open(self, view_id: str) -> Line:
        """The session's line, a new one if need be."""
        return self._lines.setdefault(view_id, Line())

    def occupy(self, view_id: str) -> Line:
        """From now on nothing may touch the session."""
        line = self.open(view_id)
        line.busy = True
        return line

    def close(self, view_id: str) -> list[Request]:
        """Take the line away; return what has been waiting in it."""
        line = self._lines.pop(view_id, Line())
        waiting = list(line.waiting)
        line.waiting.clear()
        return waiting

    def is_busy(self, view_id: str) -> bool:
        """Whether nothing may touch the session."""
        line = self._lines.get(view_id)
        return line is not None and line.busy

    def idle(self) -> list[str]:
        """Sessions with a line that are not busy: what waits there waits for the store alone."""
        return [view_id for view_id, line in self._lines.items() if not line.busy]
