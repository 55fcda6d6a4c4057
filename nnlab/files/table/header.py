"""Where the names of the columns stand, and where the points begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nnlab.files.table.choices import Question
from nnlab.files.table.even import EvenRows
from nnlab.files.table.numbers import is_missing, looks_numeric
from nnlab.files.table.rows import Rows
from nnlab.sentence import Sentence

MOST_LINES_ABOVE = 50
SAMPLE = 200  # rows that tell which columns are numbers
FEW = 8  # values of a column of classes, at most


@dataclass(frozen=True, slots=True)
class Head:
    """Names of the columns (empty without any), index of the first row of points, and what is not certain."""

    names: list[str]
    first: int
    is_named: bool
    question: Question | None = None


def head_of(found: Rows, header: bool | None) -> Head:
    """The names above a table's rows; `header` is what was decided about it."""
    width = width_of(found)
    start = len(found.rows) // 4  # below titles, above sums
    body = [row for row in found.rows[start : start + 2 * SAMPLE] if len(row) >= width][:SAMPLE]
    numeric = [_is_numeric([row[column] for row in body[1:] or body]) for column in range(width)]
    first = _first_points(found.rows, width, numeric)
    if first > 0 and header is not False:
        return _named(found, first, width)
    if header is not None:
        return _named(found, first + 1, width) if header else Head([""] * width, first, False)
    if len(found.comment) == width:
        return Head(found.comment, 0, True)
    if len(found.rows) == 1:
        is_point = sum(map(looks_numeric, found.rows[0])) >= 2
        return Head([""] * width, 0, False) if is_point else _named(found, 1, width)
    certain = _is_header(found.rows[0], body, numeric)
    if certain is False:
        return Head([""] * width, 0, False)
    head = _named(found, 1, width)
    sentence = Sentence("Does line {line} name the columns, or is it the first point?", line=found.lines[0])
    question = None if certain else Question("header", sentence)
    return Head(head.names, head.first, True, question)


def width_of(found: Rows) -> int:
    """How many cells most rows have; of the widths of a short table the largest."""
    if isinstance(found.rows, EvenRows):
        return found.rows.width
    counts = Counter(map(len, found.rows))
    return max(counts, key=lambda width: (counts[width], width))


def _first_points(rows: Sequence[list[str]], width: int, numeric: list[bool]) -> int:
    """The index of the first row whose cells are numbers where those of others are."""
    wanted = min(2, sum(numeric))
    for index, row in enumerate(rows[:MOST_LINES_ABOVE]):
        good = sum(is_number and looks_numeric(cell) for cell, is_number in zip(row, numeric, strict=False))
        if good >= wanted and len(row) >= width - 1:
            return index
    return 0


def _named(found: Rows, first: int, width: int) -> Head:
    """The head whose names stand in the fullest row above the points, the first of equals."""
    above = found.rows[:first]
    names = max(above, key=lambda row: min(sum(map(bool, row)), width)) if above else []
    if len(names) == width - 1 and len(found.rows) > first and found.rows[first][-1:] != [""]:
        names = ["", *names]  # R leaves out the name of the rows' names
    names = [name.lstrip("# ").strip("'\"") for name in names[:width]]
    return Head(names + [""] * (width - len(names)), first, bool(above))


def _is_numeric(cells: list[str]) -> bool:
    told = [cell for cell in cells if not is_missing(cell)]
    return bool(told) and sum(map(looks_numeric, told)) >= 0.5 * len(told)


def _is_header(row: list[str], body: list[list[str]], numeric: list[bool]) -> bool | None:
    """Whether a first row with numbers in it names the columns all the same; None where it may."""
    counts = row == [str(number) for number in range(len(row))]
    counts = counts or row == ["", *(str(number) for number in range(len(row) - 1))]
    row = row + [""] * (len(numeric) - len(row))
    words = [column for column, is_number in enumerate(numeric) if is_number and _is_word(row, column)]
    if words:
        told = [column for column, is_number in enumerate(numeric) if is_number and column not in words]
        others = {column: {other[column] for other in body[1:] if not is_missing(other[column])} for column in words}
        if any(row[column] in others[column] or not all(map(looks_numeric, others[column])) for column in words):
            return False
        few = all(len(others[column]) <= FEW for column in words)
        sequence = all(row[column] in (str(column), str(column + 1), str(column - 1)) for column in told)
        return True if few or sequence else None
    if counts:
        return _counts_as_header(row, body, numeric)
    if all(numeric):
        return False
    return _names_beside_numbers(row, body, numeric)


def _is_word(row: list[str], column: int) -> bool:
    return not is_missing(row[column]) and not looks_numeric(row[column])


def _counts_as_header(row: list[str], body: list[list[str]], numeric: list[bool]) -> bool | None:
    """0, 1, 2, ... are names if no point could be like that."""
    if row[0] == "":
        return True
    others = body[1:] or body
    for column, is_number in enumerate(numeric):
        cells = [other[column] for other in others]
        if is_number and sum("." in cell or "," in cell for cell in cells) > 0.9 * len(cells):
            return True
    few = [{other[column] for other in others} for column in range(len(numeric))]
    new = [row[column] != "" and row[column] not in values for column, values in enumerate(few)]
    if any(new[column] and len(values) <= FEW for column, values in enumerate(few) if len(others) > FEW):
        return True
    return None if len(row) > 2 else False


def _names_beside_numbers(row: list[str], body: list[list[str]], numeric: list[bool]) -> bool | None:
    """0, 1, species: numbers in order and a word that no point has."""
    told = [column for column, is_number in enumerate(numeric) if is_number]
    if not all(row[column] == str(column) for column in told):
        return False
    words = [column for column, is_number in enumerate(numeric) if not is_number]
    new = all(row[column] not in {other[column] for other in body[1:]} for column in words if row[column])
    return True if new else False
