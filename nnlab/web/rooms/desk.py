"""What the routes of rooms share, found through the application."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app, request

from nnlab.errors import TooMany
from nnlab.sentence import Sentence
from nnlab.web.http.allowance import EVERYBODY, Allowance, household
from nnlab.web.rooms.conductor import Conductor
from nnlab.web.rooms.lobby import Lobby
from nnlab.web.state import Fleet

MISSES_PER_ADDRESS = 120  # wrong codes in a minute; of a hundred million codes few are in use
MISSES = 1200  # of all addresses together


class RoomDesk:
    """Conductor and lobby of a server, and how often codes may be wrong."""

    def __init__(self, fleet: Fleet, *, is_alone: bool) -> None:
        self.conductor = Conductor(fleet)
        self.lobby = Lobby(fleet, is_alone=is_alone)
        self._misses_per_address = Allowance(MISSES_PER_ADDRESS)
        self._misses = Allowance(MISSES)

    def count_miss(self, address: str | None) -> None:
        """Count a wrong code. Raises TooMany for an address that tries one after the other."""
        wait_s = self._misses_per_address.take(household(address)) or self._misses.take(EVERYBODY)
        if wait_s:
            error = TooMany(Sentence("Too many wrong codes in the last minute; ask the teacher for the right one."))
            error.retry_after_s = int(wait_s) + 1
            raise error

    def close(self) -> None:
        """End the threads."""
        self.lobby.close()
        self.conductor.close()


def init_rooms(app: Flask) -> None:
    """Give `app` its desk for rooms."""
    app.extensions["nnlab.rooms"] = RoomDesk(
        app.extensions["nnlab.fleet"], is_alone=not app.extensions["nnlab.settings"].ray
    )


def desk() -> RoomDesk:
    """The application's desk for rooms."""
    return cast(RoomDesk, current_app.extensions["nnlab.rooms"])


def count_miss() -> None:
    """Count a wrong code of the present request. Raises TooMany."""
    desk().count_miss(request.remote_addr)
