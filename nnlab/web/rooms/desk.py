"""What the routes of rooms share, found through the application."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app, request

from nnlab.sentence import Sentence
from nnlab.web.http.allowance import Addresses
from nnlab.web.rooms.conductor import Conductor
from nnlab.web.rooms.lobby import Lobby
from nnlab.web.state import Fleet

MISSES_PER_ADDRESS = 120  # wrong codes in a minute; of a hundred million codes few are in use
MISSES = 1200  # of all addresses together
TOO_MANY = Sentence("Too many wrong codes in the last minute; ask the teacher for the right one.")


class RoomDesk:
    """Conductor and lobby of a server, and how often codes may be wrong."""

    def __init__(self, fleet: Fleet, *, is_alone: bool) -> None:
        self.conductor = Conductor(fleet)
        self.lobby = Lobby(fleet, is_alone=is_alone)
        self.misses = Addresses(MISSES_PER_ADDRESS, MISSES, TOO_MANY)

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
    """Count a wrong code of the present request. Raises TooMany for an address that tries one after the other."""
    desk().misses.take(request.remote_addr)
