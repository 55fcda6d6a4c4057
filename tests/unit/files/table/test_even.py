"""Lines that are all alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.files.table.even import CHUNK, Lines, even_rows
from tests.unit.making import CALM

CELLS = st.text("ab1.-ä\N{NO-BREAK SPACE}\x0b\x1f", min_size=1, max_size=12)
ROWS = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1))


@given(ROWS, st.sampled_from([",", ";", "\t", " "]))
@CALM
def test_cells_are_those_between_the_signs(rows: list[list[str]], sign: str) -> None:
    found = even_rows(Lines("\n".join(map(sign.join, rows))), sign)
    assert found is not None
    wanted = rows if sign == " " else [[cell.strip() for cell in row] for row in rows]
    assert list(found) == wanted
    for first in (0, len(rows) - 1):
        assert [list(column) for column in found.columns(first)] == [
            [row[number] for row in wanted[first:]] for number in range(len(rows[0]))
        ]
        assert [column[0] for column in found.columns(first)] == wanted[first]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("1,2\n3", ","),
        ("1,2\n3,4,5", ","),
        ("1\n2,3,4\n5", ","),
        ("1 2\n3", " "),
        ("1 2 3\n4", " "),
        ("1,2\n\n3,4", ","),
        ('"1,2",3\n4,5', ","),
        ('"a ""b""",1\nc,2', ","),
        ("1|2\n3|4", "|"),
    ],
)
def test_lines_that_differ_are_left_to_others(text: str, sign: str) -> None:
    assert even_rows(Lines(text), sign) is None


@pytest.mark.parametrize("text", ["  1   2 \n\t3\t4", "1 2\n3 4", '"1" "2"\n"3" "4"'])
def test_blanks_may_be_as_wide_as_columns_want(text: str) -> None:
    found = even_rows(Lines(text), " ")
    assert found is not None
    assert list(found) == [["1", "2"], ["3", "4"]]


def test_many_lines_are_split_part_by_part() -> None:
    rows = [f"{number},{number % 3}" for number in range(2 * CHUNK + 7)]
    found = even_rows(Lines("\n".join(rows)), ",")
    assert found is not None
    assert list(found.columns(0)[0]) == list(map(str, range(len(rows))))


@given(st.lists(st.text("abä ", max_size=5), min_size=1))
@CALM
def test_lines_are_those_of_the_text(lines: list[str]) -> None:
    found = Lines("\n".join(lines))
    assert [found[index] for index in range(len(found))] == list(found) == lines
    assert found[1:3] == lines[1:3]
