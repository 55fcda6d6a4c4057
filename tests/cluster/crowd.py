"""Sessions that train and are watched, changed and asked while something dies: how long each was without a frame."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import Flask

from nnlab.errors import NnlabError
from nnlab.session.picture.want import PLAIN
from nnlab.web.ids import view_id_of

API = "/api/v1/sessions"
SETTLED = 10  # frames of a session after a fault: it is back
LOOK_EVERY_S = 0.05
START_S = 1.0  # of a process like a runner, when nothing else is to be done
PATIENCE_S = 180.0  # with what is to come in any case; how soon it must is for each test to say


def wait_for(condition: Callable[[], bool], within_s: float = PATIENCE_S) -> None:
    """Wait until it is true."""
    deadline_s = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline_s, "it has not come true in time"
        time.sleep(LOOK_EVERY_S)


def slowness() -> float:
    """How many times longer than on a quiet machine a process like a runner takes to start."""
    began_s = time.monotonic()
    subprocess.run([sys.executable, "-c", "import nnlab.fleet.ray.actor, ray"], check=True)
    return max(1.0, (time.monotonic() - began_s) / START_S)


class Crowd:
    """So many running sessions. Use as a context; `outage_s` after each fault."""

    def __init__(self, app: Flask, count: int) -> None:
        self._app = app
        self._fleet = app.extensions["nnlab.fleet"]
        self._client = app.test_client()
        self.ids = [self._make() for _ in range(count)]
        self.frames: dict[str, list[float]] = {one: [] for one in self.ids}
        self.acknowledged: list[int] = []
        self.refused: list[int] = []
        self.unanswered: list[int] = []
        self._over = threading.Event()
        acts: list[tuple[Any, ...]] = [(self._watch, one) for one in self.ids]
        acts += [(self._change, self.ids[0]), (self._ask, self.ids[0])]
        self._threads = [threading.Thread(target=act, args=rest, daemon=True) for act, *rest in acts]

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        wait_for(self._all_since(time.monotonic()))
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(70)

    def outage_s(self, fault: Callable[[], object], within_s: float = PATIENCE_S) -> float:
        """The longest time that a session was without a frame, from the fault until all are back."""
        before_s = time.monotonic()
        fault()
        wait_for(self._all_since(before_s + 1.0), within_s)
        return max(self._longest_gap_s(one, before_s) for one in self.ids)

    def slowest_fps(self, seconds: float) -> float:
        """Frames a second of the slowest session from now on, but for the one that is changed."""
        began_s = time.monotonic()
        wait_for(lambda: time.monotonic() > began_s + seconds)
        return min(sum(at > began_s for at in self.frames[one]) for one in self.ids[1:]) / seconds

    def wait_for_changes(self, count: int) -> None:
        """Until so many more are acknowledged."""
        enough = len(self.acknowledged) + count
        wait_for(lambda: len(self.acknowledged) >= enough)

    def lost_changes(self) -> set[int]:
        """Points whose adding was acknowledged and that are not there."""
        points = self._client.get(f"{API}/{self.ids[0]}").json["document"]["points"]
        return set(self.acknowledged) - {point["id"] for point in points}

    def step_of(self, session_id: str) -> int:
        """How far a session has trained."""
        step: int = self._client.get(f"{API}/{session_id}").json["snapshot"]["step"]
        return step

    def _all_since(self, since_s: float) -> Callable[[], bool]:
        return lambda: all(len(times) >= SETTLED and times[-SETTLED] > since_s for times in self.frames.values())

    def _longest_gap_s(self, one: str, since_s: float) -> float:
        times = [at for at in self.frames[one] if at > since_s - 0.5]
        return max(later - at for at, later in zip(times, times[1:], strict=False))

    def _make(self) -> str:
        session_id: str = self._client.post(API, json={"pace": {"steps_per_second": 200}}).json["id"]
        self._client.post(f"{API}/{session_id}/dataset", json={"name": "moons", "points": 60})
        self._client.post(f"{API}/{session_id}/run", json={})
        return session_id

    def _watch(self, session_id: str) -> None:
        viewer = self._fleet.watch({view_id_of(session_id): PLAIN})
        while not self._over.is_set():
            if any(kind == "frame" for kind, _ in viewer.next(0.2)):
                self.frames[session_id].append(time.monotonic())
        viewer.leave()

    def _change(self, session_id: str) -> None:
        client = self._app.test_client()
        while not self._over.wait(0.03):
            with suppress(NnlabError):
                reply = client.post(f"{API}/{session_id}/points", json={"points": [{"x": 0, "y": 0}]})
                if reply.status_code == 200 or reply.status_code == 201:
                    self.acknowledged.append(reply.json["points"][0]["id"])
                else:
                    self.refused.append(reply.status_code)

    def _ask(self, session_id: str) -> None:
        client = self._app.test_client()
        while not self._over.wait(0.03):
            status = client.get(f"{API}/{session_id}").status_code
            if status != 200:
                self.unanswered.append(status)
