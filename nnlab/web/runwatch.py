"""Who watches runs of studies, live: one thread looks each second at those that are watched and puts up what is new.

It asks what is kept, as a run may be carried out by another web process.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nnlab.errors import NotFound, Unavailable
from nnlab.fleet.frames import event
from nnlab.fleet.hub import Board
from nnlab.studies.runs import Standing

LOOK_EVERY_S = 1.0
ENDED = ("done", "failed", "cancelled")

log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Watcher:
    """Somebody whose stream of a run is open: what is said of it, and what was last put up."""

    run_id: str
    say: Callable[[Standing], dict[str, Any]]
    board: Board = field(default_factory=Board)
    shown: Standing | None = None

    def show(self, standing: Standing) -> None:
        """Put up how the run stands, if that is new, and its end."""
        if standing == self.shown:
            return
        self.board.post("run", event("run", self.say(standing)))
        self.shown = standing
        if standing.state in ENDED:
            self.say_goodbye()

    def say_goodbye(self) -> None:
        """There is nothing more to see."""
        self.board.post("bye", event("bye", {}))


class RunWatch:
    """All watchers of a server. The thread is there while there are any."""

    def __init__(self, find: Callable[[str], Standing]) -> None:
        self._find = find
        self._lock = threading.Lock()
        self._watchers: set[Watcher] = set()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def enter(self, watcher: Watcher) -> None:
        """Show how the run stands, now and from now on. Raises NotFound."""
        watcher.show(self._find(watcher.run_id))
        with self._lock:
            self._watchers.add(watcher)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="runs")
                self._thread.start()

    def leave(self, watcher: Watcher) -> None:
        """No longer."""
        with self._lock:
            self._watchers.discard(watcher)

    def close(self) -> None:
        """End the thread."""
        self._closing.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while not self._closing.wait(LOOK_EVERY_S):
            with self._lock:
                watchers = tuple(self._watchers)
                if not watchers:
                    self._thread = None
                    return
            for run_id in {watcher.run_id for watcher in watchers}:
                try:
                    self._look(run_id, [watcher for watcher in watchers if watcher.run_id == run_id])
                except Unavailable:
                    continue  # until the store can be read again
                except Exception:
                    log.exception("A run could not be shown")

    def _look(self, run_id: str, watchers: list[Watcher]) -> None:
        try:
            standing = self._find(run_id)
        except NotFound:
            for watcher in watchers:
                watcher.say_goodbye()
            return
        for watcher in watchers:
            watcher.show(standing)
