"""Seats of those who watch: when each is due, and who is shown what together."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.document.models import Pace
from nnlab.fleet.runner.audience import SHORTEST_FRAME_GAP_S, Audience, Seat
from nnlab.session.picture.want import PLAIN, Want
from tests.unit.fleet.conftest import FakeTime
from tests.unit.making import CALM

PACE = Pace(frames_per_second=10.0)


def test_a_change_is_shown_at_once_though_not_within_the_gap_of_the_last_frame() -> None:
    seat, pace = Seat(PLAIN, 0.0), Pace(frames_per_second=1.0)
    seat.framed(pace, 10.0)
    assert seat.due_s > 10.0 + SHORTEST_FRAME_GAP_S
    seat.show_soon(10.0)
    assert seat.due_s == pytest.approx(10.0 + SHORTEST_FRAME_GAP_S)
    seat.show_soon(20.0)
    assert seat.due_s == 20.0


@given(st.lists(st.tuples(st.floats(0, 0.5), st.booleans()), min_size=2, max_size=60), st.floats(0.2, 10))
@CALM
def test_who_has_asked_for_few_frames_gets_no_more_whatever_changes(
    moves: list[tuple[float, bool]], rate: float
) -> None:
    seat, now_s, frames = Seat(Want(frames_per_second=rate), 0.0), 0.0, 0
    for pause_s, changes in moves:
        now_s += pause_s
        if changes:
            seat.show_soon(now_s)
        if seat.is_nearly_due(PACE, now_s):
            seat.framed(PACE, now_s)
            frames += 1
    assert frames <= now_s * rate + 2


def test_a_seat_that_is_nearly_due_is_served_with_one_that_is(clock: FakeTime) -> None:
    audience = Audience()
    first, second = audience.enter(PLAIN), audience.enter(Want(("weights",)))
    first.due_s, second.due_s = clock.now_s, clock.now_s + 0.04
    assert audience.due(0, PACE) == [first, second]
    second.due_s = clock.now_s + 0.06
    assert audience.due(0, PACE) == [first]
    first.due_s = clock.now_s + 0.01
    assert audience.due(0, PACE) == []


def test_a_seat_without_news_is_not_served(clock: FakeTime) -> None:
    audience = Audience()
    seat = audience.enter(PLAIN)
    seat.is_stale = False
    assert (audience.due(0, PACE), audience.news_due_s(0, without_frames=False)) == ([], math.inf)
    assert audience.due(1, PACE) == [seat], "the document is another one"
    assert audience.news_due_s(1, without_frames=True) == clock.now_s
    audience.grow_stale()
    assert audience.due(0, PACE) == [seat]
    assert audience.news_due_s(0, without_frames=True) == math.inf


def test_a_session_from_the_store_is_shown_anew(clock: FakeTime) -> None:
    audience = Audience()
    seat = audience.enter(PLAIN)
    seat.is_stale, seat.revision_told, seat.due_s = False, 3, math.inf
    audience.start_over()
    assert audience.due(3, PACE) == list(audience) != [seat]


def test_an_empty_audience_wants_nothing(clock: FakeTime) -> None:
    audience = Audience()
    audience.enter(PLAIN)
    assert audience
    audience.leave(PLAIN)
    audience.leave(PLAIN)
    assert not audience
    assert (audience.next_due_s, audience.due(1, PACE), audience.wants("regions")) == (math.inf, [], False)
