"""Points as CSV: written with a header row, and read as spreadsheets and other tools write it too.

The separator is a tab, a semicolon or a comma, the first of these that the first row has; beside the other two, a comma
may be a decimal comma. A first row without a number names the columns, in any order and case; without such a row they
are those of the task.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from nnlab.document.points import MOST_CLASSES
from nnlab.document.wording import quote
from nnlab.errors import FieldError, InvalidInput
from nnlab.sentence import Sentence

SEPARATORS = "\t;,"
QUOTED = re.compile(r'"[^"]*"')
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)  # float() takes 1_000 and nan as well
TRUTH = {"true": True, "false": False, "1": True, "0": False}
ALSO = {"class": "label"}  # other names for columns

# The columns of each task where the first row is a point already.
UNNAMED = {"classification": ("x", "y", "label"), "curve_fitting": ("x", "y"), "surface_fitting": ("x", "y", "value")}


def _number(text: str) -> float:
    if not NUMBER.fullmatch(text):
        raise ValueError
    return float(text)


def _whole(text: str) -> int:
    value = _number(text)
    if not value.is_integer():
        raise ValueError
    return int(value)


# Column -> (how its text is read, what it must be).
COLUMNS: dict[str, tuple[Callable[[str], Any], Sentence]] = {
    "x": (_number, Sentence("a number")),
    "y": (_number, Sentence("a number")),
    "label": (_whole, Sentence("a whole number, as the first label is")),
    "held_out": (lambda text: TRUTH[text.lower()], Sentence("true or false")),
    "value": (_number, Sentence("a number")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a line of the text, counted from 1."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """What a CSV text says, cell by cell."""

    columns: tuple[str, ...]
    rows: list[Row]
    class_names: list[str]  # the words that stand for the labels 0, 1, 2, ...; none where labels are numbers


@dataclass(frozen=True, slots=True)
class ReadPoints:
    """JSON points, the line that each stands in, and the words that labels stand for, in order of label."""

    points: list[dict[str, Any]]
    lines: list[int]
    class_names: list[str]


def points_to_csv(points: list[dict[str, Any]]) -> str:
    """The CSV text of JSON points."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(COLUMNS), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(points)
    return text.getvalue()


def points_from_csv(content: bytes, task: str) -> ReadPoints:
    """The points of a CSV file in UTF-8.

    Empty cells get the default, but for x, y and labels that are words. Raises InvalidInput, which names the line.
    """
    table = _table(_rows(_text(content)), task)
    points = [_point(row, table) for row in table.rows]
    return ReadPoints(points, [row.line for row in table.rows], table.class_names)


def by_line(error: InvalidInput, lines: list[int]) -> InvalidInput:
    """The same error with the lines of the text in place of the points' numbers."""

    def said(text: str) -> str:
        return re.sub(r"\bpoints\.(\d+)", lambda found: f"line {lines[int(found[1])]}", text)

    errors = tuple(FieldError(said(one.field), said(one.message)) for one in error.errors)
    return InvalidInput(said(error.detail), errors=errors)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused("body", Sentence("Points must come as text in UTF-8.")) from None


def _rows(text: str) -> list[Row]:
    """The lines that say anything, their cells without blanks around and with decimal points."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    unquoted = QUOTED.sub("", first)
    separator = next((sign for sign in SEPARATORS if sign in unquoted), ",")
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=separator, skipinitialspace=True)
    try:
        rows = [Row(reader.line_num, [_decimal(cell.strip(), separator) for cell in cells]) for cells in reader]
    except csv.Error as error:
        raise _refused("body", Sentence("This is no CSV: {reason}.", reason=str(error))) from None
    return [row for row in rows if any(row.cells)]


def _decimal(cell: str, separator: str) -> str:
    """1,5 as 1.5 where the comma does not separate; words as they are."""
    changed = cell.replace(",", ".")
    return changed if separator != "," and _is_number(changed) else cell


def _is_number(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None


def _table(rows: list[Row], task: str) -> Table:
    named = bool(rows) and not any(map(_is_number, rows[0].cells))
    points = rows[1:] if named else rows
    columns = _named(rows[0].cells) if named else _unnamed(rows[0], task) if rows else ()
    if not points:
        raise _refused("body", Sentence("There are no points in this text."))
    for row in points:
        _check_length(row, len(columns), rows[0].line)
    labels = columns.index("label") if "label" in columns else None
    return Table(columns, points, [] if labels is None else _class_names(row.cells[labels] for row in points))


def _named(header: list[str]) -> tuple[str, ...]:
    """The columns that the first row names."""
    names = ",".join(header).lstrip("# ").lower().rstrip(",").split(",")  # NumPy's first row begins with #
    columns = tuple(ALSO.get(name, name) for name in names)
    unknown = [name for name in columns if name not in COLUMNS]
    if not {"x", "y"} <= set(columns):
        value = quote(", ".join(header))
        sentence = Sentence("The first row must name the columns x and y, or be a point; got {value}.", value=value)
    elif unknown:
        sentence = Sentence(
            "The first row names columns that points do not have: {names}. They have {known}.",
            names=", ".join(unknown),
            known=", ".join(COLUMNS).replace("label", "label (class)"),
        )
    elif len(set(columns)) < len(columns):
        sentence = Sentence("The first row names a column twice: {names}.", names=", ".join(columns))
    else:
        return columns
    raise _refused("header row", sentence)


def _unnamed(first: Row, task: str) -> tuple[str, ...]:
    """The task's columns, as many as there are; x and y at least."""
    columns, found = UNNAMED[task], len(first.cells)
    if 2 <= found <= len(columns):
        return columns[:found]
    sentence = Sentence(
        "Without a first row of names the columns are {columns}; line {line} has {found}.",
        columns=", ".join(columns),
        line=first.line,
        found=found,
    )
    raise _refused(f"line {first.line}", sentence)


def _check_length(row: Row, count: int, first_line: int) -> None:
    """A row may go on in empty cells, as spreadsheets' rows do."""
    if len(row.cells) >= count and not any(row.cells[count:]):
        return
    sentence = Sentence(
        "Line {line} must have as many cells as line {first}, {count}; it has {found}.",
        line=row.line,
        first=first_line,
        count=count,
        found=len(row.cells),
    )
    raise _refused(f"line {row.line}", sentence)


def _class_names(labels: Iterable[str]) -> list[str]:
    """Words for classes, each once, in order of appearance; none where the first label is a number."""
    names = list(dict.fromkeys(filter(None, labels)))
    if not names or _is_number(names[0]):
        return []
    if len(names) <= MOST_CLASSES:
        return names
    sentence = Sentence(
        "The labels are {count} different words; there are at most {most} classes.", count=len(names), most=MOST_CLASSES
    )
    raise _refused("label", sentence)


def _point(row: Row, table: Table) -> dict[str, Any]:
    named = zip(table.columns, row.cells, strict=False)
    needed = {"x", "y", "label"} if table.class_names else {"x", "y"}
    return {name: _value(text, name, table, row.line) for name, text in named if text or name in needed}


def _value(text: str, column: str, table: Table, line: int) -> Any:
    read, wanted = COLUMNS[column]
    if column == "label" and table.class_names:
        read, wanted = table.class_names.index, Sentence("a class, as the other labels are")
    try:
        return read(text)
    except (ValueError, KeyError):
        sentence = Sentence(
            "Line {line}, {column}, must be {wanted}; got {value}.",
            line=line,
            column=column,
            wanted=wanted,
            value=quote(text),
        )
        raise _refused(f"line {line}.{column}", sentence) from None


def _refused(where: str, sentence: Sentence) -> InvalidInput:
    return InvalidInput(sentence, errors=(FieldError(where, sentence),))
