"""How far a part of a workbook reaches, told before the reader makes room for it."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.parsers.expat import ExpatError, ParserCreate

from nnlab.errors import InvalidInput
from nnlab.files.table.choices import refused
from nnlab.sentence import Sentence

MOST_CELLS = 400_000  # from A1 to the last cell: the reader makes room for all, and lets no other thread run
MOST_STRINGS = 4_000_000  # the reader makes room for as many as are announced
PLACE = re.compile(r"([A-Za-z]*)([0-9]+)")
LONGEST_PLACE = 12  # XFD1048576 has 10


def extent_of(content: bytes, *, are_strings: bool = False) -> Extent:
    """What a sheet takes, or the strings' part. Raises InvalidInput for too much, ExpatError for what is no XML."""
    extent = Extent()
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = extent.start
    parser.EndElementHandler = extent.end
    if are_strings:
        parser.CharacterDataHandler = extent.text
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.Parse(content, True)
    return extent


def too_large() -> InvalidInput:
    """The error for a workbook that takes too much room."""
    return refused("body", Sentence("This workbook is too large; save the table alone, as CSV."))


class Extent:
    """Counts as the reader does: rows and cells without a place of their own stand behind those before them.

    `last_row`, `last_column`: of the cells, from 1. `num_texts`: cells whose text is one of the shared strings.
    `longest`: letters in the longest of those.
    """

    def __init__(self) -> None:
        self.num_texts = self.longest = 0
        self.last_row = self.last_column = 1
        self._row = self._column = 1  # where the next cell stands
        self._length = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag that opens."""
        match name.rpartition(":")[2]:
            case "c":
                self._add_cell(attributes)
            case "row" if "r" in attributes:
                self._row = _place(attributes["r"])[0]
            case "si":
                self._length = 0
            case "sst":
                if _place(attributes.get("uniqueCount", "").lstrip("+"))[0] > MOST_STRINGS:
                    raise too_large()

    def end(self, name: str) -> None:
        """A tag that closes."""
        if name.rpartition(":")[2] == "row":
            self._row, self._column = self._row + 1, 1

    def text(self, text: str) -> None:
        """What stands between tags."""
        self._length += len(text)
        self.longest = max(self.longest, self._length)

    def _add_cell(self, attributes: dict[str, str]) -> None:
        row = self._row
        if "r" in attributes:
            row, self._column = _place(attributes["r"])
        if attributes.get("t") == "s":
            self.num_texts += 1
        if row > self.last_row or self._column > self.last_column:
            self.last_row = max(self.last_row, row)
            self.last_column = max(self.last_column, self._column)
            if self.last_row * self.last_column > MOST_CELLS:
                raise too_large()
        self._column += 1


def _place(text: str) -> tuple[int, int]:
    """Row and column from 1; 1, 1 for what the reader will refuse."""
    if len(text) > LONGEST_PLACE:
        raise too_large()
    found = PLACE.fullmatch(text)
    if found is None:
        return 1, 1
    letters, digits = found.groups()
    return int(digits), _column(letters)


@lru_cache(1000)
def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = 26 * column + ord(letter) - 64
    return column


def _no_doctype(*_: object) -> None:
    """Other readers may disagree about where the declarations end, and so about which tags there are."""
    raise ExpatError("a declaration of its own")
