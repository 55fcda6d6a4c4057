"""Pacing over simulated time: steps keep the pace, frames their rate, and nothing is owed after a long gap."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.document.models import Pace
from nnlab.fleet.runner.audience import Seat
from nnlab.fleet.runner.load import FRAMES, LAST, thinned
from nnlab.fleet.runner.pacing import LONGEST_REST_S, MOST_CREDIT_S, SLICE_S, Pacing
from nnlab.session.picture.want import PLAIN
from tests.unit.making import CALM

SECONDS = 10.0
TURN_S = 1e-6  # what a turn costs without its steps
MOST_TURNS = 100_000
DEAREST_STEP_S = 0.002  # of the largest network


@dataclass
class Course:
    """What a simulation saw."""

    steps: int = 0
    turns: int = 0
    frames: list[float] = field(default_factory=list)
    slices: list[float] = field(default_factory=list)


def simulate(pace: Pace, *, cost_s: float, watched: bool) -> Course:
    """A session alone on a runner: turns when they are due, steps that cost time, frames that cost none."""
    pacing, seat, course = Pacing(0.0), Seat(PLAIN, 0.0), Course()
    pacing.start(0.0)
    now_s, stale = 0.0, False
    while course.turns < MOST_TURNS:
        frame_due_s = seat.due_s if watched and stale else SECONDS
        now_s = max(now_s, min(pacing.slice_due_s, frame_due_s))
        if now_s >= SECONDS:
            return course
        steps = pacing.steps_due(pace, now_s)
        now_s += steps * cost_s + TURN_S
        pacing.took(steps, steps * cost_s)
        pacing.plan_slice(pace, now_s, seat.due_after_s(pace, now_s) if watched else math.inf)
        course.turns += 1
        course.steps += steps
        course.slices.append(steps * cost_s)
        stale = stale or steps > 0
        if watched and stale and now_s >= seat.due_s:
            course.frames.append(now_s)
            seat.framed(pace, now_s)
            stale = False
    raise AssertionError("turns without end")


paces = st.builds(
    Pace, steps_per_second=st.floats(0.1, 20_000), frames_per_second=st.floats(0.2, 30), resolution=st.just(20)
)


@given(paces, st.floats(0, 0.5), st.booleans())
@CALM
def test_steps_taken_keep_the_pace_within_a_slice(pace: Pace, load: float, watched: bool) -> None:
    cost_s = min(load / pace.steps_per_second, DEAREST_STEP_S)
    course = simulate(pace, cost_s=cost_s, watched=watched)
    asked = pace.steps_per_second * SECONDS
    assert course.steps <= asked + 1  # the first step comes at once
    assert course.steps >= asked - 1 - pace.steps_per_second * (2 * LONGEST_REST_S + SLICE_S)


@given(paces, st.floats(0, 0.5))
@CALM
def test_turns_are_few_however_slow_or_fast_the_pace(pace: Pace, load: float) -> None:
    cost_s = load / pace.steps_per_second
    course = simulate(pace, cost_s=cost_s, watched=True)
    full_slices = course.steps / max(1, int(SLICE_S / max(cost_s, 1e-7)))
    assert course.turns <= 20 + 2 * full_slices + 3 * SECONDS * (pace.frames_per_second + 1 / LONGEST_REST_S)


@given(st.floats(1.1 / LONGEST_REST_S, 30), st.floats(1, 100))
@CALM
def test_a_frame_costs_one_turn_with_the_steps_that_it_shows(rate: float, steps_a_frame: float) -> None:
    pace = Pace(steps_per_second=rate * steps_a_frame, frames_per_second=rate)
    course = simulate(pace, cost_s=1e-6, watched=True)
    assert course.turns <= 1.1 * SECONDS * rate + 2


@pytest.mark.parametrize("stage", range(FRAMES, LAST + 1))
def test_no_frame_of_a_busy_runner_costs_two_turns(stage: int) -> None:
    pace = thinned(Pace(steps_per_second=600, frames_per_second=12), stage)
    course = simulate(pace, cost_s=1e-6, watched=True)
    assert course.turns <= 1.1 * len(course.frames) + 2


@given(st.floats(1, 30), st.floats(0, 3))
@CALM
def test_frames_keep_their_rate_even_under_overload(rate: float, load: float) -> None:
    pace = Pace(steps_per_second=1000.0, frames_per_second=rate)
    course = simulate(pace, cost_s=load / 1000, watched=True)
    assert 0.9 * SECONDS * rate - 2 <= len(course.frames) <= SECONDS * rate + 2
    shortest = min((later - earlier for earlier, later in pairwise(course.frames)), default=1.0)
    assert shortest >= 0.5 / rate - 1e-9


@given(st.floats(0.1, 5))
@CALM
def test_a_pace_slower_than_the_frames_shows_each_step_once(steps_per_second: float) -> None:
    course = simulate(Pace(steps_per_second=steps_per_second, frames_per_second=12.0), cost_s=1e-4, watched=True)
    assert abs(len(course.frames) - course.steps) <= 1


@given(st.floats(1e-5, 1e-3))
@CALM
def test_under_overload_a_slice_stays_a_slice(cost_s: float) -> None:
    course = simulate(Pace(steps_per_second=50_000.0), cost_s=cost_s * 10, watched=True)
    assert max(course.slices) <= max(SLICE_S, cost_s * 10) * 1.001
    assert course.steps * cost_s * 10 >= 0.9 * SECONDS, "an overloaded session trains all the time"


@given(paces, st.floats(1, 1e6))
@CALM
def test_nothing_is_owed_after_a_long_gap(pace: Pace, gap_s: float) -> None:
    pacing = Pacing(0.0)
    pacing.start(0.0)
    taken = 0
    while (steps := pacing.steps_due(pace, gap_s)) > 0:
        pacing.took(steps, 1e-7 * steps)
        taken += steps
    assert taken <= max(1.0, pace.steps_per_second * MOST_CREDIT_S)


@given(paces, st.floats(0, 1e6))
@CALM
def test_a_start_owes_one_step_and_nothing_for_the_time_before(pace: Pace, began_s: float) -> None:
    pacing = Pacing(0.0)
    pacing.took(1, 1e-7)
    pacing.start(began_s)
    assert pacing.slice_due_s == began_s
    assert pacing.steps_due(pace, began_s) == 1


def test_a_slice_is_one_step_until_the_cost_is_known_and_then_what_fits() -> None:
    pacing = Pacing(0.0)
    assert pacing.steps_in_a_slice() == 1
    pacing.took(0, 1.0)
    assert pacing.steps_in_a_slice() == 1
    pacing.took(10, 10 * SLICE_S / 8)
    assert pacing.steps_in_a_slice() in (7, 8)
    pacing.took(1, 100 * SLICE_S)
    assert pacing.steps_in_a_slice() == 1


@pytest.mark.parametrize("cost_s", [SLICE_S / 2.5, SLICE_S / 30.5])
def test_the_cost_of_a_step_is_learnt_anew(cost_s: float) -> None:
    pacing = Pacing(0.0)
    pacing.took(1, SLICE_S)
    for _ in range(30):
        pacing.took(10, 10 * cost_s)
    assert pacing.steps_in_a_slice() == int(SLICE_S / cost_s)


@given(paces, st.floats(0.001, 0.3), st.sampled_from([0.0, math.inf]))
@CALM
def test_a_change_brings_the_next_slice_forward_and_never_puts_it_off(
    pace: Pace, after_s: float, frame_due_s: float
) -> None:
    pacing = Pacing(0.0)
    pacing.start(0.0)
    pacing.took(pacing.steps_due(pace, 0.0), 1e-6)
    pacing.plan_slice(pace, 0.0, frame_due_s)
    due_s = pacing.slice_due_s
    pacing.hasten_slice(pace, after_s, frame_due_s)
    assert pacing.slice_due_s <= due_s
    pacing.hasten_slice(Pace(steps_per_second=50_000.0), after_s, math.inf)
    assert pacing.slice_due_s <= min(due_s, after_s + LONGEST_REST_S)
