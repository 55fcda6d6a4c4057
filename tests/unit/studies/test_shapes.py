"""Shapes of figures: numbers on an axis do not run into each other, and in a sentence they stay short."""

from __future__ import annotations

import pytest

from nnlab.sentence import Sentence
from nnlab.studies.shapes import numbers, percent, said


def test_an_axis_names_the_numbers_that_there_is_room_for_and_powers_of_ten_first() -> None:
    axis = numbers(Sentence("learning rate"), (0.03, 0.1, 0.3, 0.5, 0.8, 1.0, 3.0))
    assert [place for place, _ in axis.ticks] == [0.03, 0.1, 0.3, 0.5, 0.8, 1, 3]
    assert [text for _, text in axis.ticks] == ["0.03", "0.1", "0.3", "", "", "1", "3"]
    assert axis.limits is not None and axis.limits[0] < 0.03 < 3 < axis.limits[1]


def test_an_axis_of_a_single_number_finds_its_limits_itself() -> None:
    assert numbers(Sentence("learning rate"), (0.3,)).limits is None


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (0.01234, "0.012"), (12.3, "12"), (1234.5, "1234"), (8.9e55, "8.9e+55")]
)
def test_a_number_in_a_sentence_is_short(value: float | None, text: str) -> None:
    assert said(value) == text


def test_a_share_may_be_of_a_hundred() -> None:
    assert (percent(0.5), percent(50, 100), percent(None)) == ("50 %", "50 %", "–")
