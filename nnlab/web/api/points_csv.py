"""Points as CSV: written with a header row, and read as spreadsheets and other tools write it too.

The separator is a tab, a semicolon or a comma, the first of these that the first row has; beside the other two, a comma
may be a decimal comma. A first row without a number names the columns, in any order and case; without such a row they
are those of the task.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from nnlab.errors import FieldError, InvalidInput
from nnlab.points import MOST_CLASSES
from nnlab.sentence import Sentence
from nnlab.wording import quote

SEPARATORS = "\t;,"
TRUTH = {"true": True, "false": False, "1": True, "0": False}
ALSO = {"class": "label"}  # other names for columns

# The columns of each task where the first row is a point already.
UNNAMED = {"classification": ("x", "y", "label"), "curve_fitting": ("x", "y"), "surface_fitting": ("x", "y", "value")}


def _whole(text: str) -> int:
    value = float(text)
    if not value.is_integer():
        raise ValueError
    return int(value)


# Column -> (how its text is read, what it must be).
COLUMNS: dict[str, tuple[Callable[[str], Any], Sentence]] = {
    "x": (float, Sentence("a number")),
    "y": (float, Sentence("a number")),
    "label": (_whole, Sentence("a whole number, as the first label is")),
    "held_out": (lambda text: TRUTH[text.lower()], Sentence("true or false")),
    "value": (float, Sentence("a number")),
}


@dataclass(frozen=True, slots=True)
class Table:
    """What a CSV text says, cell by cell."""

    columns: tuple[str, ...]
    rows: list[list[str]]
    class_names: list[str]  # the words that stand for the labels 0, 1, 2, ...; none where labels are numbers


def points_to_csv(points: list[dict[str, Any]]) -> str:
    """The CSV text of JSON points."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(COLUMNS), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(points)
    return text.getvalue()


def points_from_csv(content: bytes, task: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The JSON points of a CSV file in UTF-8, and the words that its labels stand for, in order of label.

    Empty cells get the default. Raises InvalidInput, which names the row.
    """
    table = _table(_cells(_text(content)), task)
    return [_point(cells, table, number) for number, cells in enumerate(table.rows, start=1)], table.class_names


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused("body", Sentence("Points must come as text in UTF-8.")) from None


def _cells(text: str) -> list[list[str]]:
    """The rows that say anything, their cells without blanks around and with decimal points."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = next((sign for sign in SEPARATORS if sign in first), ",")
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True))
    except csv.Error as error:
        raise _refused("body", Sentence("This is no CSV: {reason}.", reason=str(error))) from None
    stripped = ([_decimal(cell.strip(), separator) for cell in row] for row in rows)
    return [row for row in stripped if any(row)]


def _decimal(cell: str, separator: str) -> str:
    """1,5 as 1.5 where the comma does not separate; words as they are."""
    changed = cell.replace(",", ".")
    return changed if separator != "," and _is_number(changed) else cell


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _table(rows: list[list[str]], task: str) -> Table:
    if not rows:
        raise _refused("body", Sentence("There are no points in an empty text."))
    named = not any(map(_is_number, rows[0]))
    columns = _named(rows[0]) if named else _unnamed(rows[0], task)
    points = rows[1:] if named else rows
    for number, cells in enumerate(points, start=1):
        _check_length(cells, len(columns), number)
    labels = columns.index("label") if "label" in columns else None
    return Table(columns, points, [] if labels is None else _class_names(cells[labels] for cells in points))


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


def _unnamed(first: list[str], task: str) -> tuple[str, ...]:
    """The task's columns, as many as there are; x and y at least."""
    columns, found = UNNAMED[task], len(first)
    if 2 <= found <= len(columns):
        return columns[:found]
    sentence = Sentence(
        "Without a first row of names the columns are {columns}; row 1 has {found}.",
        columns=", ".join(columns),
        found=found,
    )
    raise _refused("row 1", sentence)


def _check_length(cells: list[str], count: int, number: int) -> None:
    """A row may go on in empty cells, as spreadsheets' rows do."""
    if len(cells) >= count and not any(cells[count:]):
        return
    sentence = Sentence(
        "Row {number} must have as many cells as the first row, {count}; it has {found}.",
        number=number,
        count=count,
        found=len(cells),
    )
    raise _refused(f"row {number}", sentence)


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


def _point(cells: list[str], table: Table, number: int) -> dict[str, Any]:
    named = zip(table.columns, cells, strict=False)
    needed = {"x", "y", "label"} if table.class_names else {"x", "y"}
    return {name: _value(text, name, table, number) for name, text in named if text or name in needed}


def _value(text: str, column: str, table: Table, number: int) -> Any:
    read, wanted = COLUMNS[column]
    if column == "label" and table.class_names:
        read, wanted = table.class_names.index, Sentence("a class, as the other labels are")
    try:
        return read(text)
    except (ValueError, KeyError, OverflowError):
        sentence = Sentence(
            "Row {number}, {column}, must be {wanted}; got {value}.",
            number=number,
            column=column,
            wanted=wanted,
            value=quote(text),
        )
        raise _refused(f"row {number}.{column}", sentence) from None


def _refused(where: str, sentence: Sentence) -> InvalidInput:
    return InvalidInput(sentence, errors=(FieldError(where, sentence),))
