"""Who may begin when the server has all it can carry: those who run go on, newcomers wait in line."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from nnlab.errors import Unavailable
from nnlab.sentence import Sentence

FULL = 0.95  # of what runners call their load: by then they take fewer steps than they should
PATIENCE_S = 15.0  # who has not asked again for so long has left the line
ASK_AGAIN_S = 3
LET_IN_EVERY_S = 0.5  # one after the other: the load of each shows only after a moment


class ServerFull(Unavailable):
    """No more sessions for the moment; the answer says which place in line the caller has."""

    code = "server_full"
    title = "The server is full at the moment"
    retry_after_s = ASK_AGAIN_S

    @classmethod
    def at_place(cls, place: int) -> ServerFull:
        """For whoever has this place, from 1."""
        return cls(
            Sentence(
                "The server has as many running experiments as it can carry. You are number {place} in line; this page"
                " tries again by itself.",
                place=place,
            )
        )


class Admission:
    """The line. `load` says how busy the server is, from 0 to 1."""

    def __init__(self, load: Callable[[], float], clock: Callable[[], float] = time.monotonic) -> None:
        self._load = load
        self._clock = clock
        self._asked_s: dict[str, float] = {}  # in the order of the line
        self._next_s = 0.0
        self._lock = threading.Lock()

    def enter(self, who: str) -> None:
        """Let somebody in. Raises ServerFull; who asks again in time keeps the place."""
        now_s = self._clock()
        with self._lock:
            self._asked_s = {name: at_s for name, at_s in self._asked_s.items() if now_s - at_s < PATIENCE_S}
            place = list({**self._asked_s, who: now_s}).index(who) + 1
            is_full = self._load() >= FULL
            if not is_full and not self._asked_s:
                return
            if not is_full and place == 1 and now_s >= self._next_s:
                self._next_s = now_s + LET_IN_EVERY_S
                self._asked_s.pop(who, None)
                return
            self._asked_s[who] = now_s
        raise ServerFull.at_place(place)

    def leave(self, who: str) -> None:
        """Whoever stands in line for nothing no longer does."""
        with self._lock:
            self._asked_s.pop(who, None)
