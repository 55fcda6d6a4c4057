"""`python -m tests.load.classroom --students 300`: a class that joins a room, trains and is watched on a wall.

Everybody joins by the code as a page does, has an own session training, its stream and the room's open; the wall shows
forty of them and a projector watches. The students are sockets in a process of its own that does as little as it can.
Prints how long joining took, frames a second of each student, the least served, the longest stall, steps a second, the
time from a posted point to the first frame that has it, how long changes took, CPU and memory.

`--newcomers 50`: so many more want to join meanwhile, each with a key, and ask again as soon as they may: how many are
let in, how soon the others are told their place.
"""

from __future__ import annotations

import argparse
import asyncio
import concurrent.futures
import json
import math
import multiprocessing
import random
import selectors
import statistics
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from nnlab.web.http.admission import ASK_AGAIN_S
from tests.load.__main__ import HIDDEN, quantile, server_processes
from tests.load.crowd import Viewer
from tests.load.viewer import Watched, watch
from tests.serving import Server

SETTLE_S = 12.0  # until the server has found out how much it can do
POINTS = 100
PROBES = 6  # students whose frames are read, and who post points
AT_ONCE = 20  # requests of the class on their way at a time
STALL_S = 1.0
UNDERWAY_S = 0.2
LONGEST_S = 30.0  # that is waited for anything


class Class:
    """The class's sockets: the own streams of all students, and those of the room, which are not counted."""

    def __init__(self, port: int, own: list[str], room: list[str]) -> None:
        self._port, self._paths = port, (own, room)
        self._selector = selectors.DefaultSelector()
        self.lost = 0
        self.come()

    def come(self) -> None:
        """Open all streams."""
        self.own, self.rest = ([Viewer(self._port, "", path=path) for path in some] for some in self._paths)
        for one in self.own + self.rest:
            self._selector.register(one.socket, selectors.EVENT_READ, one)

    def go(self) -> None:
        """Close them."""
        for one in self.own + self.rest:
            if one.socket in self._selector.get_map():
                self._selector.unregister(one.socket)
            one.socket.close()

    def listen(self, until: Callable[[], bool], most_s: float) -> float:
        """Read until it is so; how long it took."""
        began = time.monotonic()
        while not until() and time.monotonic() - began < most_s:
            for key, _ in self._selector.select(0.05):
                if not key.data.take():
                    self._selector.unregister(key.fileobj)
                    self.lost += 1
        return time.monotonic() - began

    def all_seen_since(self, since: float) -> bool:
        """Whether every student has had a frame since."""
        return all(one.arrivals and one.arrivals[-1] > since for one in self.own)


def sit(port: int, own: list[str], room: list[str], seconds: float, pipe: Connection) -> None:
    """The class's process: watches, leaves and comes back all at once, tells how soon a killed runner is over."""
    people = Class(port, own, room)
    pipe.send(None)
    people.listen(pipe.poll, math.inf)
    start = pipe.recv()
    people.listen(lambda: False, seconds)
    arrivals = [[at for at in one.arrivals if at >= start] for one in people.own]
    pipe.send((arrivals, sum(one.refused for one in people.own + people.rest), people.lost))
    people.go()
    back = time.monotonic()
    people.come()
    people.listen(lambda: people.all_seen_since(back), LONGEST_S)
    pipe.send(time.monotonic() - back)
    people.listen(pipe.poll, LONGEST_S)
    killed = pipe.recv()
    people.listen(lambda: False, UNDERWAY_S)  # what was on its way
    since = time.monotonic()
    people.listen(lambda: people.all_seen_since(since), LONGEST_S)
    pipe.send(time.monotonic() - killed)


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """(seconds, what came of it)."""
    began = time.monotonic()
    value = act()
    return time.monotonic() - began, value


class Lesson:
    """A room on a server, and everybody in it."""

    def __init__(self, server: Server, students: int) -> None:
        self._server = server
        document = {
            "network": {"hidden": HIDDEN},
            "training": {"learning_rate": 0.05},
            "dataset": {"name": "spiral", "points": POINTS, "seed": 1},
        }
        task = server.post("/api/v1/sessions", document)
        self.room = server.post("/api/v1/rooms", {"title": "Measured", "session": task["id"]})
        self._pool = concurrent.futures.ThreadPoolExecutor(AT_ONCE)
        self.join_s, joined = timed(lambda: list(self._pool.map(self._join, range(students))))
        self.joins_s = sorted(took for took, _ in joined)
        self.members = [reply for _, reply in joined]
        self.sessions = [reply["member"]["session"]["id"] for reply in self.members]

    def _join(self, number: int) -> tuple[float, Any]:
        """As the page does it: the page itself, then the request."""
        code = self.room["code"]
        return timed(lambda: self._server.post(f"/api/v1/rooms/{code}/join", {"nickname": f"Student {number}"}))

    def ask_to_join(self, key: str) -> bool:
        """Whether somebody is let in; else they stand in line under this key."""
        request = urllib.request.Request(
            f"{self._server.url}/api/v1/rooms/{self.room['code']}/join",
            json.dumps({"nickname": key}).encode(),
            {"Content-Type": "application/json", "Idempotency-Key": key},
        )
        try:
            urllib.request.urlopen(request, timeout=LONGEST_S).close()
        except urllib.error.HTTPError as error:
            with error:
                if json.load(error)["code"] != "server_full":
                    raise
            return False
        return True

    def queue_up(self, newcomers: int, end: float) -> dict[str, Any]:
        """Let so many ask to join, each every few seconds, until then; what became of them."""
        waiting, answers = [f"Newcomer-{number:08d}" for number in range(newcomers)], []
        while waiting and time.monotonic() < end:
            for key in tuple(waiting):
                time.sleep(ASK_AGAIN_S / newcomers)
                took, is_in = timed(lambda key=key: self.ask_to_join(key))  # type: ignore[misc]
                answers.append(took)
                if is_in:
                    waiting.remove(key)
        answers.sort()
        return {
            "newcomers: asked, let in": [len(answers), newcomers - len(waiting)],
            "newcomers answered, ms: p50, p99": [round(1000 * quantile(answers, q)) for q in (0.5, 0.99)],
        }

    def run_all(self) -> None:
        """Everybody presses Run."""
        list(self._pool.map(lambda one: self._server.post(f"/api/v1/sessions/{one}/run"), self.sessions))

    def freeze(self, is_frozen: bool) -> float:
        """Seconds until all have been told."""
        room = f"/api/v1/rooms/{self.room['id']}"
        began = time.monotonic()
        self._server.request("PATCH", room, {"is_frozen": is_frozen})
        while not self._server.get(room)["is_carried_out"]:
            time.sleep(0.05)
        return time.monotonic() - began

    def steps(self) -> list[tuple[float, int]]:
        """(when, step) of each student's session."""
        read = lambda one: (time.monotonic(), self._server.get(f"/api/v1/sessions/{one}")["snapshot"]["step"])  # noqa: E731
        return list(self._pool.map(read, self.sessions))

    def paths(self) -> tuple[list[str], list[str]]:
        """Addresses of the students' own streams; those of the room for everybody, the wall and the projector."""
        own = [f"/api/v1/sessions/{one}/stream" for one in self.sessions]
        room = [f"/api/v1/rooms/{member['id']}/stream" for member in self.members]
        wall = f"/api/v1/rooms/{self.room['id']}/stream?members=1-40"
        return own, [*room, wall, f"/api/v1/rooms/{self.room['screen']}/stream"]


def post_points(server: Server, sessions: list[str], start: float, end: float) -> list[tuple[str, float, float, int]]:
    """Add a point to one of the sessions after another: (session, sent, answered, revision)."""
    draw, posts = random.Random(1), []
    time.sleep(max(0.0, start - time.monotonic()))
    while time.monotonic() < end:
        session, sent = draw.choice(sessions), time.monotonic()
        point = {"x": draw.uniform(-5, 5), "y": draw.uniform(-5, 5), "label": draw.randrange(2)}
        reply = server.post(f"/api/v1/sessions/{session}/points", {"points": [point]})
        posts.append((session, sent, time.monotonic(), reply["revision"]))
        time.sleep(draw.uniform(0, 0.2))
    return posts


async def probe(server: Server, sessions: list[str], start: float, end: float) -> tuple[list[Watched], list[Any]]:
    """Read the frames of a few students, who post points meanwhile."""
    watching = [watch(server.port, one, end, read_content=True) for one in sessions]
    *seen, posts = await asyncio.gather(*watching, asyncio.to_thread(post_points, server, sessions, start, end - 2))
    return seen, posts


def measure(server: Server, students: int, seconds: float, newcomers: int) -> dict[str, Any]:
    """The figures of one class."""
    lesson = Lesson(server, students)
    figures: dict[str, Any] = {
        "students": students,
        "all have joined after, s": round(lesson.join_s, 1),
        "a join, ms: p50, p99": [round(1000 * quantile(lesson.joins_s, q)) for q in (0.5, 0.99)],
    }
    lesson.run_all()
    mine, theirs = multiprocessing.Pipe()
    sitting = multiprocessing.get_context("spawn").Process(
        target=sit, args=(server.port, *lesson.paths(), seconds, theirs)
    )
    sitting.start()
    mine.recv()
    figures |= at_work(server, lesson, mine, seconds, newcomers)
    figures["all are back after leaving at once, s"] = round(mine.recv(), 1)
    server_processes(server)[-1].kill()
    mine.send(time.monotonic())
    figures["all are back after kill -9 of a runner, s"] = round(mine.recv(), 1)
    sitting.join()
    figures["all are frozen after, s"] = round(lesson.freeze(True), 2)
    return figures


def at_work(server: Server, lesson: Lesson, mine: Connection, seconds: float, newcomers: int) -> dict[str, Any]:
    """The figures while everybody trains and watches, and newcomers ask to join."""
    time.sleep(SETTLE_S)
    processes = server_processes(server)
    for process in processes:
        process.cpu_percent()
    before = lesson.steps()
    start = time.monotonic()
    mine.send(start)
    line = concurrent.futures.ThreadPoolExecutor(1).submit(lesson.queue_up, newcomers, start + seconds)
    seen, posts = asyncio.run(probe(server, lesson.sessions[:PROBES], start, start + seconds))
    cpu = [round(process.cpu_percent()) for process in processes]
    memory = [round(process.memory_info().rss / 2**20) for process in processes]
    after = lesson.steps()
    arrivals, refused, lost = mine.recv()
    rates = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in zip(before, after, strict=True)]
    return {
        **describe_frames(arrivals, start, seconds),
        "streams refused, lost": [refused, lost],
        **describe_posts(posts, dict(zip(lesson.sessions, seen, strict=False))),
        "steps a second: mean, least": [round(statistics.fmean(rates)), round(min(rates))],
        **(line.result() if newcomers else {}),
        "CPU of one core, percent: web, runners": cpu,
        "memory, MB: web, runners": memory,
    }


def describe_frames(arrivals: list[list[float]], start: float, seconds: float) -> dict[str, Any]:
    """What the students saw."""
    rates = [len(times) / seconds for times in arrivals]
    whole = [[start, *times, start + seconds] for times in arrivals]
    gaps = sorted(b - a for times in whole for a, b in zip(times, times[1:], strict=False))
    mean = statistics.fmean(rates)
    return {
        "frames a second: mean, least": [round(mean, 2), round(min(rates), 2)],
        "least served, share of the mean": round(min(rates) / mean, 2) if mean else None,
        "interval, ms: p50, p99, longest": [round(1000 * quantile(gaps, q)) for q in (0.5, 0.99, 1)],
        f"stalls over {STALL_S:g} s": sum(gap > STALL_S for gap in gaps),
    }


def describe_posts(posts: list[tuple[str, float, float, int]], seen: dict[str, Watched]) -> dict[str, Any]:
    """Latency of a change, and of the first frame that has it."""
    answers = sorted(answered - sent for _, sent, answered, _ in posts)
    shown = []
    for session, sent, _, revision in posts:
        shown += [at - sent for at, found in seen[session].revisions if found >= revision][:1]
    shown.sort()
    return {
        "points posted, points seen in a frame": [len(posts), len(shown)],
        "POST answered, ms: p50, p95, p99": [round(1000 * quantile(answers, q)) for q in (0.5, 0.95, 0.99)],
        "point in a frame, ms: p50, p95, p99": [round(1000 * quantile(shown, q)) for q in (0.5, 0.95, 0.99)],
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.classroom")
    parser.add_argument("--students", type=int, action="append", help="default: 300")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--newcomers", type=int, default=0)
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    found = []
    for students in arguments.students or [300]:
        with tempfile.TemporaryDirectory() as folder:
            server = Server(Path(folder)).start()
            try:
                found.append(measure(server, students, arguments.seconds, arguments.newcomers))
                for name, value in found[-1].items():
                    print(f"{name:45} {value}", flush=True)
            finally:
                server.stop()
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
