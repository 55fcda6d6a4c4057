"""What is kept for how long: sessions that nobody uses any more leave, a few at a time while the server runs."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection

from nnlab.fleet.store.store import Store

DAY_S = 86_400.0
UNCHANGED_DAYS = 1  # a session that was never changed after it was made is as easily made again
TOUCH_EVERY_S = 60.0
SWEEP_EVERY_S = 3_600.0
SWEPT_AT_ONCE = 50  # sessions: the store is not held for longer than a moment
PAGES_AT_ONCE = 256  # a megabyte


class Retention:
    """Tends a store. What is in memory counts as in use, so that nothing that is awake or watched ever leaves."""

    def __init__(
        self, keep_days: int, *, clock: Callable[[], float] = time.time, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._keep_days = keep_days
        self._clock = clock
        self._timer = timer
        self._next_touch_s = timer()
        self._next_sweep_s = timer() + random.uniform(0.0, TOUCH_EVERY_S)  # not all runners in one moment

    def is_due(self) -> bool:
        """Whether there is anything to do."""
        return self._timer() >= min(self._next_touch_s, self._next_sweep_s)

    def tend(self, store: Store, in_use: Collection[str]) -> list[str]:
        """Note what is in use, and remove some of what has not been for too long; return the view ids of that."""
        now_s = self._timer()
        if now_s >= self._next_touch_s:
            self._next_touch_s = now_s + TOUCH_EVERY_S
            store.touch(in_use)
        if now_s < self._next_sweep_s:
            return []
        gone = self._sweep(store, in_use)
        if len(gone) < SWEPT_AT_ONCE:
            self._next_sweep_s = now_s + SWEEP_EVERY_S
        return gone

    def _sweep(self, store: Store, in_use: Collection[str]) -> list[str]:
        now_s = self._clock()
        since_s = now_s - self._keep_days * DAY_S if self._keep_days else 0.0
        unused = store.unused(
            since_s=since_s, unchanged_since_s=now_s - UNCHANGED_DAYS * DAY_S, most=SWEPT_AT_ONCE + len(in_use)
        )
        gone = [view_id for view_id in unused if view_id not in in_use][:SWEPT_AT_ONCE]
        with store.transaction():
            for view_id in gone:
                store.delete(view_id)
        if gone:
            store.shrink(PAGES_AT_ONCE)
        return gone
