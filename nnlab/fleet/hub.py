"""The newest events of each watched session, handed to any number of viewers, each of one session or of many."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import NamedTuple

from nnlab.errors import Unavailable
from nnlab.fleet.wire import Event
from nnlab.session.picture.want import PLAIN, Want

Slot = tuple[int, bytes]  # (how many events of the kind there have been, the newest one)

MOST_WANTS = 24  # of one session, besides the plain one: each costs the runner 0.8 ms a frame, a fifth of a core in all

# In the order in which a viewer gets what is new. Settings are a document without its points: those of the newest
# document before it. So whoever comes late or is slow still gets the points, once.
KINDS = ("document", "settings", "frame", "room", "run", "bye")


class Topic(NamedTuple):
    """What is watched: a session, and what is wanted of its frames."""

    view_id: str
    want: Want


class Board:
    """Where the events of one topic are put up. Nothing queues: the newest wins.

    The slots are replaced as a whole, so that a viewer never sees settings beside an earlier document than theirs.
    """

    def __init__(self) -> None:
        self.slots: dict[str, Slot] = dict.fromkeys(KINDS, (0, b""))
        self.places: set[Place] = set()

    @property
    def shows_session(self) -> bool:
        """Whether the document is up, and no goodbye."""
        return self.slots["document"][0] > 0 and self.slots["bye"][0] == 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been put up yet."""
        return not any(count for count, _ in self.slots.values())

    def post(self, kind: str, piece: bytes) -> None:
        """Put an event up in place of the last one of its kind and wake the viewers."""
        slots = self.slots | {kind: (self.slots[kind][0] + 1, piece)}
        if kind == "document":
            slots["settings"] = (slots["settings"][0], b"")  # are a part of it
        self.slots = slots
        for place in tuple(self.places):
            place.call_viewer()


class Place:
    """A viewer's place before one board: knows what the viewer has seen there."""

    def __init__(self, board: Board, viewer: Viewer, *, speaks_for_all: bool = False) -> None:
        self.board = board
        self.speaks_for_all = speaks_for_all
        self.is_called = False  # whether the viewer knows that it should look
        self._viewer = viewer
        self._seen = dict.fromkeys(KINDS, 0)

    def call_viewer(self) -> None:
        """Something may be new here."""
        self._viewer.look_at(self)

    def unseen(self) -> list[tuple[str, bytes]]:
        """(kind, event) put up since the last call."""
        events = []
        for kind, (count, piece) in self.board.slots.items():
            if count > self._seen[kind]:
                self._seen[kind] = count
                if piece:
                    events.append((kind, piece))
        return events


class Viewer:
    """One who watches one or many boards. Call `leave` at the end.

    Each viewer waits on a queue of its own that holds one token at the most: waking 300 of them costs a quarter of
    what one shared condition does, since none of them has to take its turn at a common lock.
    """

    def __init__(self, leave: Callable[[Viewer], None]) -> None:
        self.places: dict[Topic, Place] = {}
        self._leave = leave
        self._to_look_at: deque[Place] = deque()
        self._goodbyes = 0
        self._token: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._waker: Callable[[], None] | None = None

    @property
    def is_over(self) -> bool:
        """Whether `next` has returned the goodbyes of all that is watched, or the one that speaks for all."""
        return self._goodbyes >= len(self.places)

    def call(self, waker: Callable[[], None]) -> None:
        """Have `waker` called, by any thread and at once, whenever `next(0)` may find something; and now."""
        self._waker = waker
        waker()

    def next(self, timeout_s: float) -> list[tuple[str, bytes]]:
        """(kind, event) of one session, the one whose news have waited longest, document first.

        Empty when there has been nothing new for `timeout_s`.
        """
        deadline_s = time.monotonic() + timeout_s
        while not (events := self._unseen()) and timeout_s:
            try:
                self._token.get(timeout=max(0.0, deadline_s - time.monotonic()))
            except queue.Empty:
                return []
        return events

    def stand_before(self, topic: Topic, board: Board, *, speaks_for_all: bool = False) -> None:
        """Watch this board too; what is on it already is news. `speaks_for_all`: its goodbye ends everything."""
        place = self.places[topic] = Place(board, self, speaks_for_all=speaks_for_all)
        board.places.add(place)
        if not board.is_empty:
            place.call_viewer()

    def look_at(self, place: Place) -> None:
        """Let `next` look there; called by whoever has put something up."""
        if not place.is_called:
            place.is_called = True
            self._to_look_at.append(place)
        if self._waker is not None:
            self._waker()
        elif self._token.empty():
            self._token.put(None)

    def leave(self) -> None:
        """Give all places up."""
        self._leave(self)

    def _unseen(self) -> list[tuple[str, bytes]]:
        while self._to_look_at:
            place = self._to_look_at.popleft()
            place.is_called = False  # before it is looked, so that nothing put up from now on is missed
            if events := place.unseen():
                if events[-1][0] == "bye":
                    self._goodbyes += len(self.places) if place.speaks_for_all else 1
                return events
        return []


class Hub:
    """All boards. `on_first` and `on_last` are called when a topic gets its first and loses its last viewer.

    What is called here, those included, is called under the hub's lock: it may take others, and must not come back.
    """

    def __init__(self, on_first: Callable[[Topic], None], on_last: Callable[[Topic], None]) -> None:
        self._on_first = on_first
        self._on_last = on_last
        self._lock = threading.Lock()
        self._boards: dict[str, dict[Want, Board]] = {}  # by view id

    def watch(self, topics: Iterable[Topic], farewells: Iterable[Event] = ()) -> Viewer:
        """A new viewer, whose first events are what is on the boards already, and farewells of what is not there.

        Raises Unavailable when a session has too many different wants; for the plain one there is room.
        """
        viewer = Viewer(self._remove)
        for event in farewells:
            board = Board()
            board.post(event.kind, event.piece)
            viewer.stand_before(Topic(event.view_id, PLAIN), board)
        try:
            with self._lock:
                for topic in topics:
                    viewer.stand_before(topic, self._board(topic))
        except BaseException:
            viewer.leave()
            raise
        return viewer

    def _board(self, topic: Topic) -> Board:
        boards = self._boards.get(topic.view_id, {})
        if topic.want not in boards:
            if topic.want != PLAIN and len(boards.keys() - {PLAIN}) >= MOST_WANTS:
                raise Unavailable("This session is watched in too many different ways; try again later.")
            self._on_first(topic)
            self._boards.setdefault(topic.view_id, {})[topic.want] = Board()
        return self._boards[topic.view_id][topic.want]

    def shows(self, view_id: str) -> bool:
        """Whether a board shows the session, which therefore exists."""
        with self._lock:
            return any(board.shows_session for board in self._boards.get(view_id, {}).values())

    def post(self, event: Event) -> None:
        """Put an event up on the boards it is meant for and wake their viewers. A goodbye takes them down."""
        with self._lock:
            boards = self._boards.get(event.view_id, {})
            for want in [event.want] if event.want is not None else list(boards):
                if want in boards:
                    boards[want].post(event.kind, event.piece)
                    if event.kind == "bye":
                        self._take_down(Topic(event.view_id, want))

    def for_each_watched(self, act: Callable[[Topic], object]) -> None:
        """Call `act` with every topic that has viewers; none comes or goes in the meantime."""
        with self._lock:
            for view_id, boards in self._boards.items():
                for want in boards:
                    act(Topic(view_id, want))

    def if_unwatched(self, view_id: str, act: Callable[[], object]) -> None:
        """Call `act` if the session has no viewer; none comes in the meantime."""
        with self._lock:
            if view_id not in self._boards:
                act()

    def _remove(self, viewer: Viewer) -> None:
        with self._lock:
            for topic, place in viewer.places.items():
                place.board.places.discard(place)
                is_up = self._boards.get(topic.view_id, {}).get(topic.want) is place.board
                if is_up and not place.board.places:
                    self._take_down(topic)

    def _take_down(self, topic: Topic) -> None:
        boards = self._boards[topic.view_id]
        del boards[topic.want]
        if not boards:
            del self._boards[topic.view_id]
        self._on_last(topic)
