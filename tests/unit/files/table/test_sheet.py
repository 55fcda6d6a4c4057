"""Workbooks: which sheet is read, and that none can take more room than it should."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from nnlab.errors import InvalidInput
from nnlab.files.table.choices import Choices
from nnlab.files.table.extent import extent_of
from nnlab.files.table.reading import read
from nnlab.files.table.sheet import MOST_BYTES, _check_size, sheet_rows, text_of
from tests.unit.files.table.workbooks import packed, sheet_part, workbook
from tests.unit.making import CALM

POINTS = [["x", "y", "label"], [1.5, -2, 0], [3, 4, 1]]


def test_the_first_sheet_is_read_or_the_one_that_is_chosen() -> None:
    content = workbook(POINTS, [["a", "b", "kind"], [9, 8, "cat"], [7, 6, "dog"]])
    assert [(p["x"], p["y"]) for p in read(content).points] == [(1.5, -2), (3, 4)]
    assert [(p["x"], p["y"]) for p in read(content, Choices(sheet="Sheet2")).points] == [(9, 8), (7, 6)]
    with pytest.raises(InvalidInput, match="sheet must be one of Sheet1, Sheet2; got Sheet3"):
        read(content, Choices(sheet="Sheet3"))
    with pytest.raises(InvalidInput, match="The sheet Sheet1 is empty"):
        read(workbook([]))


def test_lines_are_rows_of_the_sheet() -> None:
    found, _, _ = sheet_rows(workbook([[], ["Title"], *POINTS]))
    assert list(found.lines) == [2, 3, 4, 5]


def test_values_are_written_as_cells() -> None:
    assert [text_of(value) for value in (None, True, 3.0, 0.1, date(2026, 5, 1), " a ")] == [
        "", "true", "3", "0.1", "2026-05-01", "a",
    ]  # fmt: skip


def test_a_cell_far_away_makes_no_room_for_all_before_it() -> None:
    far = sheet_part('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    content = workbook(POINTS, replaced={"xl/worksheets/sheet1.xml": far})
    with pytest.raises(InvalidInput, match="too large"):
        read(content)


FAR_AWAY = {
    "letters beyond XFD": '<row r="3"><c r="AAAAAA999999"><v>1</v></c></row>',
    "a row that numbers its cells": '<row r="100000000"><c><v>1</v></c></row>',
    "a row after it": '<row r="99999999"/><row><c><v>1</v></c></row>',
    "cells after one far to the right": '<row r="9"><c r="AAAAA1"/><c><v>1</v></c></row>',
    "more digits than a number may have": f'<row r="{"9" * 5000}"><c><v>1</v></c></row>',
    "another prefix": '<q:row xmlns:q="q" r="99999999"><q:c r="C99999999"><q:v>1</q:v></q:c></q:row>',
}


@pytest.mark.parametrize("lines", FAR_AWAY.values(), ids=FAR_AWAY)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/elsewhere/first.part"])
def test_a_cell_is_far_away_however_its_place_is_told(lines: str, part: str) -> None:
    with pytest.raises(InvalidInput, match="too large"):
        _check_size(workbook(POINTS, replaced={part: sheet_part(lines)}))


PLACES = st.sampled_from(["", *(f' r="{letter}{row}"' for letter in ("A", "c", "AB") for row in (1, 2, 7, 30))])
CELLS = PLACES.flatmap(lambda place: st.sampled_from([f"<c{place}/>", f"<c{place}><v>1</v></c>"]))
NUMBERS = st.sampled_from(["", *(f' r="{number}"' for number in (1, 3, 9, 40))])
LINES = st.recursive(
    CELLS,
    lambda inside: st.tuples(NUMBERS, st.lists(inside, max_size=5)).map(
        lambda it: f"<row{it[0]}>{''.join(it[1])}</row>"
    ),
)


@given(st.lists(LINES, max_size=6).map("".join))
@CALM
def test_no_more_room_is_made_than_was_measured(lines: str) -> None:
    sheet = sheet_part(lines)
    extent = extent_of(sheet)
    content = workbook(POINTS, replaced={"xl/worksheets/sheet1.xml": sheet})
    values = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert len(values) <= extent.last_row
    assert max(map(len, values), default=0) <= extent.last_column


def test_cells_without_places_stand_one_after_the_other() -> None:
    rows = "".join(f"<row><c><v>{n}.5</v></c><c><v>{n % 90}.25</v></c></row>" for n in range(3_000))
    content = workbook(POINTS, replaced={"xl/worksheets/sheet1.xml": sheet_part(rows)})
    found, _, _ = sheet_rows(content)
    assert [len(found.rows), found.rows[-1]] == [3_000, ["2999.5", "29.25"]]


def test_one_long_text_does_not_fill_many_cells() -> None:
    lines = "".join(f'<row><c t="s"><v>{n % 2}</v></c></row>' for n in range(1, 10_001))
    strings = f"<sst><si><t>sheetData</t></si><si><t>{'b' * 30_000}</t></si></sst>".encode()
    with pytest.raises(InvalidInput, match="too large"):
        _check_size(
            workbook(POINTS, replaced={"xl/worksheets/sheet1.xml": sheet_part(lines), "xl/sharedStrings.xml": strings})
        )


def test_no_room_is_made_for_strings_that_are_only_announced() -> None:
    strings = b'<sst count="2" uniqueCount="4294967295"><si><t>a</t></si></sst>'
    with pytest.raises(InvalidInput, match="too large"):
        _check_size(workbook(POINTS, replaced={"xl/sharedStrings.xml": strings}))


def test_a_sheet_with_declarations_of_its_own_is_broken() -> None:
    sheet = b'<!DOCTYPE worksheet [<!ENTITY x "]>">]>' + sheet_part("")
    with pytest.raises(InvalidInput, match="broken"):
        _check_size(workbook(POINTS, replaced={"xl/worksheets/sheet1.xml": sheet}))


def test_a_workbook_that_unpacks_to_much_is_refused() -> None:
    content = workbook(POINTS, replaced={"xl/media/image.bin": b"\0" * (MOST_BYTES + 1)})
    assert len(content) < 200_000
    with pytest.raises(InvalidInput, match="too large"):
        read(content)


def test_a_broken_workbook_is_refused_in_words() -> None:
    content = workbook(POINTS)
    for broken in (content[:-40], content[:100] + bytes(50) + content[150:], packed({"xl/workbook.xml": b"<"})):
        with pytest.raises(InvalidInput):
            read(broken)
