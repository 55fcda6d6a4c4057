"""Lines that are all alike, split at once: a table of five megabytes is a quarter of a million rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import repeat
from typing import overload

BLANKS = re.compile(r"[ \t]+")
CHUNK = 20_000  # lines that are split in one go: other threads run in between


def split_at_blanks(text: str) -> list[str]:
    """The cells between blanks and tabs; a blank that does not break, as in 1 000, belongs to its cell."""
    return text.split() if text.isascii() else BLANKS.split(text.strip(" \t"))


class EvenRows(Sequence[list[str]]):
    """Rows of equally many cells, split when they are asked for; `columns` are split all at once."""

    def __init__(self, lines: list[str], sign: str, width: int) -> None:
        self._lines, self._sign, self.width = lines, sign, width

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> list[str]: ...

    @overload
    def __getitem__(self, index: slice) -> list[list[str]]: ...

    def __getitem__(self, index: int | slice) -> list[str] | list[list[str]]:
        if isinstance(index, slice):
            return [self._split(line) for line in self._lines[index]]
        return self._split(self._lines[index])

    def columns(self, first: int) -> list[list[str]]:
        """The cells of each column, from this row on."""
        columns: list[list[str]] = [[] for _ in range(self.width)]
        for start in range(first, len(self._lines), CHUNK):
            cells = self._cells(self._lines[start : start + CHUNK])
            for number, column in enumerate(columns):
                column += cells[number :: self.width]
        return columns

    def _cells(self, lines: list[str]) -> list[str]:
        if self._sign == " ":
            return split_at_blanks(" ".join(lines))
        text = self._sign.join(lines)
        cells = text.split(self._sign)
        return list(map(str.strip, cells)) if " " in text or "\t" in text or not text.isascii() else cells

    def _split(self, line: str) -> list[str]:
        return split_at_blanks(line) if self._sign == " " else [cell.strip() for cell in line.split(self._sign)]


def even_rows(lines: list[str], sign: str) -> EvenRows | None:
    """The rows, if each line has as many cells and quotes hold nothing together; else None."""
    if sign == "|":
        return None
    bare = _without_quotes(lines, sign)
    if bare is None:
        return None
    counts = set(map(len, map(split_at_blanks, bare))) if sign == " " else set(map(str.count, bare, repeat(sign)))
    if len(counts) != 1:
        return None
    (count,) = counts
    return EvenRows(bare, sign, count if sign == " " else count + 1)


def _without_quotes(lines: list[str], sign: str) -> list[str] | None:
    """The lines without quotes around whole cells; None where quotes do more than that."""
    text = "\n".join(lines)
    quotes = text.count('"')
    if not quotes:
        return lines
    framed = f"\n{text}\n"
    opening = framed.count(f'{sign}"') + framed.count('\n"')
    closing = framed.count(f'"{sign}') + framed.count('"\n')
    inside = "".join(text.split('"')[1::2])
    if '""' in text or 2 * opening != quotes or opening != closing or sign in inside or "\n" in inside:
        return None
    return text.replace('"', "").split("\n")
