"""A class in a room when processes die: everybody is back soon, and what the room has acknowledged is there."""

from __future__ import annotations

import contextlib
import selectors
import threading
import time
from collections.abc import Callable

from tests.faults.conftest import kill_runner
from tests.faults.scenarios.processes import kill_web, restart
from tests.faults.table import Outcome, scenario
from tests.faults.tools import Writer, answer, wait_for
from tests.load.classroom import Lesson
from tests.load.crowd import Viewer
from tests.serving import Server

STUDENTS = 30
CROWD = 300
BACK_S = 10.0
SETTLED_S = 5.0
PATIENCE_S = 20.0
AGAIN_AFTER_S = 0.2  # a browser comes back after the half to two and a half seconds that a stream asks for
BOUND = f"no acknowledged change lost, all see their frames again within {BACK_S:g} s"


class Browsers:
    """Streams that come back by themselves, as a browser's do; each knows when it was last told something."""

    def __init__(self, port: int, paths: list[str]) -> None:
        self._port = port
        self._paths = paths
        self._selector = selectors.DefaultSelector()
        self._away = dict.fromkeys(range(len(paths)), 0.0)  # when each comes again
        self.heard = [0.0] * len(paths)

    def listen(self, until: Callable[[], bool], most_s: float) -> float:
        """Read until it is so, or for so long; how long it took."""
        began = time.monotonic()
        while not until() and time.monotonic() - began < most_s:
            for number in [one for one, due_s in self._away.items() if due_s <= time.monotonic()]:
                self._come(number)
            for key, _ in self._selector.select(0.05):
                self._take(*key.data)
        return time.monotonic() - began

    def leave(self) -> None:
        """Close all of them; they come again with the next `listen`."""
        for key in list(self._selector.get_map().values()):
            self._lose(*key.data, again_after_s=0.0)

    def all_heard_since(self, since: float) -> bool:
        """Whether everybody has been told something since."""
        return all(at > since for at in self.heard)

    def _come(self, number: int) -> None:
        self._away[number] = time.monotonic() + AGAIN_AFTER_S
        with contextlib.suppress(OSError):
            viewer = Viewer(self._port, "", path=self._paths[number])
            self._selector.register(viewer.socket, selectors.EVENT_READ, (number, viewer))
            del self._away[number]

    def _take(self, number: int, viewer: Viewer) -> None:
        try:
            goes_on = viewer.take() and not viewer.refused
        except OSError:
            goes_on = False
        if not goes_on:
            self._lose(number, viewer, again_after_s=AGAIN_AFTER_S)
        elif viewer.arrivals:
            self.heard[number] = viewer.arrivals[-1]

    def _lose(self, number: int, viewer: Viewer, *, again_after_s: float) -> None:
        self._selector.unregister(viewer.socket)
        viewer.socket.close()
        self._away[number] = time.monotonic() + again_after_s


class Hands:
    """Students raise their hands, one after the other; it is known whose hand was acknowledged."""

    def __init__(self, server: Server, lesson: Lesson) -> None:
        self._server, self._lesson = server, lesson
        self.acknowledged: set[int] = set()
        self._thread = threading.Thread(target=self._raise_all)

    def __enter__(self) -> Hands:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join()

    def _raise_all(self) -> None:
        for reply in self._lesson.members:
            path, member = f"/api/v1/rooms/{reply['id']}/hand", reply["member"]
            wait_for(lambda path=path: answer(self._server, "POST", path, {"is_raised": True})[0] == 200, PATIENCE_S)
            self.acknowledged.add(member["number"])

    def lost(self) -> int:
        """How many acknowledged hands the room does not show."""
        members = self._server.get(f"/api/v1/rooms/{self._lesson.room['id']}")["members"]
        return len(self.acknowledged - {one["number"] for one in members if one["is_raised"]})


def struck(server: Server, strike: Callable[[Server], object], students: int = STUDENTS) -> Outcome:
    """A class at work; strike while hands are raised and points are added, and see who is back when."""
    lesson = Lesson(server, students)
    lesson.run_all()
    browsers = Browsers(server.port, lesson.paths()[0])
    start = time.monotonic()
    browsers.listen(lambda: browsers.all_heard_since(start), PATIENCE_S)
    with Writer(server, lesson.sessions[0]) as writer, Hands(server, lesson) as hands:
        writer.wait_for_more(5)
        began = time.monotonic()
        strike(server)
        gone = time.monotonic()
        browsers.listen(lambda: browsers.all_heard_since(gone), PATIENCE_S)
        absent = time.monotonic() - began
    browsers.leave()
    lost = writer.lost() + hands.lost()
    happened = (
        f"{len(writer.acknowledged)} points and {len(hands.acknowledged)} hands acknowledged, {lost} lost; "
        f"{students} students back after {absent:.1f} s"
    )
    return Outcome(happened, lost == 0 and len(hands.acknowledged) == students and absent < BACK_S)


@scenario("back", bound=BOUND)
def a_runner_is_killed_with_a_class_inside(server: Server) -> Outcome:
    """kill -9 of the only runner under thirty students who train, add points and raise their hands."""
    return struck(server, kill_runner)


@scenario("back", bound=BOUND)
def the_web_process_is_killed_under_a_class(server: Server) -> Outcome:
    """kill -9 of the web process, which takes its runner with it, under the same class."""
    return struck(server, kill_web)


@scenario("back", bound=BOUND)
def the_whole_server_is_killed_under_a_class(server: Server) -> Outcome:
    """kill -9 of all processes and a new start, under the same class."""
    return struck(server, restart)


def storm(server: Server, students: int = CROWD) -> Outcome:
    """All streams of a class are cut and come back in one moment."""
    lesson = Lesson(server, students)
    own, room = lesson.paths()
    browsers = Browsers(server.port, own + room)
    start = time.monotonic()
    browsers.listen(lambda: browsers.all_heard_since(start), PATIENCE_S)
    browsers.leave()
    back = time.monotonic()
    took = browsers.listen(lambda: browsers.all_heard_since(back), PATIENCE_S)
    browsers.leave()
    return Outcome(f"{len(own + room)} streams shown again after {took:.1f} s", took < SETTLED_S)


@scenario("viewers", bound=f"all shown again within {SETTLED_S:g} s")
def a_whole_class_comes_back_at_once(server: Server) -> Outcome:
    """300 students lose and reopen both of their streams in one moment."""
    return storm(server)
