"""Asking sessions and watching them, wherever their runners are: what every fleet does alike."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any

from nnlab.errors import Broken, NotFound, Unsettled
from nnlab.fleet.frames import farewell
from nnlab.fleet.hub import Hub, Topic, Viewer
from nnlab.fleet.lost import RunnerGone, RunnerLost
from nnlab.fleet.wire import Event
from nnlab.session.commands import Change, Exists, Query
from nnlab.session.picture.want import Want

CALL_TIMEOUT_S = 60.0  # 10,000 steps of the largest network may take this long
REPLACED_WITHIN_S = 5.0  # how long a call waits for a new runner in place of a dead one
RETRY_EVERY_S = 0.05

Send = Callable[[str, Change | Query], "Future[Any]"]


class Asking:
    """Carries commands to sessions by `send`, and lets viewers of a hub in."""

    def __init__(self, send: Send, hub: Hub) -> None:
        self._send = send
        self._hub = hub

    def call(self, view_id: str, command: Change | Query) -> Any:
        """Carry out a command and return its reply. Raises what the session raises, Unavailable or Unsettled."""
        return self._answer(view_id, command, self._send(view_id, command))

    def watch(self, wants: Mapping[str, Want]) -> Viewer:
        """A viewer of these sessions, by view id. Those that are missing are bid farewell.

        Raises what is wrong with the first one when all are missing: NotFound or Broken. A session that is being shown
        is not asked for: a crowd may come at once.
        """
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

    def _answer(self, view_id: str, command: Change | Query, future: Future[Any]) -> Any:
        """The answer to a command that was sent.

        A query that a dying runner leaves unanswered is asked again; a change only if it has certainly not been made.
        """
        deadline_s = math.inf
        while True:
            try:
                return _result(future)
            except (RunnerGone, RunnerLost) as error:
                may_be_made = isinstance(error, RunnerLost) and isinstance(command, Change)
                deadline_s = min(deadline_s, time.monotonic() + REPLACED_WITHIN_S)
                if may_be_made or time.monotonic() >= deadline_s:
                    raise
            time.sleep(RETRY_EVERY_S)
            future = self._send(view_id, command)


def _farewell(view_id: str, error: NotFound | Broken) -> Event:
    """For the viewer of a session that is not there."""
    return Event(view_id, "bye", None, farewell(view_id, "broken" if isinstance(error, Broken) else "deleted"))


def _result(future: Future[Any]) -> Any:
    """What a call has come to. Raises Unsettled when nobody knows in time."""
    try:
        return future.result(CALL_TIMEOUT_S)
    except FutureTimeout:
        raise Unsettled(f"No answer within {CALL_TIMEOUT_S:g} seconds; read the session before asking again.") from None
