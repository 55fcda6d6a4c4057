"""What the web processes have not fetched yet from a runner: nothing queues, the newest wins."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

from nnlab.fleet.hub import Topic
from nnlab.fleet.wire import Event
from nnlab.session.picture.want import Want

FORGET_S = 10.0  # a web process that has not asked for so long is gone, and what it watched with it


class Outbox:
    """For one web process: of each kind, for each topic, the newest event, in the order in which they came."""

    def __init__(self, wake: Callable[[bool], object]) -> None:
        self.asked_s = time.monotonic()
        self._wake = wake
        self._bodies: dict[tuple[str, Want | None, str], bytes] = {}

    def put(self, event: Event, body: bytes) -> None:
        """Put an event in, in place of the last one of its kind. The first one wakes, and what is urgent."""
        key = event.view_id, event.want, event.kind
        was_empty = self.is_empty
        self._bodies.pop(key, None)  # it comes after what has come meanwhile: settings after their document
        self._bodies[key] = body
        if was_empty or event.shows_change:
            self._wake(event.shows_change)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in it."""
        return not self._bodies

    def empty(self) -> list[bytes]:
        """What is in it, which is gone from it."""
        bodies, self._bodies = list(self._bodies.values()), {}
        return bodies


class Outboxes:
    """The boxes of all web processes and what each of them watches; for any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._boxes: dict[str, Outbox] = {}
        self._watchers: dict[str, dict[Want, set[str]]] = {}  # web processes by view id and want

    def open(self, web: str, wake: Callable[[bool], object]) -> list[Topic]:
        """A new box for a web process, which watches nothing yet; return what nobody watches any more.

        `wake` is told of what comes, and whether that is urgent.
        """
        with self._lock:
            left = self._drop(web)
            self._boxes[web] = Outbox(wake)
            return left

    def watch(self, web: str, topic: Topic) -> bool:
        """Put what is new of a topic into this box from now on. False when there is no such box."""
        with self._lock:
            if web not in self._boxes:
                return False
            self._watchers.setdefault(topic.view_id, {}).setdefault(topic.want, set()).add(web)
            return True

    def unwatch(self, web: str, topic: Topic) -> bool:
        """No longer. True when nobody else watches it."""
        with self._lock:
            return self._leave(web, topic)

    def put(self, event: Event, body: bytes) -> None:
        """Put an event into the boxes it is meant for."""
        with self._lock:
            for web in self._webs_of(event):
                self._boxes[web].put(event, body)

    def take(self, web: str) -> list[bytes] | None:
        """What is in the box, or None when there is no such box. The web process is there."""
        with self._lock:
            box = self._boxes.get(web)
            if box is None:
                return None
            box.asked_s = time.monotonic()
            return box.empty()

    def has_news(self, web: str) -> bool:
        """Whether `take` would return anything at once, be it that there is no such box."""
        with self._lock:
            box = self._boxes.get(web)
            return box is None or not box.is_empty

    def webs(self) -> set[str]:
        """The web processes that have a box."""
        with self._lock:
            return set(self._boxes)

    def forget_silent(self) -> list[Topic]:
        """Let go of web processes that have not asked for long; return what nobody watches any more."""
        with self._lock:
            since_s = time.monotonic() - FORGET_S
            silent = [web for web, box in self._boxes.items() if box.asked_s < since_s]
            return [topic for web in silent for topic in self._drop(web)]

    def _webs_of(self, event: Event) -> set[str]:
        wants = self._watchers.get(event.view_id, {})
        if event.want is not None:
            return wants.get(event.want, set())
        return set().union(*wants.values())

    def _drop(self, web: str) -> list[Topic]:
        self._boxes.pop(web, None)
        return [topic for topic in list(self._topics_of(web)) if self._leave(web, topic)]

    def _topics_of(self, web: str) -> Iterator[Topic]:
        for view_id, wants in self._watchers.items():
            for want, webs in wants.items():
                if web in webs:
                    yield Topic(view_id, want)

    def _leave(self, web: str, topic: Topic) -> bool:
        wants = self._watchers.get(topic.view_id, {})
        webs = wants.get(topic.want, set())
        if web not in webs:
            return False
        webs.remove(web)
        if not webs:
            del wants[topic.want]
        if not wants:
            del self._watchers[topic.view_id]
        return not webs
