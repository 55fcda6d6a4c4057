"""Sessions that fail again and again are left alone for a while, for everybody else's sake."""

from __future__ import annotations

import time

MOST_FAILURES = 3
WITHIN_S = 60.0  # failures further apart than this are not one and the same
LEFT_ALONE_S = 60.0  # then it is tried again: somebody may have mended it


class Quarantine:
    """Counts failures and knows which sessions have had too many of them."""

    def __init__(self) -> None:
        self._failures: dict[str, list[float]] = {}
        self._until_s: dict[str, float] = {}

    def __contains__(self, view_id: str) -> bool:
        return view_id in self._until_s

    def add_failure(self, view_id: str) -> bool:
        """Note that the session has failed; return whether it is left alone from now on."""
        now_s = time.monotonic()
        recent = [at_s for at_s in self._failures.get(view_id, []) if now_s - at_s < WITHIN_S]
        self._failures[view_id] = [*recent, now_s]
        if len(self._failures[view_id]) < MOST_FAILURES:
            return False
        self._until_s[view_id] = now_s + LEFT_ALONE_S
        return True

    def forget(self, view_id: str) -> None:
        """The session is gone for good."""
        self._failures.pop(view_id, None)
        self._until_s.pop(view_id, None)

    def release(self) -> list[str]:
        """Forget what was long ago; return the sessions that may be tried again."""
        now_s = time.monotonic()
        free = [view_id for view_id, until_s in self._until_s.items() if now_s >= until_s]
        for view_id in free:
            self.forget(view_id)
        old = [view_id for view_id, times in self._failures.items() if now_s - times[-1] >= max(WITHIN_S, LEFT_ALONE_S)]
        for view_id in old:
            self.forget(view_id)
        return free
