"""What the routes of studies share: the runs, who watches them, and what was made of their rows.

A class may look at one run all at once and every second: what is made of so many chunks is made once.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar, cast

from flask import Flask, current_app

from nnlab.database.opening import Address
from nnlab.settings import Settings
from nnlab.studies.processes import Executor, Processes
from nnlab.studies.results import summary_of
from nnlab.studies.runs import Runs, Standing
from nnlab.studies.store import StudyStore
from nnlab.studies.study import Summary
from nnlab.web.runwatch import RunWatch
from nnlab.web.state import Fleet

KEPT = 200  # things made of rows

Made = TypeVar("Made")


class StudyDesk:
    """The studies of a server."""

    def __init__(self, settings: Settings, fleet: Fleet) -> None:
        self.runs = Runs(
            StudyStore(_address(settings.database)),
            lambda: executor_of(settings, fleet),
            workers=settings.study_workers,
        )
        self.watch = RunWatch(self.runs.standing)
        self._drawers: Processes | None = None
        self._made: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def start(self) -> None:
        """Go on with the runs that had not ended."""
        self.runs.start()

    def once(self, standing: Standing, what: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` makes of a run's chunks, or has made of the same ones before; `what` names it."""
        key = (standing.key, standing.done, what)
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return cast(Made, self._made[key])
        made = make()
        with self._lock:
            self._made[key] = made
            if len(self._made) > KEPT:
                self._made.popitem(last=False)
        return made

    def summary(self, standing: Standing) -> Summary | None:
        """What a run has found so far; None before anything is done."""
        return self.once(
            standing, "summary", lambda: summary_of(standing.study, standing.parameters, self.runs.rows(standing))
        )

    def draw(self, order: dict[str, Any]) -> str:
        """The picture that is ordered, in base64, from a process of its own: it takes some tenths of a second."""
        with self._lock:
            if self._drawers is None:
                self._drawers = Processes(1)
            drawing = self._drawers.submit(order)
        return cast(str, drawing.result())

    def pids(self) -> list[int]:
        """Process ids of all workers."""
        return self.runs.pids() + (self._drawers.pids() if self._drawers else [])

    def close(self) -> None:
        """End; unfinished runs go on with the next start."""
        self.watch.close()
        self.runs.close()
        if self._drawers is not None:
            self._drawers.close()


def executor_of(settings: Settings, fleet: Fleet) -> Executor:
    """Where the networks of studies are trained: on the cluster, if there is one, else on this machine."""
    if not settings.ray:
        return Processes(settings.study_workers)
    fleet.start()  # joins the cluster
    from nnlab.studies.cluster import ClusterTasks

    return ClusterTasks()


def _address(sessions: Address) -> Address:
    """Where studies are kept: in a file beside that of the sessions, or in the same PostgreSQL database."""
    return sessions.with_suffix(".studies.sqlite3") if isinstance(sessions, Path) else sessions


def init_studies(app: Flask) -> None:
    """Give `app` its studies."""
    app.extensions["nnlab.studies"] = StudyDesk(app.extensions["nnlab.settings"], app.extensions["nnlab.fleet"])


def desk() -> StudyDesk:
    """The application's studies."""
    return cast(StudyDesk, current_app.extensions["nnlab.studies"])
