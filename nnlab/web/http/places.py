"""So many streams a server can write at once."""

from __future__ import annotations

import threading

from nnlab.errors import Unavailable


class StreamPlaces:
    """The places for streams: what a server can write at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self.taken = 0

    def enter(self) -> None:
        """Take a place. Raises Unavailable when all are taken."""
        with self._lock:
            if self.taken >= self._most:
                raise Unavailable("All streams of this server are taken; try again in a few seconds.")
            self.taken += 1

    def leave(self) -> None:
        """Give the place back."""
        with self._lock:
            self.taken -= 1
