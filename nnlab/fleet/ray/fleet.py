"""The fleet on a Ray cluster, as one of any number of web processes has it."""

from __future__ import annotations

import logging
import os
import signal
import threading
import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from ray.exceptions import RayError

from nnlab.errors import NnlabError
from nnlab.fleet.asking import Asking
from nnlab.fleet.hub import Hub, Topic, Viewer
from nnlab.fleet.lost import stopping
from nnlab.fleet.ray.cluster import NAMESPACE, Cluster, names_of
from nnlab.fleet.ray.remote import SHORTEST_LINGER_S, TAKES_A_SECOND, RemoteRunner
from nnlab.fleet.ray.rendezvous import rendezvous
from nnlab.fleet.wire import Beat, Event, Unwatch, Watch
from nnlab.session.commands import Change, Query
from nnlab.session.picture.want import Want
from nnlab.settings import Settings

LOOK_EVERY_S = 5.0  # for runners that have come or gone

log = logging.getLogger(__name__)


class RayFleet:
    """Knows the runners by name. Where a session is follows from its id: all web processes agree without a word."""

    def __init__(self, settings: Settings, namespace: str = NAMESPACE) -> None:
        self._cluster = Cluster(settings, namespace)
        self._least = names_of(settings.runners)
        self._web = uuid.uuid4().hex
        self._lock = threading.RLock()  # the first runners are welcomed while it is held
        self._runners: dict[str, RemoteRunner] = {}
        self._hub = Hub(self._first_viewer, self._last_viewer)
        self._asking = Asking(self._send, self._hub)
        self._closing = threading.Event()
        self._looker = threading.Thread(target=self._look, name="look for runners", daemon=True)

    def start(self) -> None:
        """Join the cluster and start the runners that are missing, unless done. Raises ClusterRefused."""
        with self._lock:
            if self._runners or self._closing.is_set():
                return
            self._cluster.join()
            for name in self._least:
                self._cluster.ensure(name)
            self._welcome(self._cluster.names())
            self._looker.start()

    def call(self, view_id: str, command: Change | Query) -> Any:
        """Carry out a command and return its reply. Raises what the session raises, Unavailable or Unsettled."""
        self.start()
        return self._asking.call(view_id, command)

    def watch(self, wants: Mapping[str, Want]) -> Viewer:
        """A viewer of these sessions, by view id; see Asking."""
        self.start()
        return self._asking.watch(wants)

    def choose(self, view_ids: Sequence[str]) -> str:
        """Of these ids for a new session the one whose runner has least to do."""
        self.start()
        chosen = min(view_ids, key=lambda view_id: _burden(self.runner_of(view_id)))
        self.runner_of(chosen).placed += 1
        return chosen

    def trouble(self) -> NnlabError | None:
        """What keeps a runner from answering or from writing what is changed; None when all is well."""
        self.start()
        return next((trouble for one in self._all() if (trouble := one.trouble)), None)

    def beats(self) -> list[Beat]:
        """What each runner said last of itself."""
        return [one.beat for one in self._all() if one.beat]

    def load(self) -> float:
        """How busy the least busy runner is, from 0 to 1."""
        return min((beat.load for beat in self.beats()), default=0.0)

    def pids(self) -> list[int]:
        """Process ids of the runners, on whichever machines."""
        return [one.pid() for one in self._all()]

    def close(self) -> None:
        """Leave the cluster; the runners stay."""
        with self._lock:
            self._closing.set()
            runners = self._all()
        for one in runners:
            one.close()
        for one in runners:
            one.join()
        if self._looker.is_alive():
            self._looker.join()
        self._cluster.leave()

    def _all(self) -> list[RemoteRunner]:
        return list(self._runners.values())

    def runner_of(self, view_id: str) -> RemoteRunner:
        """The session's runner."""
        runners = self._runners
        return runners[rendezvous(view_id, runners)]

    def _send(self, view_id: str, command: Change | Query) -> Future[Any]:
        self._refuse_when_closing()
        return self.runner_of(view_id).call(view_id, command)

    def _refuse_when_closing(self) -> None:
        if self._closing.is_set():
            raise stopping()

    def _first_viewer(self, topic: Topic) -> None:
        self._refuse_when_closing()
        self.runner_of(topic.view_id).watch(Watch(*topic))

    def _last_viewer(self, topic: Topic) -> None:
        self.runner_of(topic.view_id).unwatch(Unwatch(*topic))

    def _hear(self, runner: RemoteRunner, event: Event) -> None:
        if self.runner_of(event.view_id) is runner:  # else the session lives elsewhere by now
            self._hub.post(event)

    def _say_what_is_watched(self, runner: RemoteRunner) -> None:
        def say(topic: Topic) -> None:
            if self.runner_of(topic.view_id) is runner:
                runner.watch(Watch(*topic))

        self._hub.for_each_watched(say)

    def _look(self) -> None:
        """Now and then, see which runners there are; a head that does not answer leaves all as it is."""
        while not self._closing.wait(LOOK_EVERY_S):
            try:
                self._welcome(self._cluster.names())
                has_head = True
            except RayError as error:
                log.warning("The cluster does not say which runners there are: %s", error)
                has_head = False
            if self._cluster.is_cut_off and (has_head or not any(one.is_up for one in self._all())):
                self._end()

    def _end(self) -> None:
        """End a process that would not hear where a runner is that is replaced, once it is good for nothing else.

        Ray cannot join twice from one process. Whoever has started this one starts another; streams come back to it.
        """
        log.error("The part of the cluster on this machine has ended: so does this web process, to join anew")
        os.kill(os.getpid(), signal.SIGTERM)

    def _welcome(self, names: Sequence[str]) -> None:
        """From now on these are the runners, and those at least that this server keeps."""
        known = dict.fromkeys([*self._least, *names])
        with self._lock:
            before = self._runners
            if self._closing.is_set() or known.keys() == before.keys():
                return
            linger_s = max(SHORTEST_LINGER_S, len(known) / TAKES_A_SECOND)
            runners = {
                name: before.get(name) or RemoteRunner(name, self._web, self._cluster, self._hear) for name in known
            }
            for one in runners.values():
                one.linger_s = linger_s
            self._move(before, runners)
        for name in runners.keys() - before.keys():
            runners[name].start(self._say_what_is_watched)
        for name in before.keys() - runners.keys():
            before[name].close()

    def _move(self, before: dict[str, RemoteRunner], runners: dict[str, RemoteRunner]) -> None:
        """Watched sessions that have another runner now are not watched at their old one any more.

        What they have unsaved there, a second of training at the most, is lost; changes never are.
        """

        def move(topic: Topic) -> None:
            if not before:
                return
            old, new = (some[rendezvous(topic.view_id, some)] for some in (before, runners))
            if old is not new:
                old.unwatch(Unwatch(*topic))
                new.watch(Watch(*topic))

        self._runners = runners
        self._hub.for_each_watched(move)


def _burden(runner: RemoteRunner) -> tuple[float, int]:
    """How much a runner has to do."""
    beat = runner.beat
    return (0.0, runner.placed) if beat is None else (beat.load, beat.training + runner.placed)
