"""The local fleet: runner processes of this machine, one per core, each session with one of them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any

from nnlab.errors import Unavailable, Unsettled
from nnlab.fleet.hub import Hub, Key, Viewer, Views
from nnlab.fleet.local.child import Child, RunnerGone, RunnerLost
from nnlab.fleet.store.lock import FileLock
from nnlab.fleet.wire import Asleep, Event, Unwatch, Watch
from nnlab.session.commands import Change, Query
from nnlab.settings import Settings

log = logging.getLogger(__name__)

CALL_TIMEOUT_S = 60.0  # 10,000 steps of the largest network may take this long
SILENCE_S = 10.0  # a runner that has not been heard for so long hangs
START_S = 30.0  # a new runner may take longer on a busy machine
LOOK_EVERY_S = 0.5
REPLACED_WITHIN_S = 5.0  # how long a call waits for a new runner in place of a dead one
RETRY_EVERY_S = 0.05
SHORT_LIFE_S = 2.0  # a runner that ends sooner would end again: its successor is started after a pause


class LocalFleet:
    """Places sessions on runners, carries commands down and events up, replaces runners that die or hang."""

    def __init__(self, settings: Settings) -> None:
        self._environment = {
            "NNLAB_DATABASE": str(settings.database.resolve()),
            "NNLAB_GRACE_S": str(settings.grace_s),
            "NNLAB_SLEEP_S": str(settings.sleep_s),
            "NNLAB_KEEP_DAYS": str(settings.keep_days),
            "NNLAB_AWAKE_MB": str(max(1, settings.awake_mb // settings.runners)),  # each runner's share
        }
        self._file = FileLock(settings.database.resolve())
        self._size = settings.runners
        self._lock = threading.RLock()
        self._children: list[Child] = []
        self._places: dict[str, int] = {}  # view_id -> index of its runner
        self._hub = Hub(self._first_viewer, self._last_viewer)
        self._closing = threading.Event()
        self._started = False
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start the runners, unless they run; done by the first call otherwise. Raises StoreError for an unfit file."""
        with self._lock:
            if self._started or self._closing.is_set():
                return
            self._file.take()  # which may refuse the file
            self._started = True
            self._children = [self._start_child(index) for index in range(self._size)]
            self._run(self._supervise)

    def call(self, view_id: str, command: Change | Query) -> Any:
        """Carry out a command and return its reply. Raises what the session raises, Unavailable or Unsettled.

        A query that a dying runner leaves unanswered is asked once more; a change is not, as it may have been made.
        """
        try:
            return self._call_once(view_id, command)
        except RunnerLost:
            if isinstance(command, Change):
                raise
            return self._call_once(view_id, command)

    def watch(self, view_id: str, views: Views = ()) -> Viewer:
        """A viewer of the session's events with these extra views."""
        self.start()
        return self._hub.watch(view_id, views)

    def ready(self) -> bool:
        """Whether every runner has been heard of lately. Raises StoreError when the store cannot be written."""
        self.start()
        self._file.check()
        now_s = time.monotonic()
        with self._lock:
            return all(child.beat is not None and now_s - child.heard_s < SILENCE_S for child in self._children)

    def pids(self) -> list[int]:
        """Process ids of the runners."""
        with self._lock:
            return [child.pid for child in self._children]

    def close(self) -> None:
        """Let every runner save its sessions and end."""
        with self._lock:
            self._closing.set()
            children = self._children
        for child in children:
            child.end()
        for child in children:
            child.close()
        for thread in self._threads:
            thread.join()
        self._file.release()

    def _call_once(self, view_id: str, command: Change | Query) -> Any:
        self.start()
        future = self._send(view_id, command)
        try:
            return future.result(CALL_TIMEOUT_S)
        except FutureTimeout:
            raise Unsettled(
                f"No answer within {CALL_TIMEOUT_S:g} seconds; read the session before asking again."
            ) from None

    def _send(self, view_id: str, command: Change | Query) -> Future[Any]:
        """Send to the session's runner; wait for its successor when it is gone."""
        deadline_s = time.monotonic() + REPLACED_WITHIN_S
        while True:
            try:
                return self._child_of(view_id).call(view_id, command)
            except RunnerGone:
                if time.monotonic() > deadline_s or self._closing.wait(RETRY_EVERY_S):
                    raise

    def _child_of(self, view_id: str) -> Child:
        """The session's runner; a session without one goes to the runner that has the fewest."""
        with self._lock:
            if self._closing.is_set():
                raise Unavailable("The server is stopping; try again in a few seconds.")
            if view_id not in self._places:
                self._places[view_id] = self._least_loaded()
            return self._children[self._places[view_id]]

    def _least_loaded(self) -> int:
        counts = [0] * len(self._children)
        for index in self._places.values():
            counts[index] += 1
        return counts.index(min(counts))

    def _first_viewer(self, key: Key) -> None:
        self._child_of(key[0]).send(Watch(*key))

    def _last_viewer(self, key: Key) -> None:
        if not self._closing.is_set():
            self._child_of(key[0]).send(Unwatch(*key))

    def _start_child(self, index: int) -> Child:
        child = Child(self._environment, self._take)
        self._run(self._attend, index, child)
        return child

    def _run(self, act: Callable[..., None], *arguments: object) -> None:
        """Start a thread that close() will wait for; those that have ended are let go of."""
        thread = threading.Thread(target=act, args=arguments, daemon=True)
        self._threads = [known for known in self._threads if known.is_alive()] + [thread]
        thread.start()

    def _take(self, message: Event | Asleep) -> None:
        if isinstance(message, Event):
            self._hub.post(message)
        else:
            self._hub.if_unwatched(message.view_id, lambda: self._places.pop(message.view_id, None))

    def _attend(self, index: int, child: Child) -> None:
        """Read from a runner until it ends, then put another in its place and give it the watched sessions."""
        child.read()
        if time.monotonic() - child.started_s < SHORT_LIFE_S:
            self._closing.wait(SHORT_LIFE_S)
        while not self._closing.is_set():
            log.warning("Runner %d (process %d) has ended and is replaced", index, child.pid)
            try:
                self._replace(index)
                return
            except OSError:
                log.exception("No runner could be started; trying again")
                self._closing.wait(SHORT_LIFE_S)

    def _replace(self, index: int) -> None:
        with self._lock:
            if self._closing.is_set():
                return
            successor = self._children[index] = self._start_child(index)

        def hand_over(key: Key) -> None:
            if self._places.get(key[0]) == index:
                successor.send(Watch(*key))

        self._hub.for_each_watched(hand_over)

    def _supervise(self) -> None:
        """Kill runners that hang; their reading threads then replace them."""
        while not self._closing.wait(LOOK_EVERY_S):
            now_s = time.monotonic()
            with self._lock:
                silent = [c for c in self._children if now_s - c.heard_s > (SILENCE_S if c.beat else START_S)]
            for child in silent:
                log.warning("Runner process %d has not been heard for %g s and is ended", child.pid, SILENCE_S)
                child.kill()
                child.heard_s = now_s
