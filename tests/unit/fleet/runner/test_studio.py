"""Long looks off the runner's thread: one at a time, in fair turns, and an answer for everybody."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest

from nnlab.errors import TooMany, Unavailable
from nnlab.fleet.codec import Misunderstood
from nnlab.fleet.runner.audience import REST_AFTER_FAILURE_S
from nnlab.fleet.runner.awake import Awake
from nnlab.fleet.runner.studio import LONGEST_S, MOST_JOBS, MOST_LOOKS, Studio
from nnlab.fleet.runner.studio import Bench as RealBench
from nnlab.fleet.wire import Event, FrameOrder, Made, Order, Reply, Watch
from nnlab.session import commands
from nnlab.session.picture.want import PLAIN, Want
from tests.unit.fleet.conftest import FakeTime
from tests.unit.fleet.labs import Lab, V, W
from tests.unit.making import make_session, wait_until

QUERY = commands.ReadDiagnostics()


class Bench:
    """Stands in for the process: takes orders and makes nothing."""

    def __init__(self, deliver: Callable[[Made], None]) -> None:
        self.deliver = deliver
        self.orders: list[Order] = []
        self.kills = 0

    def make(self, order: Order) -> None:
        """Take an order."""
        self.orders.append(order)

    def kill(self) -> None:
        """Count."""
        self.kills += 1


class Room:
    """A studio with such a bench, and what it delivered by itself."""

    def __init__(self) -> None:
        self.delivered: list[Made] = []
        self.gone: set[str] = set()
        self.studio = Studio(self.delivered.append, lambda awake: awake.view_id not in self.gone)
        bench: Any = self.studio._bench
        self.bench: Bench = bench

    def session(self, view_id: str) -> Awake:
        """A session that is watched."""
        awake = Awake(view_id, make_session(pace={"resolution": 20}), term=1)
        awake.audience.enter(PLAIN)
        return awake


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    """A studio without a process."""
    monkeypatch.setattr("nnlab.fleet.runner.studio.Bench", Bench)
    return Room()


def test_one_look_at_a_time_and_its_copy_is_taken_when_its_turn_comes(room: Room) -> None:
    awake = room.session(V)
    room.studio.look(awake, 1, QUERY)
    room.studio.look(awake, 2, QUERY)
    assert len(room.bench.orders) == 1
    awake.subject.change(awake.subject.document.merged({"title": "newer"}), "title")
    assert room.studio.finish(Made("first")) == (V, [Reply(1, "first")])
    assert '"newer"' in room.bench.orders[1].copy.checkpoint.document
    assert room.studio.finish(Made(error=TooMany("x")))[1][0].error.status == 429  # type: ignore[union-attr]
    assert len(room.bench.orders) == 2


def test_too_many_looks_of_one_session_are_refused_and_those_of_another_are_not(room: Room) -> None:
    awake = room.session(V)
    for request_id in range(MOST_LOOKS):
        room.studio.look(awake, request_id, QUERY)
    with pytest.raises(TooMany):
        room.studio.look(awake, 99, QUERY)
    room.studio.look(room.session(W), 100, QUERY)
    room.studio.finish(Made())
    room.studio.look(awake, 101, QUERY)


def test_not_more_than_some_dozens_of_jobs_wait(room: Room) -> None:
    with pytest.raises(TooMany):
        for number in range(MOST_JOBS + 2):
            room.studio.look(room.session(f"v{number:022}"), number, QUERY)
    assert number == MOST_JOBS + 1, "one more is in work"


def test_sessions_take_turns_by_what_their_looks_cost(room: Room) -> None:
    dear, cheap = room.session(V), room.session(W)
    for request_id in range(4):
        room.studio.look(dear, request_id, QUERY)
        room.studio.look(cheap, 10 + request_id, QUERY)
    answered = []
    for _ in range(8):
        is_dear = room.studio._in_work.awake is dear  # type: ignore[union-attr]
        _, replies = room.studio.finish(Made(took_s=1.0 if is_dear else 0.1))
        answered += [reply.request_id for reply in replies if isinstance(reply, Reply)]
    assert answered == [0, 10, 11, 12, 13, 1, 2, 3]


def test_frames_are_ordered_once_and_shown_when_they_are_made(room: Room) -> None:
    awake = room.session(V)
    room.studio.pose(awake)
    assert awake.is_posing
    assert isinstance(room.bench.orders[0], FrameOrder)
    event = Event(V, "frame", (), b"picture")
    assert room.studio.finish(Made(events=(event,))) == (V, [event])
    assert not awake.is_posing


@pytest.mark.parametrize("fails", ["making", "copying"])
def test_frames_that_could_not_be_made_are_tried_again_after_a_rest(
    room: Room, clock: FakeTime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fails: str
) -> None:
    awake = room.session(V)
    awake.documents_due()
    with monkeypatch.context() as patch, caplog.at_level(logging.CRITICAL):
        if fails == "copying":
            patch.setattr(awake.subject, "trainer", None)
        room.studio.pose(awake)
    made = Made(error=Unavailable("not finished")) if fails == "making" else room.delivered[0]
    assert room.studio.finish(made) == (V, [])
    assert awake.due_s(0.0) == clock.now_s + REST_AFTER_FAILURE_S
    assert awake.frames_due() == []
    clock.now_s += REST_AFTER_FAILURE_S
    room.studio.pose(awake)
    assert isinstance(room.bench.orders[-1], FrameOrder)


def test_frames_of_a_session_that_was_put_away_are_not_shown(room: Room) -> None:
    awake = room.session(V)
    room.studio.pose(awake)
    room.gone.add(V)
    assert room.studio.finish(Made(events=(Event(V, "frame", PLAIN, b"picture"),))) == (V, [])


def test_without_watchers_there_is_nothing_to_make(room: Room) -> None:
    awake = room.session(V)
    awake.audience.leave(PLAIN)
    room.studio.pose(awake)
    assert (room.bench.orders, room.delivered) == ([], [Made()])
    assert room.studio.finish(room.delivered[0]) == (V, [])


def test_a_look_at_a_session_that_was_put_away_is_answered(room: Room) -> None:
    room.gone.add(V)
    room.studio.look(room.session(V), 1, QUERY)
    (reply,) = room.studio.finish(*room.delivered)[1]
    assert isinstance(reply, Reply)
    assert isinstance(reply.error, Unavailable)


def test_a_session_that_cannot_be_copied_is_an_internal_error(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    broken = room.session(V)
    broken.subject.trainer = None  # type: ignore[assignment]
    with caplog.at_level(logging.CRITICAL):
        room.studio.look(broken, 1, QUERY)
    (reply,) = room.studio.finish(*room.delivered)[1]
    assert isinstance(reply, Reply)
    assert reply.error is not None
    assert reply.error.code == "internal_error"


def test_a_look_that_hangs_is_ended(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeTime()
    monkeypatch.setattr("nnlab.fleet.runner.studio.time", clock)
    room.studio.look(room.session(V), 1, QUERY)
    clock.now_s += LONGEST_S
    room.studio.look_after()
    assert room.bench.kills == 0
    clock.now_s += 1
    room.studio.look_after()
    room.studio.look_after()
    assert room.bench.kills == 1


@pytest.mark.parametrize("error", [TypeError("cannot be sent"), Misunderstood("no message")])
def test_whatever_fails_between_runner_and_studio_is_an_answer_and_the_next_order_is_made(
    error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    exchanged = iter([error, Made("made")])

    def exchange(order: Order) -> Made:
        if isinstance(found := next(exchanged), Exception):
            raise found
        return found

    delivered: list[Made] = []
    bench = RealBench(delivered.append)
    monkeypatch.setattr(bench, "_exchange", exchange)
    with caplog.at_level(logging.CRITICAL):
        for order in ("first", "second"):
            bench.make(order)  # type: ignore[arg-type]
        wait_until(lambda: len(delivered) == 2)
    bench.close()
    assert delivered[0].error is not None
    assert (delivered[0].error.code, delivered[1].value) == ("internal_error", "made")


# With the real process


def process_of(lab: Lab) -> Any:
    assert lab.runner is not None
    return lab.runner._studio._bench._process


@pytest.mark.thorough
def test_long_looks_are_made_in_another_process_which_is_replaced_when_it_dies(
    lab: Lab, caplog: pytest.LogCaptureFixture
) -> None:
    assert process_of(lab) is None, "it is started when it is needed"
    lab.call(V, commands.Step(steps=5))
    assert lab.call(V, QUERY)["step"] == 5
    first = process_of(lab)
    first.kill()
    first.wait()
    with caplog.at_level(logging.CRITICAL), pytest.raises(Unavailable):
        lab.call(V, QUERY)
    assert lab.call(V, QUERY)["step"] == 5
    assert process_of(lab).pid != first.pid


def test_frames_that_take_long_come_from_the_studio_and_training_goes_on_meanwhile(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnlab.fleet.runner.looks.LONG_S", 0.0)
    lab.channel.tell(Watch(V, Want(("weights",))))
    lab.call(V, commands.Run())
    wait_until(lambda: len(lab.events("frame")) > 3)
    assert process_of(lab) is not None
    frames = lab.events("frame")
    assert [one["seq"] for one in frames] == sorted({one["seq"] for one in frames})
    assert frames[-1]["step"] > frames[0]["step"]
    assert all("weights" in one for one in frames)
    lab.call(V, commands.Pause())
    step = lab.step_of()
    wait_until(lambda: [lab.events("frame")[-1][name] for name in ("step", "state")] == [step, "paused"])
