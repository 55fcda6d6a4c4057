"""What everybody in a room is shown, live: one thread looks at the rooms that are watched here, twice a second at most.

It watches each room and, sparingly, its members' sessions, and puts up for every reader what they may see of it.
"""

from __future__ import annotations

import json
import logging
import math
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from nnlab.errors import NnlabError
from nnlab.fleet.frames import event, inflate
from nnlab.fleet.hub import Board, Viewer
from nnlab.rooms.members import Attend
from nnlab.session.picture.want import Want
from nnlab.web.rooms.members import Presence, Progress
from nnlab.web.rooms.people import Person, room_id_of
from nnlab.web.rooms.replies import dated, room_reply, seen_by
from nnlab.web.state import Fleet

LOOK_EVERY_S = 0.5
FIRST_WORD_S = 1.0  # is waited for, so that a reader need not wait for the next look
QUIET_S = 60.0
LEFT_AFTER_S = 60.0  # nobody reads or asks any more
ATTEND_EVERY_S = 2.0  # web processes say to each other, by way of the room, who is there
ROOM = Want((), None, 1 / LOOK_EVERY_S)
FIGURES = Want((), None, 0.5)  # of each member: 300 of them take a twentieth of a core

log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Reader:
    """Somebody whose stream is open: what was last put up on their board."""

    who: Person
    board: Board
    say: Callable[[str], str]
    sees_all: bool = False  # the wall, with everybody's figures
    shown: dict[str, Any] | None = None
    is_sent_away: bool = False
    room_shown: dict[str, Any] | None = None


@dataclass(slots=True, eq=False)
class Watched:
    """A room that is watched here."""

    code: str
    readers: list[Reader] = field(default_factory=list)
    presence: Presence = field(default_factory=Presence)
    progress: dict[str, Progress] = field(default_factory=dict)  # by view id
    viewers: list[Viewer] = field(default_factory=list)
    room: dict[str, Any] | None = None
    keys: dict[str, Any] = field(default_factory=dict)
    asked_s: float = field(default_factory=time.monotonic)
    attended_s: float = -math.inf
    figures_asked_s: float = -math.inf
    farewell: str = ""

    @property
    def shows_figures(self) -> bool:
        """Whether anybody sees the wall, or has lately asked for it."""
        asked = time.monotonic() - self.figures_asked_s < LEFT_AFTER_S
        return asked or any(reader.sees_all for reader in self.readers)

    def stop_watching_members(self) -> None:
        """They may sleep when they are left alone."""
        for viewer in self.viewers[1:]:
            viewer.leave()
        del self.viewers[1:]
        self.progress.clear()

    def figures(self) -> dict[int, dict[str, Any]]:
        """Of each member, by number."""
        members = self.room["members"] if self.room else []
        known = [(one["number"], self.progress.get(one["view_id"])) for one in members]  # it may be gone at once
        return {number: self._figures_of(number, progress) for number, progress in known if progress is not None}

    def _figures_of(self, number: int, progress: Progress) -> dict[str, Any]:
        return {
            **progress.figures,
            "is_coarse": progress.is_coarse,
            "state": progress.state(is_here=self.presence.is_here(number)),
        }


class Lobby:
    """The rooms that are watched in this process, which `is_alone` when no other serves the same rooms."""

    def __init__(self, fleet: Fleet, *, is_alone: bool) -> None:
        self._fleet = fleet
        self._is_alone = is_alone
        self._web = uuid.uuid4().hex
        self._lock = threading.Lock()
        self._rooms: dict[str, Watched] = {}
        self._wanted = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def enter(self, reader: Reader) -> None:
        """Show the room to this reader from now on."""
        with self._lock:
            self._watched(reader.who.code).readers.append(reader)
        self._wanted.set()

    def leave(self, reader: Reader) -> None:
        """No longer."""
        with self._lock:
            room = self._rooms.get(reader.who.code)
            if room is not None and reader in room.readers:
                room.readers.remove(reader)

    def presence(self, code: str) -> Presence:
        """Who is there."""
        with self._lock:
            return self._watched(code).presence

    def figures(self, code: str) -> dict[int, dict[str, Any]]:
        """What is known at the moment of the members' sessions; nothing in the first moments."""
        with self._lock:
            room = self._watched(code)
            room.asked_s = room.figures_asked_s = time.monotonic()
            return room.figures()

    def close(self) -> None:
        """End the thread."""
        self._closing.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()

    def _watched(self, code: str) -> Watched:
        if code not in self._rooms:
            self._rooms[code] = Watched(code)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True, name="lobby")
            self._thread.start()
        return self._rooms[code]

    # What follows runs in the one thread.

    def _run(self) -> None:
        while not self._closing.is_set():
            with self._lock:
                rooms = list(self._rooms.values())
            for room in rooms:
                try:
                    self._attend(room)
                except Exception:
                    log.exception("A room could not be shown")
            self._wanted.wait(LOOK_EVERY_S if rooms else QUIET_S)
            self._wanted.clear()
        for room in self._rooms.values():
            _leave_all(room)

    def _attend(self, room: Watched) -> None:
        """Take what is new, and show it."""
        with self._lock:
            left = not room.readers and (room.farewell or time.monotonic() - room.asked_s > LEFT_AFTER_S)
            if left:
                self._rooms.pop(room.code, None)
        if left:
            _leave_all(room)
            return
        self._watch(room)
        self._exchange(room)
        for viewer in room.viewers:
            while events := viewer.next(0.0 if room.room else FIRST_WORD_S):
                for kind, piece in events:
                    _take(room, kind, piece)
        with self._lock:
            readers = list(room.readers)
        for reader in readers:
            _show(room, reader)

    def _watch(self, room: Watched) -> None:
        """Watch the room and, for whoever sees the wall, those of its members that are new."""
        if not room.viewers:
            with suppress(NnlabError):
                room.viewers.append(self._fleet.watch({room_id_of(room.code): ROOM}))
        if not room.shows_figures:
            room.stop_watching_members()
            return
        members = room.room["members"] if room.room else []
        new = [one["view_id"] for one in members if one["view_id"] not in room.progress]
        if new:
            with suppress(NnlabError):
                room.viewers.append(self._fleet.watch(dict.fromkeys(new, FIGURES)))
                room.progress |= {view_id: Progress() for view_id in new}

    def _exchange(self, room: Watched) -> None:
        """Now and then, tell the other web processes who is there, and hear it from them."""
        if self._is_alone or not room.viewers:
            return
        if time.monotonic() - room.attended_s >= ATTEND_EVERY_S:
            room.attended_s = time.monotonic()
            said = Attend(web=self._web, numbers=room.presence.here())
            with suppress(NnlabError):
                room.presence.note_elsewhere(self._fleet.call(room_id_of(room.code), said))


def _leave_all(room: Watched) -> None:
    for viewer in room.viewers:
        viewer.leave()


def _take(room: Watched, kind: str, piece: bytes) -> None:
    """Take one event of the room or of a member's session in."""
    data = json.loads(inflate(piece).partition(b"data: ")[2])
    if data.get("session") == room_id_of(room.code):
        if kind in ("document", "settings"):
            room.room, room.keys = data["room"], data["keys"]
        elif kind == "bye":
            room.farewell, room.keys, room.room = data["reason"], {}, {"members": []}
    elif kind == "frame" and data["session"] in room.progress:
        room.progress[data["session"]].take(data)
    elif kind == "bye":
        room.progress.pop(data["session"], None)  # it may come anew


def _show(room: Watched, reader: Reader) -> None:
    """Put up what is new for this reader; whoever the room does not know any more is sent away."""
    if (room.room is None and not room.farewell) or (reader.room_shown is room.room and not reader.sees_all):
        return
    reader.room_shown = room.room
    seen = seen_by(room.room or {}, reader.who, room.keys)
    if seen is None:
        if not reader.is_sent_away:
            reader.is_sent_away = True
            reader.board.post("bye", event("bye", {"reason": room.farewell or "revoked"}))
        return
    figures = room.figures() if seen["actor"] != "member" else {}
    data = room_reply(seen, reader.who, figures, reader.say)
    if data != reader.shown:
        reader.shown = data
        reader.board.post("room", event("room", dated(data, seen)))
