"""Who is there, as far as the web processes say: each knows of those whose pages it serves, and the room of all.

Nothing of it is stored: a room that has just been woken is told anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

SAID_S = 10.0  # what a web process has said holds for so long


class Attendance:
    """Members that are there, by web process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._said: dict[str, tuple[float, frozenset[int]]] = {}

    def note(self, web: str, numbers: Iterable[int]) -> None:
        """A web process says who is there, in place of what it has said before."""
        now_s = self._clock()
        lately = {one: said for one, said in self._said.items() if now_s - said[0] < SAID_S}
        self._said = lately | {web: (now_s, frozenset(numbers))}

    def beside(self, web: str) -> list[int]:
        """Who is there by what the other web processes say."""
        return sorted(set().union(*(numbers for one, (_, numbers) in self._said.items() if one != web)))
