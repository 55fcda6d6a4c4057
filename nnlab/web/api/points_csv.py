"""Points as CSV: a header row with the columns' names, then a row a point."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from nnlab.wording import broken_rule

TRUTH = {"true": True, "false": False, "1": True, "0": False}

# Column -> (how its text is read, what it must be).
COLUMNS: dict[str, tuple[Callable[[str], Any], str]] = {
    "x": (float, "a number"),
    "y": (float, "a number"),
    "label": (int, "a whole number"),
    "held_out": (lambda text: TRUTH[text.lower()], "true or false"),
    "value": (float, "a number"),
}


def points_to_csv(points: list[dict[str, Any]]) -> str:
    """The CSV text of JSON points."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(COLUMNS), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(points)
    return text.getvalue()


def points_from_csv(content: bytes) -> list[dict[str, Any]]:
    """The JSON points of a CSV file in UTF-8; empty cells get the default. Raises InvalidInput, which names the row."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise broken_rule("body", "must be UTF-8 text", "other bytes") from None
    try:
        rows = csv.DictReader(io.StringIO(text))
        _check_header(list(rows.fieldnames or []))
        return [_point(row, f"row {number}") for number, row in enumerate(rows, start=1)]
    except csv.Error as error:
        raise broken_rule("body", f"must be CSV ({error})", text) from None


def _check_header(header: list[str]) -> None:
    if not {"x", "y"} <= set(header) <= set(COLUMNS) or len(set(header)) < len(header):
        raise broken_rule("header row", f"must name x and y, and nothing but {', '.join(COLUMNS)}", ",".join(header))


def _point(row: dict[str, Any], where: str) -> dict[str, Any]:
    if None in row or None in row.values():
        raise broken_rule(where, "must have as many cells as the header row", [*row.values()])
    return {name: _cell(text.strip(), name, where) for name, text in row.items() if text.strip()}


def _cell(text: str, column: str, where: str) -> Any:
    read, wanted = COLUMNS[column]
    try:
        return read(text)
    except (ValueError, KeyError):
        raise broken_rule(f"{where}.{column}", f"must be {wanted}", text) from None
