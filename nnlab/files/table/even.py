"""Lines that are all alike, found in the bytes of a text: a table of five megabytes is a quarter of a million rows."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from nnlab.files.table.digits import Float64s, Places, numbers_in

Item = TypeVar("Item")

BLANKS = re.compile(r"[ \t]+")
CHUNK = 20_000  # lines that are split in one go: other threads run in between
PACKED_BYTES = 8  # cells of up to so many are told apart as whole numbers
NEWLINE, BLANK, TAB = 10, 32, 9


def split_at_blanks(text: str) -> list[str]:
    """The cells between blanks and tabs; a blank that does not break, as in 1 000, belongs to its cell."""
    return text.split() if text.isascii() else BLANKS.split(text.strip(" \t"))


class CutOut(Sequence[Item]):
    """What is cut out of a text piece by piece, each when it is asked for."""

    @abstractmethod
    def _item(self, index: int) -> Item:
        """One piece."""

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...

    def __getitem__(self, index: int | slice) -> Item | list[Item]:
        if isinstance(index, slice):
            return self._items(index)
        return self._item(index)

    def _items(self, some: slice) -> list[Item]:
        """Several pieces."""
        return [self._item(each) for each in range(*some.indices(len(self)))]


class Lines(CutOut[str]):
    """The lines of a text, cut out of its bytes when they are asked for. `ends`: where each one ends."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.data = np.frombuffer(text.encode(), np.uint8)
        self.ends: Places = np.append(np.flatnonzero(self.data == NEWLINE), len(self.data))

    def __len__(self) -> int:
        return len(self.ends)

    def _item(self, index: int) -> str:
        return self.between(self.ends[index - 1] + 1 if index else 0, self.ends[index])

    def __iter__(self) -> Iterator[str]:
        return iter(self.text.split("\n"))

    def between(self, start: int | np.intp, end: int | np.intp) -> str:
        """The text between two places."""
        return self.data[start:end].tobytes().decode()

    def all_between(self, starts: Places, ends: Places) -> list[str]:
        """The texts between places (N,) and places (N,)."""
        places = zip(starts.tolist(), ends.tolist(), strict=True)
        if self.text.isascii():  # a letter, a byte
            return [self.text[start:end] for start, end in places]
        return [self.between(start, end) for start, end in places]

    @cached_property
    def eights(self) -> NDArray[np.uint64]:
        """The eight bytes from each place on as one number, the first of them the lowest; zeros behind the end."""
        padded = np.append(self.data, np.zeros(PACKED_BYTES, np.uint8))
        return np.ndarray((len(self.data) + 1,), "<u8", padded, strides=(1,))


class EvenRows(CutOut[list[str]]):
    """Rows of equally many cells. starts, ends (N, width): where each cell stands in the text of the lines."""

    def __init__(self, lines: Lines, sign: str, starts: Places, ends: Places) -> None:
        self.lines, self.starts, self.ends = lines, starts, ends
        self.width = starts.shape[1]
        self._sign = sign

    def __len__(self) -> int:
        return len(self.starts)

    def _item(self, index: int) -> list[str]:
        return [self.cell(index, column) for column in range(self.width)]

    def cell(self, row: int, column: int) -> str:
        """One cell, without blanks around it."""
        text = self.lines.between(self.starts[row, column], self.ends[row, column])
        return text.strip() if self.has_blanks_around else text

    @property
    def has_blanks_around(self) -> bool:
        """Whether cells may have blanks around them in the text."""
        return self._sign != " "

    def columns(self, first: int) -> list[Sequence[str]]:
        """The cells of each column, from this row on."""
        return [Cells(self, column, first) for column in range(self.width)]

    @cached_property
    def all_cells(self) -> list[str]:
        """The cells of all rows, one row after the other."""
        cells: list[str] = []
        for start in range(0, len(self), CHUNK):
            begin, end = self.starts[start, 0], self.lines.ends[min(start + CHUNK, len(self)) - 1]
            cells += self._split(self.lines.between(begin, end))
        return cells

    def _split(self, text: str) -> list[str]:
        if self._sign == " ":
            return list(filter(None, text.replace("\n", " ").replace("\t", " ").split(" ")))
        joined = text.replace("\n", self._sign)
        cells = joined.split(self._sign)
        return cells if joined.isprintable() and " " not in joined else list(map(str.strip, cells))


class Cells(CutOut[str]):
    """The cells of one column, cut out when they are asked for."""

    def __init__(self, rows: EvenRows, column: int, first: int) -> None:
        self._rows, self._column, self._first = rows, column, first

    def __len__(self) -> int:
        return len(self._rows) - self._first

    def _item(self, index: int) -> str:
        return self._rows.cell(self._first + index, self._column)

    def _items(self, some: slice) -> list[str]:
        starts, ends = self._places
        cells = self._rows.lines.all_between(starts[some], ends[some])
        return list(map(str.strip, cells)) if self._rows.has_blanks_around else cells

    def __iter__(self) -> Iterator[str]:
        rows = self._rows
        return iter(rows.all_cells[self._first * rows.width + self._column :: rows.width])

    def packed(self) -> NDArray[np.uint64] | None:
        """A number (N,) for each cell, the same for the same bytes; None where some cell has too many of them."""
        lines = self._rows.lines
        starts, ends = self._places
        lengths = ends - starts
        if lengths.max() > PACKED_BYTES or "\0" in lines.text:
            return None
        masks = np.array([(1 << 8 * length) - 1 for length in range(PACKED_BYTES + 1)], np.uint64)
        return lines.eights[starts] & masks[lengths]

    def numbers(self, decimal: str) -> Float64s | None:
        """The numbers (N,) in the cells, NaN for empty ones; None where one is more than digits and a decimal sign."""
        return numbers_in(self._rows.lines.data, *self._places, decimal)

    @property
    def _places(self) -> tuple[Places, Places]:
        """Where each cell begins and where it ends."""
        rows = self._rows
        return rows.starts[self._first :, self._column], rows.ends[self._first :, self._column]


def even_rows(lines: Sequence[str], sign: str) -> EvenRows | None:
    """The rows, if each line has as many cells and quotes hold nothing together; else None."""
    if sign == "|" or not sign.isascii():  # a byte tells where cells end
        return None
    text = lines.text if isinstance(lines, Lines) else "\n".join(lines)
    bare = _without_quotes(text, sign)
    if bare is None:
        return None
    found = lines if isinstance(lines, Lines) and bare is text else Lines(bare)
    places = _between_blanks(found) if sign == " " else _between_signs(found, sign)
    return None if places is None else EvenRows(found, sign, *places)


def _between_signs(lines: Lines, sign: str) -> tuple[Places, Places] | None:
    """Starts and ends (N, width) of the cells; None where some line has more than another."""
    cuts = np.append(np.flatnonzero((lines.data == ord(sign)) | (lines.data == NEWLINE)), len(lines.data))
    width = int(np.searchsorted(cuts, lines.ends[0])) + 1
    if len(cuts) != width * len(lines) or not np.array_equal(cuts[width - 1 :: width], lines.ends):
        return None
    starts = np.append(0, cuts[:-1] + 1)
    return starts.reshape(-1, width), cuts.reshape(-1, width)


def _between_blanks(lines: Lines) -> tuple[Places, Places] | None:
    is_blank = (lines.data == BLANK) | (lines.data == TAB) | (lines.data == NEWLINE)
    edges = np.diff(is_blank.view(np.int8), prepend=1, append=1)
    starts, ends = np.flatnonzero(edges == -1), np.flatnonzero(edges == 1)
    width, rest = divmod(len(starts), len(lines))
    if rest or not width:
        return None
    is_even = (ends[width - 1 :: width] <= lines.ends).all() and (starts[width::width] > lines.ends[:-1]).all()
    return (starts.reshape(-1, width), ends.reshape(-1, width)) if is_even else None


def _without_quotes(text: str, sign: str) -> str | None:
    """The text without quotes around whole cells; None where quotes do more than that."""
    quotes = text.count('"')
    if not quotes:
        return text
    framed = f"\n{text}\n"
    opening = framed.count(f'{sign}"') + framed.count('\n"')
    closing = framed.count(f'"{sign}') + framed.count('"\n')
    inside = "".join(text.split('"')[1::2])
    if '""' in text or 2 * opening != quotes or opening != closing or sign in inside or "\n" in inside:
        return None
    return text.replace('"', "")
