"""Server-sent events of one session or of many: the same compressed bytes for all who want the same.

Where the server gives its socket away, one thread writes all streams; elsewhere each stream has a generator, in a
thread of the server's.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

from flask import Flask, Response, current_app, request
from pydantic import Field

from nnlab.fleet.frames import GZIP_HEADER, KEEP_ALIVE, inflate
from nnlab.fleet.hub import Viewer
from nnlab.session.picture.want import Want, parse_parts
from nnlab.web.api import door
from nnlab.web.api.frames import SESSION_EVENTS, event_stream
from nnlab.web.api.shapes import READ_PROBLEMS, Arguments, SessionPath, blueprint
from nnlab.web.api.wants import ManyQuery, WantQuery
from nnlab.web.http.broadcast import (
    KEEP_ALIVE_EVERY_S,
    SEND_BUFFER_BYTES,
    STALLED_AFTER_S,
    Broadcaster,
    Reader,
    goodbye,
)
from nnlab.web.http.places import StreamPlaces

bp = blueprint("stream", "Frames, live")

EVENTS = event_stream(SESSION_EVENTS)
LOOK_EVERY_S = 1.0  # how often a quiet stream looks whether the server is stopping


class Bounded(Arguments):
    """For how long."""

    max_events: int | None = Field(None, ge=1, le=1_000_000, description="End after this many events.")


class StreamQuery(WantQuery, Bounded):
    """What to stream of one session."""

    views: str = Field("", description="Parts besides those in `parts`, separated by commas.")

    @property
    def want(self) -> Want:
        """The same as a value. Raises InvalidInput for unknown parts."""
        views = ",".join(parse_parts(self.views, "views"))
        return Want(parse_parts(f"{self.parts},{views}"), self.resolution, self.fps)


class ManyStreamsQuery(ManyQuery, Bounded):
    """What to stream of many sessions."""


def init_streams(app: Flask) -> None:
    """Give `app` its places for streams and, until a server says otherwise, no end."""
    app.extensions["nnlab.places"] = StreamPlaces(app.extensions["nnlab.settings"].max_streams)
    app.extensions["nnlab.is_stopping"] = lambda: False
    app.extensions["nnlab.broadcaster"] = Broadcaster(lambda: app.extensions["nnlab.is_stopping"]())


@bp.get("/sessions/<session_id>/stream", responses={200: EVENTS, **READ_PROBLEMS})
def stream(path: SessionPath, query: StreamQuery) -> Response:
    """Server-sent events: document at each change, frame as training goes on, bye at the end."""
    wants = {door.caller(path.session_id).view_id: query.want}
    return stream_of(lambda leaving: door.watch(wants), query.max_events)


@bp.get("/stream", responses={200: EVENTS, **READ_PROBLEMS})
def stream_many(query: ManyStreamsQuery) -> Response:
    """The events of many sessions over one connection; each names its session. It ends after the last bye."""
    wants = query.wants
    return stream_of(lambda leaving: door.watch(wants), query.max_events)


def stream_of(watch: Callable[[ExitStack], Viewer], most: int | None) -> Response:
    """A response that carries what the viewer sees. `watch` makes it, or raises what is answered instead of a stream;
    it may leave on the stack what is to be done at the end.
    """
    places: StreamPlaces = current_app.extensions["nnlab.places"]
    places.enter()
    with ExitStack() as leaving:  # gives everything back if the response does not come about
        leaving.callback(places.leave)
        viewer = watch(leaving)  # 404 before the stream begins
        leaving.callback(viewer.leave)
        kept = ExitStack()
        response = _response(viewer, most, kept)
        kept.push(leaving.pop_all())
        response.call_on_close(kept.close)
    return response


def _response(viewer: Viewer, most: int | None, leaving: ExitStack) -> Response:
    compressed = request.accept_encodings["gzip"] > 0
    server = request.environ.get("gunicorn.socket") or request.environ.get("werkzeug.socket")
    if hasattr(server, "give_away"):
        body = _give_away(server, viewer, most, leaving, compressed)
    else:
        body = _write_here(server, viewer, most, compressed)
    response = Response(body, mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    response.vary.add("Accept-Encoding")
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _give_away(server: Any, viewer: Viewer, most: int | None, leaving: ExitStack, compressed: bool) -> Iterator[bytes]:
    """Let the server write the head of the reply, then leave its connection to the one thread that writes streams."""
    broadcaster: Broadcaster = current_app.extensions["nnlab.broadcaster"]
    chunked = request.environ["SERVER_PROTOCOL"] != "HTTP/1.0"

    def body() -> Iterator[bytes]:
        yield b""
        connection, head, take_back = server.give_away()
        given = leaving.pop_all()

        def leave(cut: bool) -> None:
            try:
                given.close()
            finally:
                take_back(cut)

        with ExitStack() as if_it_fails:
            if_it_fails.callback(leave, True)
            broadcaster.add(Reader(connection, head, viewer, leave, gzip=compressed, chunked=chunked, most=most))
            if_it_fails.pop_all()

    return body()


def _write_here(server: socket.socket | None, viewer: Viewer, most: int | None, compressed: bool) -> Iterator[bytes]:
    """All of the stream, written by this thread of the server's."""
    if server is not None:
        _let_go_of_stalled_reader(server)
    pieces = _pieces(viewer, most, current_app.extensions["nnlab.is_stopping"])
    return _after_header(pieces) if compressed else map(inflate, pieces)


def _after_header(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces as one gzip stream. It ends without a checksum, as it is different for every viewer."""
    yield GZIP_HEADER
    yield from pieces


def _pieces(viewer: Viewer, most: int | None, is_stopping: Callable[[], bool]) -> Iterator[bytes]:
    """The viewer's events until there have been `most`, all sessions are gone or the server stops."""
    left = most if most is not None else -1
    quiet_since_s = time.monotonic()
    while not is_stopping():
        for _, piece in viewer.next(LOOK_EVERY_S):
            quiet_since_s = time.monotonic()
            yield piece
            left -= 1
            if left == 0:
                return
        if viewer.is_over:
            return
        if time.monotonic() - quiet_since_s > KEEP_ALIVE_EVERY_S:
            quiet_since_s = time.monotonic()
            yield KEEP_ALIVE
    yield goodbye()


def _let_go_of_stalled_reader(connection: socket.socket) -> None:
    """Bound how long a send may block and how much may wait in the socket."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
    connection.settimeout(STALLED_AFTER_S)
