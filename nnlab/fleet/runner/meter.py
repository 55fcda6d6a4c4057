"""What each session costs: the processor's time of the runner's thread, wherever the work for it is done."""

from __future__ import annotations

import time
from collections.abc import Callable


class Meter:
    """Times pieces of work and calls `book` with whose they were and their seconds."""

    def __init__(self, book: Callable[[str, float], None]) -> None:
        self._book = book
        self._within_s = 0.0  # what pieces within the present one have taken so far: it is theirs alone

    def run(self, name: str, act: Callable[[], None]) -> None:
        """Call `act`, for `name`."""
        before_s, self._within_s = self._within_s, 0.0
        began_s = time.thread_time()
        try:
            act()
        finally:
            took_s = time.thread_time() - began_s
            self._book(name, took_s - self._within_s)
            self._within_s = before_s + took_s
