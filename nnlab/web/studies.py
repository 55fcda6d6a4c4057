"""What the routes of studies share: the runs, whoever draws figures, and places for their streams."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from typing import Any, cast

from flask import Flask, current_app

from nnlab.settings import Settings
from nnlab.studies.processes import Processes
from nnlab.studies.runs import Runs
from nnlab.studies.store import StudyStore
from nnlab.web.http.places import StreamPlaces

MOST_STREAMS = 16  # each holds a thread; a page asks again and again instead
FIGURES_KEPT = 64


class StudyDesk:
    """The studies of a server."""

    def __init__(self, settings: Settings) -> None:
        store = StudyStore(settings.database.with_suffix(".studies.sqlite3"))
        self.runs = Runs(store, lambda: Processes(settings.study_workers), workers=settings.study_workers)
        self.places = StreamPlaces(MOST_STREAMS)
        self._drawers: Processes | None = None
        self._figures: OrderedDict[bytes, str] = OrderedDict()
        self._lock = threading.Lock()

    def start(self) -> None:
        """Go on with the runs that had not ended."""
        self.runs.start()

    def figure(self, order: dict[str, Any]) -> str:
        """The picture that is ordered, in base64, from a process of its own: it takes some tenths of a second."""
        key = hashlib.sha256(json.dumps(order).encode()).digest()
        with self._lock:
            if key in self._figures:
                return self._figures[key]
            if self._drawers is None:
                self._drawers = Processes(1)
            drawing = self._drawers.submit(order)
        content: str = drawing.result()
        with self._lock:
            self._figures[key] = content
            if len(self._figures) > FIGURES_KEPT:
                self._figures.popitem(last=False)
        return content

    def pids(self) -> list[int]:
        """Process ids of all workers."""
        return self.runs.pids() + (self._drawers.pids() if self._drawers else [])

    def close(self) -> None:
        """End; unfinished runs go on with the next start."""
        self.runs.close()
        if self._drawers is not None:
            self._drawers.close()


def init_studies(app: Flask) -> None:
    """Give `app` its studies."""
    app.extensions["nnlab.studies"] = StudyDesk(app.extensions["nnlab.settings"])


def desk() -> StudyDesk:
    """The application's studies."""
    return cast(StudyDesk, current_app.extensions["nnlab.studies"])
