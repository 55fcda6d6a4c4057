"""Workbooks: which sheet is read, and that none can take more room than it should."""

from __future__ import annotations

from datetime import date

import pytest

from nnlab.errors import InvalidInput
from nnlab.files.table.choices import Choices
from nnlab.files.table.reading import read
from nnlab.files.table.sheet import MOST_BYTES, sheet_rows, text_of
from tests.unit.files.table.workbooks import packed, sheet_part, workbook

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
