"""What was understood of a file, as a JSON value: how it is written, its columns, proposals, questions, problems."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

import numpy as np

from nnlab.files.table.choices import DECIMALS, NOBODY, PARTS, SEPARATORS, Choices
from nnlab.files.table.columns import Column, is_class_missing
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
    told = None if column.kind == "number" else _values(column)
    return {
        "number": column.number,
        "name": column.name,
        "kind": column.kind,
        "range": list(spread) if spread else None,
        "values": [text[:MOST_SHOWN] for text in told] if told else None,
        "missing": _num_missing(column),
    }


def _values(column: Column) -> list[str] | None:
    """The different values, the most frequent first; None for many."""
    some = list(islice((text for text in column.texts.texts if not is_class_missing(text)), MOST_VALUES + 1))
    return None if len(some) > MOST_VALUES else [text for text, _ in column.counts().most_common()]


def _num_missing(column: Column) -> int:
    if column.has_numbers:
        return column.num_unread
    texts = column.texts
    return sum(count for text, count in zip(texts.texts, texts.counts(), strict=True) if is_missing(text))


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
    assert reading.parts.label is not None
    found, first, counts = np.unique(labels.labels[reading.kept], return_index=True, return_counts=True)
    texts = [reading.parts.label.cells[index] for index in reading.kept[first].tolist()]
    names = labels.names or ()
    return [
        {
            "label": label,
            "name": names[label] if label < len(names) else "",
            "text": text[:MOST_SHOWN],
            "points": points,
        }
        for label, text, points in zip(found.tolist(), texts, counts.tolist(), strict=True)
    ]


def _range(column: Column | None) -> list[float] | None:
    spread = column.range if column else None
    return list(spread) if spread else None


def _row(reading: Reading, index: int) -> dict[str, Any]:
    cells = [column.cells[index][:MOST_SHOWN] for column in reading.table.columns]
    return {"line": reading.table.lines[index], "cells": cells}
