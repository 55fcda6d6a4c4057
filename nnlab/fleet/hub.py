"""The newest events of each watched session, handed to any number of viewers."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable

from nnlab.errors import Unavailable
from nnlab.fleet.wire import Event

Views = tuple[str, ...]
Key = tuple[str, Views]
Slot = tuple[int, bytes]  # (how many events of the kind there have been, the newest one)

MOST_SETS_OF_VIEWS = 24  # of one session, besides none: each costs the runner 0.8 ms a frame, a fifth of a core in all

# In the order in which a viewer gets what is new. Settings are a document without its points: those of the newest
# document before it. So whoever comes late or is slow still gets the points, once.
KINDS = ("document", "settings", "frame", "bye")


class Board:
    """Where the events of one session with one set of views are put up. Nothing queues: the newest wins.

    The slots are replaced as a whole, so that a viewer never sees settings beside an earlier document than theirs.
    """

    def __init__(self) -> None:
        self.slots: dict[str, Slot] = dict.fromkeys(KINDS, (0, b""))
        self.viewers: set[Viewer] = set()

    @property
    def shows_session(self) -> bool:
        """Whether the document is up, and no goodbye."""
        return self.slots["document"][0] > 0 and self.slots["bye"][0] == 0

    def post(self, event: Event) -> None:
        """Put an event up in place of the last one of its kind and wake the viewers."""
        slots = self.slots | {event.kind: (self.slots[event.kind][0] + 1, event.piece)}
        if event.kind == "document":
            slots["settings"] = (slots["settings"][0], b"")  # are a part of it
        self.slots = slots
        for viewer in tuple(self.viewers):
            viewer.wake()


class Viewer:
    """One viewer's place before a board: knows what it has seen. Call `leave` at the end.

    Each viewer waits on a queue of its own that holds one token at the most: waking 300 of them costs a quarter of
    what one shared condition does, since none of them has to take its turn at a common lock.
    """

    def __init__(self, board: Board, leave: Callable[[Viewer], None]) -> None:
        self._board = board
        self._leave = leave
        self._seen = dict.fromkeys(KINDS, 0)
        self._token: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._waker: Callable[[], None] | None = None

    def call(self, waker: Callable[[], None]) -> None:
        """Have `waker` called, by any thread and at once, whenever `next(0)` may find something; and now."""
        self._waker = waker
        waker()

    def next(self, timeout_s: float) -> list[tuple[str, bytes]]:
        """(kind, event) put up since the last call, document first; empty when there were none for `timeout_s`."""
        deadline_s = time.monotonic() + timeout_s
        while not (events := self._unseen()) and timeout_s:
            try:
                self._token.get(timeout=max(0.0, deadline_s - time.monotonic()))
            except queue.Empty:
                return []
        return events

    def wake(self) -> None:
        """Let `next` look again; called by whoever has put something up."""
        if self._waker is not None:
            self._waker()
        elif self._token.empty():
            self._token.put(None)

    def leave(self) -> None:
        """Give the place up."""
        self._leave(self)

    def _unseen(self) -> list[tuple[str, bytes]]:
        events = []
        for kind, (count, piece) in self._board.slots.items():
            if count > self._seen[kind]:
                self._seen[kind] = count
                if piece:
                    events.append((kind, piece))
        return events


class Hub:
    """All boards. `on_first` and `on_last` are called when a board gets its first and loses its last viewer."""

    def __init__(self, on_first: Callable[[Key], None], on_last: Callable[[Key], None]) -> None:
        self._on_first = on_first
        self._on_last = on_last
        self._lock = threading.Lock()
        self._boards: dict[Key, Board] = {}

    def watch(self, view_id: str, views: Views) -> Viewer:
        """A new viewer; what is on the board already is its first events.

        Raises Unavailable when the session has too many different sets of views; without views there is room.
        """
        key = (view_id, views)
        with self._lock:
            if key not in self._boards:
                others = sum(other == view_id and bool(extras) for other, extras in self._boards)
                if views and others >= MOST_SETS_OF_VIEWS:
                    raise Unavailable("This session is watched with too many different views; try again later.")
                self._on_first(key)
                self._boards[key] = Board()
            board = self._boards[key]
            viewer = Viewer(board, lambda viewer: self._remove(key, viewer))
            board.viewers.add(viewer)
        return viewer

    def shows(self, view_id: str, views: Views) -> bool:
        """Whether a board with these views shows the session, which therefore exists."""
        with self._lock:
            board = self._boards.get((view_id, views))
            return board is not None and board.shows_session

    def post(self, event: Event) -> None:
        """Put an event up on the boards it is meant for and wake their viewers."""
        with self._lock:
            for board in self._boards_for(event):
                board.post(event)

    def _boards_for(self, event: Event) -> list[Board]:
        if event.views is not None:
            board = self._boards.get((event.view_id, event.views))
            return [] if board is None else [board]
        return [board for (view_id, _), board in self._boards.items() if view_id == event.view_id]

    def for_each_watched(self, act: Callable[[Key], object]) -> None:
        """Call `act` with the key of every board that has viewers; none comes or goes in the meantime."""
        with self._lock:
            for key in self._boards:
                act(key)

    def if_unwatched(self, view_id: str, act: Callable[[], object]) -> None:
        """Call `act` if the session has no viewer; none comes in the meantime."""
        with self._lock:
            if not any(key[0] == view_id for key in self._boards):
                act()

    def _remove(self, key: Key, viewer: Viewer) -> None:
        with self._lock:
            board = self._boards[key]
            board.viewers.discard(viewer)
            if not board.viewers:
                del self._boards[key]
                self._on_last(key)
