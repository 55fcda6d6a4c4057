"""Results of a class as a table for a spreadsheet, which would run a nickname that looks like a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from nnlab.files.table.choices import DECIMALS, SEPARATORS

FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what a cell begins with that spreadsheets take for a formula


def results_csv(
    rows: Sequence[Mapping[str, Any]], names: Sequence[str], *, separator: str = "comma", decimal: str = "point"
) -> str:
    """The CSV text of rows that have a value, or none, for each of the names."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=SEPARATORS[separator], lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row.get(name), DECIMALS[decimal]) for name in names])
    return text.getvalue()


def _cell(value: Any, sign: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(round(value, 4)).replace(".", sign)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text
