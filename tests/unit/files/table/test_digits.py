"""Numbers read out of a text's bytes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.files.table.digits import CHUNK, Float64s, numbers_in
from nnlab.files.table.numbers import number_of
from tests.unit.making import CALM

WRITTEN = st.from_regex(r"\A[+-]?([0-9]{1,15}|[0-9]{0,7}\.[0-9]{1,8})\Z") | st.just("")


def read(cells: list[str], decimal: str = ".") -> Float64s | None:
    """The numbers in cells that follow each other, with a sign between."""
    text = "".join(f"{cell};" for cell in cells)
    ends = np.flatnonzero(np.frombuffer(text.encode(), np.uint8) == ord(";"))
    return numbers_in(np.frombuffer(text.encode(), np.uint8), np.append(0, ends[:-1] + 1), ends, decimal)


@given(st.lists(WRITTEN, min_size=1))
@CALM
def test_each_is_the_double_that_python_reads(cells: list[str]) -> None:
    found = read(cells)
    assert found is not None
    wanted = [float(cell) if cell else math.nan for cell in cells]
    assert np.array_equal(found, wanted, equal_nan=True)
    assert np.array_equal(np.signbit(found), np.signbit(wanted))
    swapped = read([cell.replace(".", ",") for cell in cells], ",")
    assert swapped is not None
    assert np.array_equal(swapped, found, equal_nan=True)


@given(st.lists(st.text("0123456789+-.,e \N{MINUS SIGN}", max_size=18), min_size=1), st.sampled_from(".,"))
@CALM
def test_what_it_reads_is_what_each_cell_says(cells: list[str], decimal: str) -> None:
    found = read(cells, decimal)
    if found is not None:
        alone = [number_of(cell, decimal) if cell else math.nan for cell in cells]
        assert np.array_equal(found, np.array(alone, float), equal_nan=True)


@pytest.mark.parametrize(
    "odd", ["x", "-", ".", "1.2.3", "1,5", "1-2", "--1", "1e5", "1 ", "1234567890123456", "\N{MINUS SIGN}1", "5."]
)
def test_what_is_written_in_another_way_is_left_to_others(odd: str) -> None:
    assert read(["1", odd]) is None


def test_many_are_read_part_by_part() -> None:
    cells = [f"{number}.{number % 7}" for number in range(-CHUNK, CHUNK + 7)]
    found = read(cells)
    assert found is not None
    assert found.tolist() == [float(cell) for cell in cells]
