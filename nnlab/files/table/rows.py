"""Text to rows of cells, each with its line: comments, title lines and the signs between cells are understood here."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from nnlab.files.table.choices import SEPARATORS, refused
from nnlab.files.table.numbers import looks_numeric
from nnlab.sentence import Sentence

COMMENTS = ("#", "%", "//", "@")
TOLD = re.compile(r'"?sep=(.)"?\s*$', re.IGNORECASE)  # Excel's first line that tells the separator
RULE = re.compile(r"[\s|:+=-]*--[\s|:+=-]*$")  # the line below the names in Markdown and on terminals
FIRST, SPREAD = 40, 160  # lines that are looked at to choose the separator: at the start, and all over the file
CHUNK = 2_000  # lines that are split at once: other threads run in between
MOST_LINES_OF_A_ROW = 20  # a quote that is never closed takes in the rest of the file
CLEARLY = 0.12  # how far ahead the best separator is of the next one, if it is certain


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of cells without blanks around them, and the line of each from 1.

    `typed`: the cells are values, not what people wrote. `comment`: the cells of the last comment before the rows.
    `certain`: whether the separator is.
    """

    rows: list[list[str]]
    lines: list[int]
    separator: str = ""
    certain: bool = True
    typed: bool = False
    comment: list[str] = field(default_factory=list)


def rows_of(text: str, separator: str | None = None) -> Rows:
    """The rows of a text. Raises InvalidInput for a separator that there is none of, and a text without rows."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    told = TOLD.match(lines[0])
    skipped = 1 if told else 0
    sign, certain = _told(separator) or (told[1] if told else None), True
    numbers, kept, comment = _without_comments(lines, skipped)
    if not kept:
        raise refused("body", Sentence("There are no points in this text."))
    if sign is None:
        sign, certain = _chosen(kept)
    quoted = _quotes(kept, sign)
    found = Rows(list(_split(kept, sign, quoted=quoted)), numbers, sign, certain)
    found = _with_lines(found, kept, quoted)
    words = next(_split([comment], sign, quoted=False)) if comment else []
    return replace(found, comment=words)


def _told(separator: str | None) -> str | None:
    if separator is None or separator in SEPARATORS:
        return SEPARATORS.get(separator or "")
    known = ", ".join(SEPARATORS)
    raise refused("separator", Sentence("separator must be one of {known}; got {value}.", known=known, value=separator))


def _without_comments(lines: list[str], skipped: int) -> tuple[list[int], list[str], str]:
    """Numbers and texts of the lines that say anything but comments, and the last comment above them."""
    numbers: list[int] = []
    kept: list[str] = []
    comment = ""
    for number, line in enumerate(islice(lines, skipped, None), skipped + 1):
        bare = line.strip()
        if not bare:
            continue
        if bare.startswith(COMMENTS):
            comment = comment if kept else bare.lstrip("#%/@ \t")
        elif bare[0] not in "|:+=-" or not RULE.match(bare):
            numbers.append(number)
            kept.append(line)
    return numbers, kept, comment


def _split(lines: list[str], sign: str, *, quoted: bool) -> Iterator[list[str]]:
    """Rows of cells; with quotes a row may go on over several lines."""
    if not quoted:
        for line in lines:
            bare = line.strip("| \t") if sign == "|" else line
            yield [cell.strip() for cell in (bare.split() if sign == " " else bare.split(sign))]
        return
    ended = (f"{line.strip() if sign == ' ' else line}\n" for line in lines)
    reader = csv.reader(ended, delimiter=sign, skipinitialspace=True)
    for row in reader:
        yield [cell.strip() for cell in row]


def _quotes(lines: list[str], sign: str) -> bool:
    """Whether quotes hold cells together, rather than being inches or a mistake."""
    starts = re.compile(rf'(?:^|{re.escape(sign)})\s*"')
    if not any('"' in line and starts.search(line) for line in lines):
        return False
    before = 0
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=sign, skipinitialspace=True)
    try:
        for _ in reader:
            if reader.line_num - before > MOST_LINES_OF_A_ROW:
                return False
            before = reader.line_num
    except csv.Error:
        return False
    return True


def _with_lines(found: Rows, kept: list[str], quoted: bool) -> Rows:
    """The line of each row, where rows go on over several lines."""
    if len(found.rows) == len(kept) or not quoted:
        return found
    reader = csv.reader((f"{line}\n" for line in kept), delimiter=found.separator, skipinitialspace=True)
    starts, before = [], 0
    for _ in reader:
        starts.append(found.lines[before])
        before = reader.line_num
    return replace(found, lines=starts)


def _chosen(lines: list[str]) -> tuple[str, bool]:
    """The separator that makes the evenest table with the most numbers, and whether no other one does as well."""
    step = max(1, len(lines) // SPREAD)
    sample = lines[:FIRST] + lines[FIRST::step][:SPREAD]
    has_tabs = sum("\t" in line for line in sample) > 0.5 * len(sample)  # which are blanks too
    signs = [sign for sign in SEPARATORS.values() if sign != " " or not has_tabs]
    scores = {sign: _score(sample, sign) for sign in signs}
    best, second = sorted(scores, key=lambda sign: scores[sign], reverse=True)[:2]
    return best, scores[best] - scores[second] > CLEARLY or scores[second] < 0.5


def _score(lines: list[str], sign: str) -> float:
    """Share of rows with as many cells as most, times the share of columns that are numbers."""
    rows = list(_split(lines, sign, quoted=_quotes(lines, sign)))
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
