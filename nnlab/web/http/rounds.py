"""Whose request is answered next: one of each address in turn, so that a crowd from one waits for itself."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Rounds(Generic[T]):
    """Lines of waiting requests, one an address. Any thread may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: OrderedDict[str, deque[T]] = OrderedDict()  # the next address first

    def add(self, address: str, request: T) -> None:
        """Let a request wait at the end of its address's line."""
        with self._lock:
            self._lines.setdefault(address, deque()).append(request)

    def next(self) -> T:
        """Take the first request of the address whose turn it is; that address comes last in the next round."""
        with self._lock:
            address, line = self._lines.popitem(last=False)
            request = line.popleft()
            if line:
                self._lines[address] = line
        return request
