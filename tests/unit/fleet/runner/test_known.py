"""What a busy runner shows again, and for how long."""

from __future__ import annotations

import json

import pytest

from nnlab.fleet.frames import inflate
from nnlab.fleet.runner.awake import Awake
from nnlab.fleet.runner.known import Known
from nnlab.fleet.runner.load import COARSER, FIGURES_EVERY_S, FRAMES, HEALTH_EVERY_S, STEPS, Load
from nnlab.session.hosting import frames
from nnlab.session.picture.snapshot import MEASURED, snapshot
from nnlab.session.picture.want import PLAIN
from tests.unit.making import make_session


class Clock:
    now_s = 100.0

    def monotonic(self) -> float:
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("nnlab.fleet.runner.known.time", clock)
    return clock


def busy(stage: int = FRAMES) -> Load:
    load = Load()
    load.stage = stage
    return load


def test_figures_are_shown_again_for_half_a_second_and_health_for_one(clock: Clock) -> None:
    known, shown = Known(), snapshot(make_session())
    known.note([shown], {})
    assert known.fields(busy()) == {name: shown[name] for name in (*MEASURED, "layers")}
    clock.now_s += FIGURES_EVERY_S
    assert set(known.fields(busy())) == {"layers"}
    known.note([shown], known.fields(busy()))
    assert set(known.fields(busy())) == {*MEASURED, "layers"}
    clock.now_s += HEALTH_EVERY_S - FIGURES_EVERY_S  # being shown again has made nothing fresher
    assert known.fields(busy()) == {}


def test_where_steps_are_few_they_are_shown_again_for_twice_as_long(clock: Clock) -> None:
    known = Known()
    known.note([snapshot(make_session())], {})
    clock.now_s += 1.5 * FIGURES_EVERY_S
    assert set(known.fields(busy())) == {"layers"}
    assert set(known.fields(busy(STEPS))) == {*MEASURED, "layers"}
    clock.now_s += 2 * HEALTH_EVERY_S
    assert known.fields(busy(STEPS)) == {}


@pytest.mark.parametrize("stage", [0, COARSER])
def test_everything_is_found_anew_while_there_is_time(clock: Clock, stage: int) -> None:
    known = Known()
    known.note([snapshot(make_session())], {})
    assert known.fields(busy(stage)) == {}


def test_a_frame_of_what_is_known_has_all_fields_of_one_that_is_new(clock: Clock) -> None:
    session, known = make_session(), Known()
    session.start()
    (first,) = frames(session, [PLAIN], session.pace, {})
    known.note([first], {})
    session.advance(20)
    (again,) = frames(session, [PLAIN], session.pace, known.fields(busy()))
    assert again.keys() == first.keys()
    assert (again["step"], again["loss"]) == (20, first["loss"])
    assert again["regions"] != first["regions"]


def shown_now(awake: Awake) -> tuple[float, float]:
    """(loss in the frame that is due, loss as it is)."""
    for seat in awake.audience:
        seat.due_s, seat.is_stale = 0.0, True
    (event,) = awake.frames_due()
    frame = json.loads(inflate(event.piece).partition(b"data: ")[2])
    return frame["loss"], snapshot(awake.subject)["loss"]


def test_after_a_change_and_at_the_end_figures_are_those_of_the_moment() -> None:
    awake = Awake("v" * 22, make_session(), term=1, load=busy())
    awake.welcome(PLAIN)
    awake.subject.start()
    shown_now(awake)
    awake.subject.trainer.step(50)
    shown, present = shown_now(awake)
    assert shown != present
    awake.show_change()
    shown, present = shown_now(awake)
    assert shown == present
    awake.subject.trainer.step(50)
    awake.subject.pause()
    shown, present = shown_now(awake)
    assert shown == present
