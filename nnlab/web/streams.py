"""Server-sent events: one generator a viewer, the same compressed bytes for all of them."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from flask import Flask, Response, current_app, request
from pydantic import Field

from nnlab.errors import Unavailable
from nnlab.fleet.frames import GZIP_HEADER, KEEP_ALIVE, event, inflate
from nnlab.fleet.hub import Viewer
from nnlab.session import commands
from nnlab.session.picture.views import parse_views
from nnlab.web.api.shapes import READ_PROBLEMS, Arguments, SessionPath, blueprint
from nnlab.web.ids import view_id_of
from nnlab.web.state import fleet

bp = blueprint("stream", "Frames, live")

KEEP_ALIVE_EVERY_S = 15.0
LOOK_EVERY_S = 1.0  # how often a quiet stream looks whether the server is stopping
STALLED_AFTER_S = 3.0  # a reader that takes nothing for so long is let go, or it would hold a thread for ever
SEND_BUFFER_BYTES = 32 * 1024  # a small buffer keeps a slow reader's newest frame young
RETRY_MS = (500, 2_500)  # spread, so that a class does not come back in one moment


class StreamQuery(Arguments):
    """What to stream and for how long."""

    max_events: int | None = Field(None, ge=1, le=1_000_000, description="End after this many events.")
    views: str = Field("", description="Extra views in each frame, separated by commas.")


class StreamPlaces:
    """The places for streams; fewer than threads, so that some threads are always left for commands."""

    def __init__(self, most: int) -> None:
        self._free = threading.BoundedSemaphore(most)

    def enter(self) -> None:
        """Take a place. Raises Unavailable when all are taken."""
        if not self._free.acquire(blocking=False):
            raise Unavailable("All streams of this server are taken; try again in a few seconds.")

    def leave(self) -> None:
        """Give the place back."""
        self._free.release()


def init_streams(app: Flask) -> None:
    """Give `app` its places for streams and, until a server says otherwise, no end."""
    app.extensions["nnlab.places"] = StreamPlaces(app.extensions["nnlab.settings"].max_streams)
    app.extensions["nnlab.is_stopping"] = lambda: False


@bp.get("/sessions/<session_id>/stream", responses={200: {"content": {"text/event-stream": {}}}, **READ_PROBLEMS})
def stream(path: SessionPath, query: StreamQuery) -> Response:
    """Server-sent events: document at each change, frame as training goes on, bye at the end."""
    view_id = view_id_of(path.session_id)
    views = parse_views(query.views)
    fleet().call(view_id, commands.ReadSnapshot())  # 404 before the stream begins
    places: StreamPlaces = current_app.extensions["nnlab.places"]
    places.enter()
    with ExitStack() as leaving:  # gives everything back if the response does not come about
        leaving.callback(places.leave)
        viewer = fleet().watch(view_id, views)
        leaving.callback(viewer.leave)
        pieces = _pieces(viewer, query.max_events, current_app.extensions["nnlab.is_stopping"])
        response = _response(pieces)
        response.call_on_close(leaving.pop_all().close)
    return response


def _response(pieces: Iterator[bytes]) -> Response:
    compressed = request.accept_encodings["gzip"] > 0
    body = _after_header(pieces) if compressed else map(inflate, pieces)
    response = Response(body, mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    response.vary.add("Accept-Encoding")
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
    _let_go_of_stalled_reader()
    return response


def _after_header(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces as one gzip stream. It ends without a checksum, as it is different for every viewer."""
    yield GZIP_HEADER
    yield from pieces


def _pieces(viewer: Viewer, most: int | None, is_stopping: Callable[[], bool]) -> Iterator[bytes]:
    """The viewer's events until there have been `most`, the session is gone or the server stops."""
    left = most if most is not None else -1
    quiet_since_s = time.monotonic()
    while not is_stopping():
        for kind, piece in viewer.next(LOOK_EVERY_S):
            quiet_since_s = time.monotonic()
            yield piece
            left -= 1
            if left == 0 or kind == "bye":
                return
        if time.monotonic() - quiet_since_s > KEEP_ALIVE_EVERY_S:
            quiet_since_s = time.monotonic()
            yield KEEP_ALIVE
    yield event("bye", {"reason": "restart"}, retry_ms=random.randint(*RETRY_MS))


def _let_go_of_stalled_reader() -> None:
    """Bound how long a send may block and how much may wait in the socket."""
    connection: socket.socket | None = request.environ.get("gunicorn.socket") or request.environ.get("werkzeug.socket")
    if connection is None:
        return
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
    connection.settimeout(STALLED_AFTER_S)
