"""Static files that browsers keep: each address carries a mark of all files, `/static/~3f9c.../js/...`.

The mark changes with any file, so what was fetched under it is right for ever, and a second visit asks for no file. As
the mark is a folder's name, modules that import each other by relative paths need no rewriting. An address without the
mark, or with an old one, gets the file as it is now, to be asked for again next time.

WhiteNoise would not do: it can call a file immutable, but marks no names by itself, and what does that beside it marks
each file's own, so that a hundred modules' imports would have to be rewritten by a build step.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request

SIGN = "~"  # begins a mark, and no file's name
MARK_LENGTH = 12
FOR_EVER = "public, max-age=31536000, immutable"
LOOK_EVERY_S = 1.0  # a change of files shows so soon


def init_static(app: Flask) -> None:
    """Mark the addresses of `app`'s static files and let browsers keep what they fetch there."""
    marks = Marks(app)
    app.url_defaults(marks.add)
    app.url_value_preprocessor(marks.take_off)
    app.after_request(marks.keep)


def mark_of(folder: Path) -> str:
    """Stands for the names, sizes and times of all files in a folder: 0.5 ms for a hundred."""
    state = "\n".join(f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in sorted(_files(folder)))
    return SIGN + hashlib.sha256(state.encode()).hexdigest()[:MARK_LENGTH]


def _gives_files(endpoint: str | None) -> bool:
    """Whether it is the endpoint that Flask has for the static folder of the application or of a blueprint."""
    return (endpoint or "").rpartition(".")[2] == "static"


def _files(folder: Path | str) -> Iterator[tuple[str, os.stat_result]]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _files(entry.path)
        else:
            yield entry.path, entry.stat()


@lru_cache(maxsize=8)
def _mark_at(folder: str, moment: int) -> str:
    """The mark as it was looked up in this moment."""
    return mark_of(Path(folder))


class Marks:
    """The marks of an application's files. A page asks a hundred times, so nothing is looked up that is known."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def of(self, endpoint: str) -> str:
        """The mark of an endpoint's files."""
        blueprint = endpoint.rpartition(".")[0]
        folder = (self._app.blueprints[blueprint] if blueprint else self._app).static_folder
        return _mark_at(str(folder), int(time.monotonic() / LOOK_EVERY_S))

    def add(self, endpoint: str, values: dict[str, Any]) -> None:
        """Flask makes an address."""
        if _gives_files(endpoint):
            values["filename"] = f"{self.of(endpoint)}/{values['filename']}"

    def take_off(self, endpoint: str | None, values: dict[str, Any] | None) -> None:
        """Flask has found the route of an address."""
        if _gives_files(endpoint) and values and values["filename"].startswith(SIGN):
            g.asked_mark, _, values["filename"] = values["filename"].partition("/")

    def keep(self, response: Response) -> Response:
        """Flask sends a file."""
        asked = g.get("asked_mark")
        if asked and response.status_code in (200, 304) and asked == self.of(request.endpoint or ""):
            response.headers["Cache-Control"] = FOR_EVER
        return response
