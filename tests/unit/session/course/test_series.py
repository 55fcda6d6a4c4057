"""The course of the loss: thinned evenly, never longer than a screen is wide."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.session.course.series import COARSE, COLUMNS, FINE_UP_TO, MOST_ROWS, Series
from tests.unit.making import CALM


def snapshot(step: int) -> dict[str, Any]:
    """Figures that can be told from the step."""
    return dict.fromkeys(COLUMNS, None) | {"step": step, "loss": 1 / (step + 1), "accuracy": step % 7 / 7}


def recorded(steps: Any) -> Series:
    series = Series()
    for step in steps:
        series.record(snapshot(step))
    return series


def gaps(series: Series) -> list[int]:
    return [later - earlier for earlier, later in pairwise(series.columns()["step"])]


@given(st.lists(st.integers(1, 50), max_size=60))
@CALM
def test_a_short_course_is_kept_whole(increments: list[int]) -> None:
    steps = [sum(increments[:count]) for count in range(len(increments) + 1)]
    columns = recorded(steps).columns()
    assert columns["step"] == steps
    assert columns["loss"] == [snapshot(step)["loss"] for step in steps]
    assert columns["test_loss"] == [None] * len(steps)


@pytest.mark.parametrize("stride", [1, 3])
def test_a_long_course_is_thinned_evenly_and_keeps_its_beginning(stride: int) -> None:
    series = Series()
    longest = 0
    for step in range(0, 12 * MOST_ROWS * stride, stride):
        series.record(snapshot(step))
        longest = max(longest, len(series.columns()["step"]) if step % 97 == 0 else 0)
    columns = series.columns()
    assert MOST_ROWS / 2 <= len(columns["step"]) <= MOST_ROWS
    assert longest <= MOST_ROWS
    assert columns["step"][0] == 0
    assert max(gaps(series)) <= 2 * min(gaps(series))
    assert 12 * MOST_ROWS * stride - columns["step"][-1] <= 2 * max(gaps(series))


def test_all_columns_have_one_length_and_belong_together() -> None:
    columns = recorded(range(0, 3 * MOST_ROWS)).columns()
    assert set(columns) == set(COLUMNS)
    assert {len(column) for column in columns.values()} == {len(columns["step"])}
    for step, loss, accuracy in zip(columns["step"], columns["loss"], columns["accuracy"], strict=True):
        assert (loss, accuracy) == (snapshot(step)["loss"], snapshot(step)["accuracy"])


def test_a_step_that_is_known_has_one_row_the_newest() -> None:
    series = recorded([0, 1, 1, 1, 2])
    series.record({**snapshot(2), "loss": 0.125})
    series.record({**snapshot(1), "loss": 0.5})  # an earlier moment that is looked at again
    assert series.columns()["step"] == [0, 1, 2]
    assert series.columns()["loss"] == [snapshot(0)["loss"], snapshot(1)["loss"], 0.125]


@pytest.mark.parametrize("count", [0, 1, 300, 3 * MOST_ROWS])
def test_a_rest_in_the_store_changes_nothing(count: int) -> None:
    series = recorded(range(count))
    assert Series.from_bytes(series.to_bytes()).columns() == series.columns()


def test_after_a_rest_a_long_course_goes_on_as_evenly() -> None:
    series = Series.from_bytes(recorded(range(5 * MOST_ROWS)).to_bytes())
    for step in range(5 * MOST_ROWS, 7 * MOST_ROWS):
        series.record(snapshot(step))
    assert max(gaps(series)) <= 2 * min(gaps(series))
    assert len(series.columns()["step"]) <= MOST_ROWS


def test_forgetting_drops_that_step_and_what_follows() -> None:
    series = recorded(range(10))
    series.forget_from(6)
    assert series.columns()["step"] == [0, 1, 2, 3, 4, 5]


def test_a_course_that_begins_anew_is_as_fine_as_a_first_one() -> None:
    series = recorded(range(5 * MOST_ROWS))
    series.forget_from(0)
    for step in range(100):
        series.record(snapshot(step))
    assert series.columns()["step"] == list(range(100))


def test_the_steps_of_the_rows_do_not_depend_on_how_training_is_cut() -> None:
    """A row a step at first, then as far apart as a sixteenth of the way."""
    steps = []
    series = Series()
    while (step := series.next_step()) < 2_000:
        series.record(snapshot(step))
        steps.append(step)
    assert steps[:17] == list(range(17))
    assert all(later - earlier == max(1, min(earlier // FINE_UP_TO, COARSE)) for earlier, later in pairwise(steps))


def test_a_look_that_costs_much_is_taken_less_often() -> None:
    series = recorded([0])
    assert series.next_step(least=100) == 100


def test_the_present_is_shown_and_not_recorded() -> None:
    series = recorded([0, 3])
    assert series.columns(snapshot(5))["step"] == [0, 3, 5]
    assert series.columns(snapshot(3))["step"] == [0, 3]
    assert series.columns(snapshot(1))["step"] == [0, 3]  # an earlier moment, while what lies ahead is known
    assert series.columns()["step"] == [0, 3]
