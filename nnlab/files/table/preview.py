"""What was understood of a file, as a JSON value: how it is written, its columns, proposals, questions, problems."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nnlab.files.table.choices import DECIMALS, NOBODY, PARTS, SEPARATORS, Choices
from nnlab.files.table.columns import Column
from nnlab.files.table.encoding import ENCODINGS
from nnlab.files.table.numbers import is_missing
from nnlab.files.table.parts import Parts
from nnlab.files.table.reading import Reading

HEAD = 12  # rows that are shown
MOST_SHOWN = 60  # characters of a cell
MOST_VALUES = 8  # of a column that are told

Say = Callable[[str], str]


def preview_json(reading: Reading, choices: Choices, say: Say = str, *, scaling: str | None = None) -> dict[str, Any]:
    """The preview of a reading; `say` translates sentences; `scaling` is decided already."""
    table = reading.table
    return {
        "dialect": _dialect(reading),
        "columns": [_column(column) for column in table.columns],
        "proposals": _proposals(reading.parts, choices) | {"scaling": scaling or reading.scaling},
        "classes": _classes(reading),
        "ranges": {part: _range(getattr(reading.parts, part)) for part in ("x", "y", "value")},
        "head": [_row(reading, index) for index in range(min(HEAD, len(table.lines)))],
        "num_rows": len(table.lines),
        "num_usable": reading.num_usable,
        "num_taken": len(reading.kept),
        "seed": choices.seed,
        "questions": [{"choice": each.choice, "message": say(each.message)} for each in reading.questions],
        "problems": [{"line": p.line, "part": p.part, "message": say(p.message)} for p in reading.problems],
    }


def _dialect(reading: Reading) -> dict[str, Any]:
    source = reading.table.source
    return {
        "kind": source.kind,
        "encoding": source.encoding,
        "separator": _name(SEPARATORS, source.rows.separator),
        "decimal": _name(DECIMALS, reading.table.decimal),
        "header": reading.table.is_named,
        "sheet": source.sheet,
        "sheets": list(source.sheets),
        "encodings": list(ENCODINGS) if source.encoding else [],
    }


def _name(signs: dict[str, str], sign: str) -> str | None:
    return next((name for name, each in signs.items() if each == sign), None)


def _column(column: Column) -> dict[str, Any]:
    spread = column.range
    counts = [] if column.kind == "number" else column.counts().most_common(MOST_VALUES + 1)
    return {
        "number": column.number,
        "name": column.name,
        "kind": column.kind,
        "range": list(spread) if spread else None,
        "values": [text[:MOST_SHOWN] for text, _ in counts] if 0 < len(counts) <= MOST_VALUES else None,
        "missing": _num_missing(column),
    }


def _num_missing(column: Column) -> int:
    if column.values:
        return column.num_unread
    missing = {text for text in column.texts() if is_missing(text)}
    return sum(cell in missing for cell in column.cells) if missing else 0


def _proposals(parts: Parts, choices: Choices) -> dict[str, Any]:
    """The number of each part's column, or none; and what becomes of rows."""
    columns = {part: getattr(parts, part) for part in PARTS}
    return {part: str(column.number) if column else NOBODY for part, column in columns.items()} | {
        "unusable": choices.unusable or "skip",
        "rows": choices.rows or "sample",
    }


def _classes(reading: Reading) -> list[dict[str, Any]]:
    """Each class that is taken, with its name and how many points it has."""
    labels = reading.labels
    if labels is None:
        return []
    counts: dict[int, int] = {}
    texts: dict[int, str] = {}
    assert reading.parts.label is not None
    for index in reading.kept:
        label = labels.labels[index]
        if label is not None:
            counts[label] = counts.get(label, 0) + 1
            texts.setdefault(label, reading.parts.label.cells[index])
    names = labels.names or ()
    return [
        {
            "label": label,
            "name": names[label] if label < len(names) else "",
            "text": texts[label][:MOST_SHOWN],
            "points": counts[label],
        }
        for label in sorted(counts)
    ]


def _range(column: Column | None) -> list[float] | None:
    spread = column.range if column else None
    return list(spread) if spread else None


def _row(reading: Reading, index: int) -> dict[str, Any]:
    cells = [column.cells[index][:MOST_SHOWN] for column in reading.table.columns]
    return {"line": reading.table.lines[index], "cells": cells}
