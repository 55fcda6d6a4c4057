"""The local fleet: runner processes of this machine, one per core, each session with one of them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from functools import partial
from typing import Any

from nnlab.errors import Broken, NnlabError, NotFound, Unavailable, Unsettled
from nnlab.fleet.frames import farewell
from nnlab.fleet.hub import Hub, Topic, Viewer
from nnlab.fleet.local.child import Child, RunnerGone, RunnerLost
from nnlab.fleet.local.placement import Placement
from nnlab.fleet.local.restarts import Restarts
from nnlab.fleet.store.lock import right_to_serve
from nnlab.fleet.wire import Asleep, Event, Unwatch, Watch
from nnlab.sentence import Sentence
from nnlab.session.commands import Change, Exists, Query
from nnlab.session.picture.want import Want
from nnlab.settings import Settings

log = logging.getLogger(__name__)

CALL_TIMEOUT_S = 60.0  # 10,000 steps of the largest network may take this long
SILENCE_S = 4.5  # a runner that has not been heard for so long hangs
START_S = 30.0  # a new runner may take longer on a busy machine
LOOK_EVERY_S = 0.25
REPLACED_WITHIN_S = 5.0  # how long a call waits for a new runner in place of a dead one
RETRY_EVERY_S = 0.05


class LocalFleet:
    """Places sessions on runners, carries commands down and events up, replaces runners that die or hang."""

    def __init__(self, settings: Settings) -> None:
        self._environment = {
            "NNLAB_DATABASE": settings.database_address,
            "NNLAB_GRACE_S": str(settings.grace_s),
            "NNLAB_SLEEP_S": str(settings.sleep_s),
            "NNLAB_KEEP_DAYS": str(settings.keep_days),
            "NNLAB_AWAKE_MB": str(max(1, settings.awake_mb // settings.runners)),  # each runner's share
        }
        self._right = right_to_serve(settings.database_address)
        self._size = settings.runners
        self._lock = threading.RLock()
        self._placement: Placement[Child] = Placement()
        self._hub = Hub(self._first_viewer, self._last_viewer)
        self._closing = threading.Event()
        self._started = False
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start the runners, unless they run; done by the first call otherwise. Raises StoreError."""
        with self._lock:
            if self._started or self._closing.is_set():
                return
            self._right.take()  # which may be refused
            self._started = True
            for slot in range(self._size):
                self._start_child(slot, Restarts())
            self._run(self._supervise)

    def call(self, view_id: str, command: Change | Query) -> Any:
        """Carry out a command and return its reply. Raises what the session raises, Unavailable or Unsettled."""
        self.start()
        return self._answer(view_id, command, self._send(view_id, command))

    def watch(self, wants: Mapping[str, Want]) -> Viewer:
        """A viewer of these sessions, by view id. Those that are missing are bid farewell.

        Raises what is wrong with the first one when all are missing: NotFound or Broken. A session that is being shown
        is not asked for: a crowd may come at once.
        """
        self.start()
        missing = self._missing([view_id for view_id in wants if not self._hub.shows(view_id)])
        if len(missing) == len(wants):
            raise next(iter(missing.values()))
        topics = [Topic(view_id, want) for view_id, want in wants.items() if view_id not in missing]
        return self._hub.watch(topics, [_farewell(*one) for one in missing.items()])

    def _missing(self, view_ids: Iterable[str]) -> dict[str, NotFound | Broken]:
        """Those of the sessions that cannot be watched, and why; all are asked for at once."""
        asked = {view_id: self._send(view_id, Exists()) for view_id in view_ids}
        missing: dict[str, NotFound | Broken] = {}
        for view_id, future in asked.items():
            try:
                self._answer(view_id, Exists(), future)
            except (NotFound, Broken) as error:
                missing[view_id] = error
        return missing

    def ready(self) -> bool:
        """Whether every runner lives, has been heard of lately and can write what is changed."""
        return self.trouble() is None

    def trouble(self) -> NnlabError | None:
        """What keeps the fleet from being ready."""
        self.start()
        runners = self._placement.runners()
        if not runners or any(one.has_ended or one.beat is None or one.is_silent(SILENCE_S, 0) for one in runners):
            return Unavailable(Sentence("The runners are starting; try again in a second."))
        return next((one.beat.trouble for one in runners if one.beat and one.beat.trouble), None)

    def load(self) -> float:
        """How busy the least busy runner is, from 0 to 1."""
        return min((one.beat.load for one in self._placement.runners() if one.beat), default=0.0)

    def pids(self) -> list[int]:
        """Process ids of the runners."""
        return [child.pid for child in self._placement.runners()]

    def close(self) -> None:
        """Let every runner save its sessions and end."""
        with self._lock:
            self._closing.set()
            children = self._placement.runners()
        for child in children:
            child.end()
        for child in children:
            child.close()
        for thread in self._threads:
            thread.join()
        self._right.release()

    def _answer(self, view_id: str, command: Change | Query, future: Future[Any]) -> Any:
        """The answer to a command that was sent.

        A query that a dying runner leaves unanswered is asked once more; a change is not, as it may have been made.
        """
        try:
            return _result(future)
        except RunnerLost:
            if isinstance(command, Change):
                raise
            return _result(self._send(view_id, command))

    def _send(self, view_id: str, command: Change | Query) -> Future[Any]:
        """Send to the session's runner; wait for its successor when it is gone."""
        deadline_s = time.monotonic() + REPLACED_WITHIN_S
        while True:
            self._refuse_when_closing()
            child = self._placement.enter(view_id)
            try:
                return child.call(view_id, command)
            except RunnerGone:
                self._placement.leave(view_id, child)
                if time.monotonic() > deadline_s or self._closing.wait(RETRY_EVERY_S):
                    raise

    def _refuse_when_closing(self) -> None:
        if self._closing.is_set():
            raise Unavailable("The server is stopping; try again in a few seconds.")

    def _first_viewer(self, topic: Topic) -> None:
        self._refuse_when_closing()
        self._placement.place(topic.view_id).send(Watch(*topic))

    def _last_viewer(self, topic: Topic) -> None:
        child = self._placement.find(topic.view_id)
        if child is not None:
            child.send(Unwatch(*topic))

    def _start_child(self, slot: int, restarts: Restarts) -> Child:
        child = Child(self._environment)
        self._placement.install(slot, child)
        self._run(self._attend, slot, child, restarts)
        return child

    def _run(self, act: Callable[..., None], *arguments: object) -> None:
        """Start a thread that close() will wait for; those that have ended are let go of."""
        thread = threading.Thread(target=act, args=arguments, daemon=True)
        self._threads = [known for known in self._threads if known.is_alive()] + [thread]
        thread.start()

    def _take(self, child: Child, message: Event | Asleep) -> None:
        if isinstance(message, Asleep):
            self._hub.if_unwatched(message.view_id, lambda: self._placement.free(message.view_id, child))
        elif self._placement.find(message.view_id) is child:  # else the session lives elsewhere by now
            self._hub.post(message)

    def _attend(self, slot: int, child: Child, restarts: Restarts) -> None:
        """Read from a runner until it ends, then put another in its place and give it the watched sessions."""
        child.read(partial(self._take, child), partial(self._placement.leave, runner=child))
        watched: set[str] = set()
        self._hub.for_each_watched(lambda topic: watched.add(topic.view_id))
        self._placement.lose(child, watched)
        lived_s = time.monotonic() - child.started_s
        while not self._closing.wait(restarts.pause_s(lived_s)):
            log.warning("Runner %d (process %d) has ended and is replaced", slot, child.pid)
            try:
                self._replace(slot, restarts)
                return
            except Exception:
                log.exception("No runner could be started; trying again")
                lived_s = 0.0

    def _replace(self, slot: int, restarts: Restarts) -> None:
        with self._lock:
            if self._closing.is_set():
                return
            successor = self._start_child(slot, restarts)

        homeless: set[str] = set()  # were not watched yet when their runner ended

        def hand_over(topic: Topic) -> None:
            view_id = topic.view_id
            if self._placement.find(view_id) is None:
                homeless.add(view_id)
            child = self._placement.place(view_id)
            if child is successor or view_id in homeless:
                child.send(Watch(*topic))

        self._hub.for_each_watched(hand_over)

    def _supervise(self) -> None:
        """Kill runners that hang; their reading threads then replace them."""
        while not self._closing.wait(LOOK_EVERY_S):
            for child in self._placement.runners():
                if child.is_silent(SILENCE_S, START_S) and not child.has_ended:
                    log.warning("Runner process %d has not been heard for %g s and is ended", child.pid, SILENCE_S)
                    child.kill()


def _farewell(view_id: str, error: NotFound | Broken) -> Event:
    """For the viewer of a session that is not there."""
    return Event(view_id, "bye", None, farewell(view_id, "broken" if isinstance(error, Broken) else "deleted"))


def _result(future: Future[Any]) -> Any:
    """What a call has come to. Raises Unsettled when nobody knows in time."""
    try:
        return future.result(CALL_TIMEOUT_S)
    except FutureTimeout:
        raise Unsettled(f"No answer within {CALL_TIMEOUT_S:g} seconds; read the session before asking again.") from None
