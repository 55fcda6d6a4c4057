"""Text to rows of cells, each with its line: quotes, comments and the signs between cells are understood here."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from nnlab.errors import InvalidInput
from nnlab.files.table.choices import SEPARATORS, refused
from nnlab.files.table.even import Lines, even_rows, split_at_blanks
from nnlab.files.table.numbers import looks_numeric
from nnlab.sentence import Sentence

COMMENTS = ("#", "%", "//", "@")
MARKS = (*COMMENTS, "--", "\n\n", "|")  # a text without any has nothing but rows
TOLD = re.compile(r'"?sep=(.)"?\s*$', re.IGNORECASE)  # Excel's first line that tells the separator
RULE = re.compile(r"[\s|:+=-]*--[\s|:+=-]*$")  # the line below the names in Markdown and on terminals
FIRST, SPREAD = 40, 160  # lines that are looked at to choose the separator: at the start, and all over the file
MOST_LINES_OF_A_ROW = 20  # a quote that is never closed takes in the rest of the file
CLEARLY = 0.12  # how far ahead the best separator is of the next one, if it is certain


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of cells without blanks around them, and the line of each from 1.

    `typed`: the cells are values, not what people wrote. `comment`: the cells of the last comment before the rows.
    `certain`: whether the separator is.
    """

    rows: Sequence[list[str]]
    lines: Sequence[int]
    separator: str = ""
    certain: bool = True
    typed: bool = False
    comment: list[str] = field(default_factory=list)


def rows_of(text: str, separator: str | None = None) -> Rows:
    """The rows of a text. Raises InvalidInput for a separator that there is none of, and a text without rows."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    told = TOLD.match(text.partition("\n")[0])
    sign = _told(separator) or (told[1] if told else None)
    numbers: Sequence[int]
    kept: Sequence[str]
    comments: list[tuple[int, str]] = []
    if told or any(mark in text for mark in MARKS):
        numbers, kept, comments = _without_comments(text.split("\n"), 1 if told else 0)
    else:
        kept = Lines(text)
        numbers = range(1, len(kept) + 1)
    if not any(map(str.strip, kept[:FIRST])):
        raise _no_points()
    certain = True
    if sign is None:
        sign, certain = _chosen(kept)
    if comments:
        numbers, kept = _with_points_among(comments, numbers, kept, sign)
    rows, numbers = _split_all(kept, numbers, sign)
    if not rows:
        raise _no_points()
    return Rows(rows, numbers, sign, certain, comment=_cells_above(comments, numbers, sign))


def _no_points() -> InvalidInput:
    return refused("body", Sentence("There are no points in this text."))


def _told(separator: str | None) -> str | None:
    if separator is None or separator in SEPARATORS:
        return SEPARATORS.get(separator or "")
    known = ", ".join(SEPARATORS)
    raise refused("separator", Sentence("separator must be one of {known}; got {value}.", known=known, value=separator))


def _without_comments(lines: list[str], skipped: int) -> tuple[Sequence[int], list[str], list[tuple[int, str]]]:
    """Numbers and texts of the lines that say anything but comments, and the comments."""
    numbers: list[int] = []
    kept: list[str] = []
    comments: list[tuple[int, str]] = []
    for number, line in enumerate(islice(lines, skipped, None), skipped + 1):
        bare = line.strip()
        if not bare:
            continue
        if bare.startswith(COMMENTS):
            comments.append((number, bare))
        elif bare[0] not in "|:+=-" or not RULE.match(bare):
            numbers.append(number)
            kept.append(line)
    return numbers, kept, comments


def _with_points_among(
    comments: list[tuple[int, str]], numbers: Sequence[int], kept: Sequence[str], sign: str
) -> tuple[Sequence[int], Sequence[str]]:
    """The lines with those comments that look like points: a class may be called #1."""
    width = Counter(len(row) for row in _split(kept[:FIRST], sign)).most_common(1)[0][0]
    points = []
    for number, line in comments:
        (cells,) = _split([line], sign)
        if len(cells) == width and sum(map(looks_numeric, cells)) >= 2:
            points.append((number, line))
    if not points:
        return numbers, kept
    merged = sorted([*zip(numbers, kept, strict=True), *points])
    return [number for number, _ in merged], [line for _, line in merged]


def _cells_above(comments: list[tuple[int, str]], numbers: Sequence[int], sign: str) -> list[str]:
    """The cells of the last comment above the rows, which may name the columns."""
    above = [line for number, line in comments if number < numbers[0]]
    return next(_split([above[-1].lstrip("#%/@ \t")], sign)) if above else []


def _split_all(lines: Sequence[str], numbers: Sequence[int], sign: str) -> tuple[Sequence[list[str]], Sequence[int]]:
    """All rows and their lines: at once where all lines are alike, else one by one."""
    even = even_rows(lines, sign)
    if even is not None:
        return even, numbers
    lines = list(lines)
    quoted = _quoted(lines, sign)
    if quoted is not None:
        rows, starts = quoted
        pairs = [(row, numbers[start]) for row, start in zip(rows, starts, strict=True) if any(row)]
    else:
        pairs = [pair for pair in zip(_split(lines, sign), numbers, strict=True) if any(pair[0])]
    return [row for row, _ in pairs], [number for _, number in pairs]


def _split(lines: Sequence[str], sign: str) -> Iterator[list[str]]:
    """Rows of cells where quotes mean nothing."""
    for line in lines:
        bare = line.strip("| \t") if sign == "|" else line
        yield split_at_blanks(bare) if sign == " " else [cell.strip() for cell in bare.split(sign)]


def _quoted(lines: list[str], sign: str) -> tuple[list[list[str]], list[int]] | None:
    """Rows and the index of each one's first line; None where quotes are inches or a mistake, or there are none."""
    starts = re.compile(rf'(?:^|{re.escape(sign)})\s*"')
    if not any('"' in line and starts.search(line) for line in lines):
        return None
    ended = (f"{line.strip() if sign == ' ' else line}\n" for line in lines)
    reader = csv.reader(ended, delimiter=sign, skipinitialspace=True)
    rows, first, before = [], [], 0
    try:
        for row in reader:
            if reader.line_num - before > MOST_LINES_OF_A_ROW:
                return None
            rows.append([cell.strip() for cell in row])
            first.append(before)
            before = reader.line_num
    except csv.Error:
        return None
    return rows, first


def _chosen(lines: Sequence[str]) -> tuple[str, bool]:
    """The separator that makes the evenest table with the most numbers, and whether no other one does as well."""
    step = max(1, len(lines) // SPREAD)
    sample = [line for line in [*lines[:FIRST], *lines[FIRST::step][:SPREAD]] if line.strip()]
    has_tabs = sum("\t" in line for line in sample) > 0.5 * len(sample)  # which are blanks too
    signs = [sign for sign in SEPARATORS.values() if sign != " " or not has_tabs]
    scores = {sign: _score(sample, sign) for sign in signs}
    best, second = sorted(scores, key=lambda sign: scores[sign], reverse=True)[:2]
    certain = scores[best] - scores[second] > CLEARLY or scores[second] < 0.5
    return best, certain and not (best == "," and _score(sample, " ") >= 0.5)  # which may be decimal commas


def _score(lines: list[str], sign: str) -> float:
    """Share of rows with as many cells as most, times the share of columns that are numbers."""
    quoted = _quoted(lines, sign)
    rows = quoted[0] if quoted is not None else list(_split(lines, sign))
    counts = Counter(map(len, rows))
    width, most = max(counts.items(), key=lambda each: (each[1], each[0]))
    if width < 2:
        return 0.0
    even = [row for row in rows if len(row) == width]
    body = even[1:] or even  # the first one may be names
    columns = [[cell for cell in column if cell] for column in zip(*body, strict=True)]
    numeric = [sum(map(looks_numeric, cells)) / len(cells) for cells in columns if cells]
    if not numeric:
        return 0.0
    good = sum(share for share in numeric if share > 0.5)
    return most / len(rows) * (good / len(numeric) + min(good, 2) / 10 + 0.01)
