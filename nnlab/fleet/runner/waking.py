"""Sessions on their way into memory and out of it: fetched, gone, taken over, recovered, given up."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Protocol

from nnlab.errors import Broken, NnlabError, NotFound
from nnlab.fleet.frames import farewell
from nnlab.fleet.runner.awake import Awake
from nnlab.fleet.runner.keeper import Keeper, no_such_session
from nnlab.fleet.runner.lines import Lines, Request
from nnlab.fleet.wire import Asleep, Call, Event, Message, Reply, Unwatch, Watch

log = logging.getLogger(__name__)


class Serves(Protocol):
    """Who serves what waits for a session."""

    def receive(self, request: Request) -> None:
        """Serve a request now, or let it wait in its session's line."""

    def go_on(self, view_id: str) -> None:
        """Serve what waits for the session, which may be touched again."""

    def rest(self, view_id: str) -> None:
        """Nothing more is to be done at once: the session has its turns again, or is no longer here."""


class Waking:
    """Fetches sessions and deals with those that cannot be had, or not any more."""

    def __init__(self, keeper: Keeper, lines: Lines, send: Callable[[Message], None], desk: Serves) -> None:
        self._keeper = keeper
        self._lines = lines
        self._send = send
        self._desk = desk

    def wake(self, view_id: str, *, pause: bool = False) -> None:
        """Fetch a session from the store; what is asked of it waits."""
        self._lines.occupy(view_id)
        self._keeper.wake(view_id, partial(self._woken, view_id, pause), partial(self._not_woken, view_id))

    def wake_watched(self, is_left_alone: Callable[[str], bool]) -> None:
        """Fetch what is watched and could not be fetched so far."""
        for view_id in self._keeper.watched_asleep():
            if self._lines.find(view_id) is None and not is_left_alone(view_id):
                self.wake(view_id)

    def _woken(self, view_id: str, pause: bool, awake: Awake | None) -> None:
        if awake is None:
            self.gone(view_id)
            return
        if pause:
            awake.subject.running = False
            awake.unsaved = True
            awake.audience.rest()
        for event in awake.documents():
            self._send(event)
        self._desk.go_on(view_id)

    def _not_woken(self, view_id: str, error: Exception) -> None:
        """A session could not be fetched: whoever asked is told, and whoever watches has to wait (see wake_watched)."""
        if not isinstance(error, NnlabError):
            raise error
        for request in self._lines.close(view_id):
            self.refuse(request, error)
        if not self._keeper.is_watched(view_id):
            self._send(Asleep(view_id))

    def gone(self, view_id: str, *answers: Message) -> None:
        """There is no such session, or no longer; viewers are told, then callers."""
        self._keeper.forget(view_id)
        self._send(goodbye(view_id, "deleted"))
        for answer in answers:
            self._send(answer)
        for request in self._lines.close(view_id):
            self.refuse(request, no_such_session())
        self._send(Asleep(view_id))

    def lose(self, view_id: str) -> None:
        """Another runner has taken the session over; if somebody needs it here, it is fetched back."""
        log.warning("Another runner has taken over session %s", view_id[:6])
        self._keeper.forget(view_id)
        line = self._lines.find(view_id)
        if self._keeper.is_watched(view_id) or (line is not None and line.waiting):
            self.wake(view_id)
        else:
            self._lines.close(view_id)
            self._send(Asleep(view_id))

    def recover(self, view_id: str, *, pause: bool) -> None:
        """Fetch a session that has failed as it was last stored."""
        self._keeper.forget(view_id)
        self.wake(view_id, pause=pause)

    def give_up(self, view_id: str) -> None:
        """Leave a session alone; its row stays in the store."""
        self._keeper.forget(view_id)
        self._send(goodbye(view_id, "broken"))
        for request in self._lines.close(view_id):
            self._desk.receive(request)

    def refuse(self, request: Request, error: NnlabError) -> None:
        """Tell whoever has asked. A viewer is sent away from what it will never see, and else has to wait."""
        match request:
            case Call():
                self._send(Reply(request.request_id, error=error))
            case Watch() if isinstance(error, Broken):
                self._send(goodbye(request.view_id, "broken"))
            case Watch() if not isinstance(error, NotFound):
                self._keeper.watch(request.view_id, request.want)
            case Unwatch():
                self._keeper.unwatch(request.view_id, request.want)


def goodbye(view_id: str, reason: str) -> Event:
    """For the viewers of a session that they will not see again."""
    return Event(view_id, "bye", None, farewell(view_id, reason))
