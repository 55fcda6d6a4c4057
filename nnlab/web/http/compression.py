"""Gzip for whatever is text and not small. Streams compress by themselves, once for all viewers.

Flask-Compress would do this too, but it appends to ETags, and ours are revisions that come back in If-Match.
"""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

SMALLEST_BYTES = 1_000  # below, the header and the work outweigh the gain
LEVEL = 6
KINDS = ("text/html", "text/css", "text/javascript", "application/json", "image/svg+xml", "text/csv")


def init_compression(app: Flask) -> None:
    """Compress the replies of `app` for clients that accept gzip."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in KINDS or response.status_code != 200 or "Content-Encoding" in response.headers:
        return response
    response.headers.add("Vary", "Accept-Encoding")
    if not _accepts_gzip(request.headers.get("Accept-Encoding", "")):
        return response
    pack = _gzip_once if response.direct_passthrough else _gzip  # that is a file's
    response.direct_passthrough = False  # it is read whole
    content = response.get_data()
    if len(content) >= SMALLEST_BYTES:
        response.set_data(pack(content))
        response.headers["Content-Encoding"] = "gzip"
    return response


@lru_cache(maxsize=256)  # there are few, and reading one takes as long as all else here
def _accepts_gzip(header: str) -> bool:
    return parse_accept_header(header, Accept)["gzip"] > 0


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, LEVEL, mtime=0)


_gzip_once = lru_cache(maxsize=256)(_gzip)  # for files, which are the same for everybody
