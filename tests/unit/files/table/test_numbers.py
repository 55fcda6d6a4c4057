"""Numbers as people write them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.files.table.numbers import decimal_of, number_of, numbers_of
from tests.unit.making import CALM


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.5", ".", 1.5),
        ("1,5", ",", 1.5),
        ("-.5", ".", -0.5),
        ("\N{MINUS SIGN}3", ".", -3),
        ("1,234.5", ".", 1234.5),
        ("1.234,5", ",", 1234.5),
        ("1\u202f234,5", ",", 1234.5),
        ("12'345", ".", 12345),
        ("1e-3", ".", 0.001),
        ("1,5E+2", ",", 150),
        ("1,5", ".", None),
        ("1.5", ",", None),
        ("12,34,567", ".", None),
        ("1,234'567", ".", None),
        ("1_000", ".", None),
        ("nan", ".", None),
        ("1e999", ".", None),
        ("\u0661", ".", None),
        ("1,", ",", None),
        ("", ".", None),
    ],
)
def test_a_text_is_a_number_or_none(text: str, decimal: str, value: float | None) -> None:
    assert number_of(text, decimal) == value


@given(
    st.lists(
        st.sampled_from(
            [
                "1.5",
                "-2",
                "1,234",
                "1,234,567.5",
                "1,5",
                "1.234,5",
                "5,",
                "",
                "x",
                "3e2",
                "1e999",
                "7\n",
                "\N{MINUS SIGN}1",
            ]
        )
    )
)
@CALM
def test_many_at_once_are_the_same_as_each_by_itself(cells: list[str]) -> None:
    for decimal in ".,":
        alone = [number_of(cell, decimal) for cell in cells]
        together = [None if math.isnan(value) else value for value in numbers_of(cells, decimal)]
        assert together == alone


@pytest.mark.parametrize("odd", ["", "x", "1.5", "1,5", "1.234,5", "\N{MINUS SIGN}1", "1e999", "3e2"])
def test_a_large_column_is_read_as_its_cells_are(odd: str) -> None:
    for decimal in ".,":
        cells = [f"{number}{decimal}{number % 7}" for number in range(-1500, 1500)] + [odd]
        alone = [number_of(cell, decimal) for cell in cells]
        assert [None if math.isnan(value) else value for value in numbers_of(cells, decimal)] == alone


@pytest.mark.parametrize(
    ("cells", "separator", "sign", "certain"),
    [
        (["1.5", "2"], ";", ".", True),
        (["1,5", "2"], ";", ",", True),
        (["0.123", "1.234"], ";", ".", True),
        (["1.234"], ",", ".", True),
        (["1.234"], ";", ".", False),
        (["1,234"], ";", ",", False),
        (["1,234"], ",", ".", False),
        (["1.234.567"], ";", ",", True),
        (["1.5", "1,5"], ";", ".", False),
        (["12", "7"], ";", ".", True),
    ],
)
def test_the_decimal_sign_is_found_out_or_not_certain(
    cells: list[str], separator: str, sign: str, certain: bool
) -> None:
    found = decimal_of([cells], separator)
    assert (found.sign, found.certain) == (sign, certain)
