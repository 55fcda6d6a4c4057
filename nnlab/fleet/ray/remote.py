"""One runner of the cluster as a web process sees it: calls in flight, what it sends, the last beat, its end."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

import ray
from ray.exceptions import ActorUnavailableError, GetTimeoutError, RayActorError, RayError

from nnlab.errors import InternalError, NnlabError, Unavailable
from nnlab.fleet.asking import REPLACED_WITHIN_S
from nnlab.fleet.channel import check_greeting
from nnlab.fleet.codec import Misunderstood, decode, encode
from nnlab.fleet.lost import gone, lost, starting
from nnlab.fleet.ray.actor import SILENCE_S, START_S
from nnlab.fleet.ray.cluster import Cluster
from nnlab.fleet.wire import Beat, Call, Event, Unwatch, Watch
from nnlab.sentence import Sentence
from nnlab.session.commands import Change, Query

AGAIN_AFTER_S = 0.2
MISSING_S = 5.0  # a name that nobody has had for so long is given to a new runner: a restart may be under way
SHORTEST_LINGER_S = 0.033
TAKES_A_SECOND = 1200  # that a web process can do, of all runners

log = logging.getLogger(__name__)


class RemoteRunner:
    """Listens to a runner in a thread of its own, and greets whoever takes its place."""

    def __init__(self, name: str, web: str, cluster: Cluster, hear: Callable[[RemoteRunner, Event], None]) -> None:
        self.name = name
        self.beat: Beat | None = None
        self.placed = 0  # sessions, since the last beat that counts them
        self.linger_s = SHORTEST_LINGER_S
        self._web = web
        self._cluster = cluster
        self._hear = hear
        self._handle: Any = None
        self._up = threading.Event()
        self._trouble: NnlabError | None = None
        self._heard_s = time.monotonic()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, on_greeted: Callable[[RemoteRunner], None]) -> None:
        """Find or start the runner and listen to it; `on_greeted` says each time what is watched here."""
        self._thread = threading.Thread(target=self._listen, args=(on_greeted,), name=self.name, daemon=True)
        self._thread.start()

    @property
    def is_up(self) -> bool:
        """Whether it answers."""
        return self._up.is_set()

    @property
    def trouble(self) -> NnlabError | None:
        """What keeps it from serving, or from writing what is changed."""
        if self._trouble is not None:
            return self._trouble
        if not self._up.is_set() or self.beat is None or time.monotonic() - self._heard_s > SILENCE_S:
            return starting()
        return self.beat.trouble

    def call(self, view_id: str, command: Change | Query) -> Future[Any]:
        """Send a command; the future gets the reply or its error, RunnerLost when the runner dies first.

        Raises RunnerGone when there is none and none takes its place, and InvalidInput for what no message can carry.
        """
        body = encode(Call(0, view_id, command))
        is_up, handle = self._up.wait(REPLACED_WITHIN_S), self._handle
        if not is_up or handle is None:  # it may be lost at any moment
            raise self._trouble or gone()
        future: Future[Any] = Future()
        handle.call.remote(body).future().add_done_callback(partial(_settle, future))
        return future

    def watch(self, message: Watch) -> None:
        """Have frames sent. Whoever is not greeted yet is told when it is."""
        if self._up.is_set() and (handle := self._handle) is not None:
            handle.watch.remote(self._web, encode(message))

    def unwatch(self, message: Unwatch) -> None:
        """No longer."""
        if self._up.is_set() and not self._closing.is_set() and (handle := self._handle) is not None:
            handle.unwatch.remote(self._web, encode(message))

    def pid(self) -> int:
        """Process id, on whichever machine."""
        if not self._up.wait(START_S) or (handle := self._handle) is None:
            raise gone()
        return ray.get(handle.pid.remote(), timeout=START_S)

    def close(self) -> None:
        """Listen no more; the runner forgets us by itself."""
        self._closing.set()

    def join(self) -> None:
        """Wait for the thread."""
        if self._thread is not None:
            self._thread.join(START_S)

    def _listen(self, on_greeted: Callable[[RemoteRunner], None]) -> None:
        """Take what comes until `close`; whatever goes wrong, begin anew."""
        while not self._closing.is_set():
            try:
                if self._up.is_set():
                    self._take()
                else:
                    self._greet()
                    on_greeted(self)
            except Exception as error:
                if self._closing.is_set():
                    return
                was_up = self._up.is_set()
                self._up.clear()
                self._deal_with(error, was_up)
                self._closing.wait(AGAIN_AFTER_S)
        self._up.clear()

    def _greet(self) -> None:
        if self._handle is None:
            self._handle = self._find()
        check_greeting(decode(ray.get(self._handle.hello.remote(self._web), timeout=START_S)))
        self._heard_s = time.monotonic()
        self._trouble = None
        self._up.set()

    def _find(self) -> Any:
        """The runner; a new one if there has been none for a while."""
        deadline_s = time.monotonic() + MISSING_S
        while (found := self._cluster.find(self.name)) is None and time.monotonic() < deadline_s:
            if self._closing.wait(AGAIN_AFTER_S):
                break
        return found if found is not None else self._cluster.ensure(self.name)

    def _take(self) -> None:
        bodies = ray.get(self._handle.take.remote(self._web, self.linger_s), timeout=SILENCE_S)
        if bodies is None:  # it is another one than we greeted, or has forgotten us
            self._up.clear()
            return
        self._heard_s = time.monotonic()
        for message in map(decode, bodies):
            if isinstance(message, Event):
                self._hear(self, message)
            elif isinstance(message, Beat):
                self._note(message)

    def _note(self, beat: Beat) -> None:
        if self.beat is None or beat.awake != self.beat.awake:
            self.placed = 0
        self.beat = beat

    def _deal_with(self, error: Exception, was_up: bool) -> None:
        """See to it that the next greeting may go well; what is known already is not said again."""
        match error:
            case GetTimeoutError():
                log.warning("%s has not been heard for %g s and is ended", self.name, SILENCE_S)
                self._cluster.end(self._handle, for_good=False)
            case Misunderstood():
                if self._trouble is None:
                    log.warning("%s: %s", self.name, error)
                self._trouble = Unavailable(
                    Sentence(
                        "The runners are of another version of NNLab; restart them: flask --app app restart-runners."
                    )
                )
            case RayActorError():
                if was_up:
                    log.warning("%s has ended: %s", self.name, type(error).__name__)
                if not isinstance(error, ActorUnavailableError):
                    self._handle = None  # else it leads to its successor, or to itself: it may only have been slow
            case _:
                log.error("%s: %s", self.name, error, exc_info=not isinstance(error, RayError))
                self._handle = None


def _settle(future: Future[Any], answered: Future[bytes]) -> None:
    """What a call has come to."""
    try:
        reply: Any = decode(answered.result())
    except RayActorError:
        future.set_exception(lost())
    except Exception as error:
        log.error("A call has failed: %s", error)
        future.set_exception(InternalError("The runner could not be asked."))
    else:
        if reply.error is not None:
            future.set_exception(reply.error)
        else:
            future.set_result(reply.value)
