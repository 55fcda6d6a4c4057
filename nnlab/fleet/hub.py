"""The newest events of each watched session, handed to any number of viewers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from nnlab.fleet.wire import Event

Views = tuple[str, ...]
Key = tuple[str, Views]

KINDS = ("document", "frame", "bye")  # in the order in which a viewer gets what is new


@dataclass(slots=True)
class Slot:
    """The newest event of one kind, and how many there have been."""

    count: int = 0
    piece: bytes = b""


@dataclass(slots=True)
class Board:
    """Where the events of one session with one set of views are put up. Nothing queues: the newest wins."""

    changed: threading.Condition = field(default_factory=threading.Condition)
    slots: dict[str, Slot] = field(default_factory=lambda: {kind: Slot() for kind in KINDS})
    viewers: int = 0


class Viewer:
    """One viewer's place before a board: knows what it has seen. Call `leave` at the end."""

    def __init__(self, board: Board, leave: Callable[[], None]) -> None:
        self._board = board
        self.leave = leave
        self._seen = dict.fromkeys(board.slots, 0)

    def next(self, timeout_s: float) -> list[tuple[str, bytes]]:
        """(kind, event) put up since the last call, document first; empty when there were none for `timeout_s`."""
        deadline_s = time.monotonic() + timeout_s
        with self._board.changed:
            while not (kinds := self._unseen()):
                if not self._board.changed.wait(deadline_s - time.monotonic()):
                    return []
            return [(kind, self._see(kind)) for kind in kinds]

    def _unseen(self) -> list[str]:
        return [kind for kind, slot in self._board.slots.items() if slot.count > self._seen[kind]]

    def _see(self, kind: str) -> bytes:
        slot = self._board.slots[kind]
        self._seen[kind] = slot.count
        return slot.piece


class Hub:
    """All boards. `on_first` and `on_last` are called when a board gets its first and loses its last viewer."""

    def __init__(self, on_first: Callable[[Key], None], on_last: Callable[[Key], None]) -> None:
        self._on_first = on_first
        self._on_last = on_last
        self._lock = threading.Lock()
        self._boards: dict[Key, Board] = {}

    def watch(self, view_id: str, views: Views) -> Viewer:
        """A new viewer; what is on the board already is its first events."""
        key = (view_id, views)
        with self._lock:
            board = self._boards.setdefault(key, Board())
            board.viewers += 1
            if board.viewers == 1:
                self._on_first(key)
        return Viewer(board, lambda: self._leave(key))

    def post(self, event: Event) -> None:
        """Put an event up on the boards it is meant for and wake their viewers."""
        for board in self._boards_for(event):
            with board.changed:
                slot = board.slots[event.kind]
                slot.count += 1
                slot.piece = event.piece
                board.changed.notify_all()

    def _boards_for(self, event: Event) -> list[Board]:
        with self._lock:
            if event.views is not None:
                board = self._boards.get((event.view_id, event.views))
                return [] if board is None else [board]
            return [board for (view_id, _), board in self._boards.items() if view_id == event.view_id]

    def for_each_watched(self, act: Callable[[Key], None]) -> None:
        """Call `act` with the key of every board that has viewers; none comes or goes in the meantime."""
        with self._lock:
            for key in self._boards:
                act(key)

    def is_watched(self, view_id: str) -> bool:
        """Whether the session has a viewer."""
        with self._lock:
            return any(key[0] == view_id for key in self._boards)

    def _leave(self, key: Key) -> None:
        with self._lock:
            board = self._boards[key]
            board.viewers -= 1
            if board.viewers == 0:
                del self._boards[key]
                self._on_last(key)
