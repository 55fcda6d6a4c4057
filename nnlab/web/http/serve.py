"""Serving locally with Flask's threaded server, on any system Python runs on."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from nnlab.errors import Unavailable
from nnlab.web import lifetime
from nnlab.web.http.places import StreamPlaces

HOST, PORT = "127.0.0.1", 8000  # unless the environment says otherwise
MOST_STREAMS = 384  # each has a thread here


class QuietHandler(WSGIRequestHandler):
    """Logs no requests: their addresses hold the secret ids of sessions. Waits `timeout` seconds for one, no more."""

    timeout = 30

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def serve(app: Flask) -> None:
    """Serve until Ctrl+C or SIGTERM, then let every session come to rest in the store."""
    logging.basicConfig(format="%(asctime)s web %(process)d %(levelname)s %(message)s")
    host, port = os.environ.get("HOST", HOST), int(os.environ.get("PORT", PORT))
    server = make_server(host, port, app, threaded=True, request_handler=QuietHandler)
    stopping = threading.Event()
    app.extensions["nnlab.places"] = StreamPlaces(min(app.extensions["nnlab.settings"].max_streams, MOST_STREAMS))
    app.extensions["nnlab.is_stopping"] = stopping.is_set
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopping.set())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        lifetime.begin(app.extensions)
    except Unavailable as error:
        server.shutdown()
        sys.exit(f"NNLab does not start: {error.detail}")
    print(f"NNLab is ready: http://{host}:{server.port}", flush=True)
    stopping.wait()
    server.shutdown()
    lifetime.end(app.extensions)
