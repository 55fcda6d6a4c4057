"""The local fleet: runner processes of this machine, one per core, each session with one of them."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from nnlab.errors import NnlabError
from nnlab.fleet.asking import REPLACED_WITHIN_S, RETRY_EVERY_S, Asking
from nnlab.fleet.codec import encode
from nnlab.fleet.environment import environment_of
from nnlab.fleet.hub import Hub, Topic, Viewer
from nnlab.fleet.local.child import Child
from nnlab.fleet.local.placement import Placement
from nnlab.fleet.local.restarts import Restarts
from nnlab.fleet.lost import RunnerGone, starting, stopping
from nnlab.fleet.store.lock import right_to_serve
from nnlab.fleet.wire import Asleep, Beat, Call, Event, Unwatch, Watch
from nnlab.session.commands import Change, Query
from nnlab.session.picture.want import Want
from nnlab.settings import Settings

log = logging.getLogger(__name__)

SILENCE_S = 4.5  # a runner that has not been heard for so long hangs
START_S = 30.0  # a new runner may take longer on a busy machine
LOOK_EVERY_S = 0.25


class LocalFleet:
    """Places sessions on runners, carries commands down and events up, replaces runners that die or hang."""

    def __init__(self, settings: Settings) -> None:
        self._environment = environment_of(settings)
        self._right = right_to_serve(settings.database_address)
        self._size = settings.runners
        self._lock = threading.Lock()  # starting, replacing and closing
        self._placement: Placement[Child] = Placement()
        self._hub = Hub(self._first_viewer, self._last_viewer)
        self._asking = Asking(self._send, self._hub)
        self._request_ids = itertools.count(1)
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
        return self._asking.call(view_id, command)

    def watch(self, wants: Mapping[str, Want]) -> Viewer:
        """A viewer of these sessions, by view id; see Asking."""
        self.start()
        return self._asking.watch(wants)

    def choose(self, view_ids: Sequence[str]) -> str:
        """Any of them: a new session goes where the fewest are, whatever its id."""
        return view_ids[0]

    def trouble(self) -> NnlabError | None:
        """What is wrong with a runner: each is to live, to be heard of and to write what is changed; None if all do."""
        self.start()
        runners = self._placement.runners()
        if not runners or any(one.has_ended or one.beat is None or one.is_silent(SILENCE_S, 0) for one in runners):
            return starting()
        return next((beat.trouble for beat in self.beats() if beat.trouble), None)

    def beats(self) -> list[Beat]:
        """What each runner said last of itself."""
        return [one.beat for one in self._placement.runners() if one.beat]

    def load(self) -> float:
        """How busy the least busy runner is, from 0 to 1."""
        return min((beat.load for beat in self.beats()), default=0.0)

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

    def _send(self, view_id: str, command: Change | Query) -> Future[Any]:
        """Send to the session's runner; wait for its successor when it is gone.

        Raises InvalidInput for what no message can carry, before the session has a place that nobody would free.
        """
        request_id = next(self._request_ids)
        body = encode(Call(request_id, view_id, command))
        deadline_s = time.monotonic() + REPLACED_WITHIN_S
        while True:
            self._refuse_when_closing()
            child = self._placement.enter(view_id)
            try:
                return child.call(request_id, view_id, body)
            except RunnerGone:
                self._placement.leave(view_id, child)
                if time.monotonic() > deadline_s or self._closing.wait(RETRY_EVERY_S):
                    raise

    def _refuse_when_closing(self) -> None:
        if self._closing.is_set():
            raise stopping()

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
            log.warning("Runner %d (process %d) has ended by %s and is replaced", slot, child.pid, child.ended_by)
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
