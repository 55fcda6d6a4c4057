"""The boundary around each hosted session: what fails in one is its own affair and nobody else's."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from nnlab.database.errors import StoreBusy
from nnlab.errors import Broken, InternalError, NnlabError
from nnlab.fleet.runner.meter import Meter
from nnlab.fleet.runner.quarantine import Quarantine
from nnlab.fleet.store import LostOwnership
from nnlab.fleet.wire import Message, Reply
from nnlab.sentence import Sentence

log = logging.getLogger(__name__)


class Remedies(Protocol):
    """What is done about a session that has failed."""

    def recover(self, view_id: str, *, pause: bool) -> None:
        """Fetch it as it was last stored; `pause` when training itself has failed."""

    def give_up(self, view_id: str) -> None:
        """Leave it alone; whoever asks for it or watches it is told."""


class Boundary:
    """Every touch of a hosted session goes through `touch`: commands, slices, frames, events, checkpoints, waking."""

    def __init__(self, send: Callable[[Message], None], remedies: Remedies, meter: Meter) -> None:
        self._send = send
        self._remedies = remedies
        self._meter = meter
        self.quarantine = Quarantine()

    def touch(
        self,
        view_id: str,
        act: Callable[[], None],
        *,
        request_id: int | None = None,
        reading: bool = False,
        pause: bool = False,
    ) -> None:
        """Call `act`. When it raises, its caller gets an answer; a session that has failed is recovered or given up.

        An error with a code is the answer to its caller and no failure, where there is a caller. A session is none the
        worse for a failure in `reading`: else whoever may look at it could have it given up.
        """
        try:
            self._meter.run(view_id, act)
        except Exception as error:
            expected = isinstance(error, NnlabError) and request_id is not None
            if request_id is not None:
                self._send(Reply(request_id, error=refusal(error)))
            if not expected:
                log.exception("Session %s has failed", view_id[:6])
            if not expected and not reading:
                self._help(view_id, pause=pause)

    def _help(self, view_id: str, *, pause: bool) -> None:
        if self.quarantine.add_failure(view_id):
            log.error("Session %s has failed too often and is left alone", view_id[:6])
            self._remedies.give_up(view_id)
        else:
            self._remedies.recover(view_id, pause=pause)


def refusal(error: Exception) -> NnlabError:
    """What a caller is told of an error."""
    match error:
        case NnlabError():
            return error
        case LostOwnership():
            return StoreBusy()
    return InternalError(Sentence("The command failed inside the server and was not carried out."))


def broken() -> Broken:
    """For whoever asks for a session that is left alone."""
    return Broken(
        Sentence("This session failed several times and is left alone. It is kept; try again later, or start another.")
    )
