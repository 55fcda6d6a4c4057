"""Processes that die or stand still: nothing acknowledged is lost, and everybody is back soon."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import threading
import time
import urllib.request
from collections.abc import Callable

from tests.faults.conftest import kill_runner, runners_of
from tests.faults.table import Outcome, scenario
from tests.faults.tools import FAILURES, SESSIONS, Writer, answer, in_threads, seen_frames, wait_for
from tests.load.__main__ import make_session
from tests.serving import Server

NONE_LOST = "no acknowledged change lost, answered again within 5 s"
STRIKES = 3


def kill_web(server: Server) -> None:
    """kill -9 of gunicorn's worker, which ends its runner too."""
    runners_of(server)[0].parent().kill()  # type: ignore[union-attr]


def restart(server: Server) -> None:
    """kill -9 of everything at once, and a new start."""
    server.kill()
    server.start()


def struck(server: Server, strike: Callable[[Server], object]) -> Outcome:
    """Write, strike three times, and count what was acknowledged and is not there."""
    session_id = make_session(server, 1)
    absent = 0.0
    with Writer(server, session_id) as writer:
        for _ in range(STRIKES):
            writer.wait_for_more(20)
            began = time.monotonic()
            strike(server)
            count = len(writer.acknowledged)
            wait_for(lambda count=count: len(writer.acknowledged) > count + 1)  # one may have been under way
            absent = max(absent, time.monotonic() - began)
    happened = f"{len(writer.acknowledged)} acknowledged, {writer.lost()} lost; longest absence {absent:.1f} s"
    return Outcome(happened, writer.lost() == 0 and absent < 5.0)


@scenario("back", bound=NONE_LOST)
def a_runner_is_killed(server: Server) -> Outcome:
    """kill -9 of the runner, three times, while points are added one by one."""
    return struck(server, kill_runner)


@scenario("back", bound=NONE_LOST)
def the_web_process_is_killed(server: Server) -> Outcome:
    """kill -9 of the web process, three times, while points are added one by one."""
    return struck(server, kill_web)


@scenario("back", bound=NONE_LOST)
def the_whole_server_is_killed(server: Server) -> Outcome:
    """kill -9 of all processes and a new start, three times, while points are added one by one."""
    return struck(server, restart)


@scenario("back", bound="answered again within 8 s: 5 to notice, the rest to start")
def a_runner_stands_still(server: Server) -> Outcome:
    """SIGSTOP of the runner."""
    session_id = make_session(server, 1)
    os.kill(runners_of(server)[0].pid, signal.SIGSTOP)
    began = time.monotonic()
    back = wait_for(lambda: answer(server, "GET", f"{SESSIONS}/{session_id}")[0] == 200, 14.0)
    took = time.monotonic() - began
    return Outcome(f"answered after {took:.1f} s" if back else f"not answered in {took:.0f} s", bool(back) and took < 8)


@scenario("viewers", bound="frames again within 3 s, on the same stream")
def a_viewer_when_a_runner_dies(server: Server) -> Outcome:
    """kill -9 of the runner under an open stream."""
    session_id = make_session(server, 1)
    (runner,) = runners_of(server)
    strike = threading.Timer(2.0, runner.kill)
    strike.start()
    times = seen_frames(server, session_id, 8.0).arrivals
    strike.join()
    assert runners_of(server) != [runner]
    gap = max((b - a for a, b in zip(times, times[1:], strict=False)), default=99.0)
    came = time.monotonic() - times[-1] < 1.0 if times else False
    return Outcome(f"longest gap {gap:.1f} s, {len(times)} frames in 8 s", came and gap < 3.0)


@scenario("viewers", bound="frames again within 5 s")
def viewers_when_the_server_dies(server: Server) -> Outcome:
    """kill -9 of everything and a new start under a viewer that comes again every half second."""
    session_id = make_session(server, 1)
    seen_frames(server, session_id, 1.0)
    server.kill()
    began = time.monotonic()
    server.spawn()
    back = wait_for(lambda: one_frame(server, session_id))
    return Outcome(f"a frame after {time.monotonic() - began:.1f} s", bool(back) and time.monotonic() - began < 5.0)


def one_frame(server: Server, session_id: str) -> bool:
    """Whether a viewer who comes now sees a frame."""
    with contextlib.suppress(*FAILURES):
        return bool(seen_frames(server, session_id, 0.5).arrivals)
    return False


@scenario("once", bound="each made once")
def the_same_request_again(server: Server) -> Outcome:
    """A point and 10 steps with an Idempotency-Key, sent again at once, and again after kill -9 of the runner."""
    session_id = make_session(server, 1)
    path = f"{SESSIONS}/{session_id}"
    server.post(f"{path}/pause")
    before = server.get(path)
    requests = [("points", {"points": [{"x": 1, "y": 1}]}), ("step", {"steps": 10})]
    for strike in (None, None, kill_runner):
        if strike:
            strike(server)
            wait_for(lambda: answer(server, "GET", path)[0] == 200)
        for name, body in requests:
            answer(server, "POST", f"{path}/{name}", body, Idempotency_Key=f"{name}-of-the-table-of-faults")
    after = server.get(path)
    points = len(after["document"]["points"]) - len(before["document"]["points"])
    steps = after["snapshot"]["step"] - before["snapshot"]["step"]
    return Outcome(f"{points} points and {steps} steps made", (points, steps) == (1, 10))


@scenario("apart", bound="no frame of another session, all are seen after the last kill too")
def frames_of_many_sessions(server: Server) -> Outcome:
    """Eight sessions run and are watched while the runner is killed twice."""
    own = [make_session(server, seed) for seed in range(8)]
    views = [server.get(f"{SESSIONS}/{session_id}")["view_id"] for session_id in own]
    wrong, seen, killed = [], [], [0]  # `killed`: how many frames had been seen at each kill
    end = time.monotonic() + 10.0

    def strike() -> None:
        kill_runner(server)
        killed.append(len(seen))

    strikes = [threading.Timer(after, strike) for after in (2.0, 5.0)]
    for timer in strikes:
        timer.start()

    def watch(number: int) -> None:
        for frame in frames(server, own[number], end):
            seen.append(number)
            if frame["session"] != views[number]:
                wrong.append(frame["session"])

    in_threads(len(own), watch)
    for timer in strikes:
        timer.join()
    assert len(killed) == 3
    watched = len(set(seen[killed[-1] :]))
    return Outcome(f"{len(seen)} frames of {watched} sessions, {len(wrong)} wrong", not wrong and watched == len(own))


def frames(server: Server, session_id: str, end: float):  # noqa: ANN201 - a generator of frames
    """Frames of a session until then, read whole."""
    with contextlib.suppress(*FAILURES):
        stream = urllib.request.urlopen(f"{server.url}{SESSIONS}/{session_id}/stream", timeout=3.0)
        with stream:
            kind = b""
            for line in stream:
                if time.monotonic() > end:
                    return
                if line.startswith(b"event: "):
                    kind = line[7:].strip()
                elif line.startswith(b"data: ") and kind == b"frame":
                    yield json.loads(line[6:])


@scenario("same", bound="the same weights, bit for bit")
def the_same_commands_over_a_crash(server: Server) -> Outcome:
    """Two sessions get the same commands; under one of them the runner is killed between two of them."""
    document = {"network": {"seed": 5}, "training": {"optimizer": "adam"}}
    models = []
    for strike in (None, kill_runner):
        session_id = server.post(SESSIONS, document)["id"]
        path = f"{SESSIONS}/{session_id}"
        server.post(f"{path}/dataset", {"name": "spiral", "seed": 3})
        server.post(f"{path}/step", {"steps": 700})
        if strike:
            strike(server)
            wait_for(lambda path=path: answer(server, "GET", path)[0] == 200)
        server.request("PATCH", path, {"training": {"l2": 0.01}})
        server.post(f"{path}/step", {"steps": 300})
        models.append(server.get(f"{path}/model"))
    same = models[0]["layers"] == models[1]["layers"]
    return Outcome(f"weights after 1,000 steps are {'the same' if same else 'different'}", same)
