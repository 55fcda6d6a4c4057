"""So many streams a server can write at once."""

from __future__ import annotations

import threading

from nnlab.errors import Unavailable


class StreamPlaces:
    """The places for streams: what a server can write at once."""

    def __init__(self, most: int) -> None:
        self._free = threading.BoundedSemaphore(most)

    def enter(self) -> None:
        """Take a place. Raises Unavailable when all are taken."""
        if not self._free.acquire(blocking=False):
            raise Unavailable("All streams of this server are taken; try again in a few seconds.")

    def leave(self) -> None:
        """Give the place back."""
        self._free.release()
