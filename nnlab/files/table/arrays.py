"""Tables as JSON: a list of lists or of objects, or an object of columns, as programs write them."""

from __future__ import annotations

from typing import Any

from pydantic_core import from_json

from nnlab.errors import InvalidInput
from nnlab.files.table.choices import refused
from nnlab.files.table.nature import wrong_file
from nnlab.files.table.rows import Rows
from nnlab.files.table.sheet import text_of
from nnlab.sentence import Sentence

EXPERIMENT = Sentence("a saved experiment; open it with File, Open experiment, or as a document through the API")
NOTEBOOK = Sentence("a notebook; write the table as CSV in it first")
LISTS = ("points", "data", "rows", "records")  # names under which a list of points may stand


def json_rows(content: bytes) -> Rows:
    """The rows of a JSON text; the number of each from 1 stands for its line. Raises InvalidInput."""
    try:
        value = from_json(content.removeprefix(b"\xef\xbb\xbf"), allow_inf_nan=True)
    except ValueError:
        raise refused("body", Sentence("This is no table: it begins like JSON and is none.")) from None
    names, rows = _table(value)
    texts = [[_cell(cell, number) for cell in row] for number, row in enumerate(rows, 1)]
    if not texts:
        raise refused("body", Sentence("There are no points in this text."))
    return Rows([names, *texts] if names else texts, [0] * bool(names) + list(range(1, len(texts) + 1)), typed=True)


def _table(value: Any) -> tuple[list[str], list[list[Any]]]:
    """Names of the columns, if it has some, and the rows."""
    if isinstance(value, dict):
        if "cells" in value and "nbformat" in value:
            raise wrong_file(NOTEBOOK)
        if "document" in value or "network" in value or str(value.get("format", "")).startswith("nnlab"):
            raise wrong_file(EXPERIMENT)
        inner = next((value[name] for name in LISTS if isinstance(value.get(name), list)), None)
        if inner is not None:
            return _table(inner)
        if value and all(isinstance(column, list | dict) for column in value.values()):
            return _of_columns(value)
        raise _no_table()
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        names = list(dict.fromkeys(name for row in value for name in row))
        return names, [[row.get(name) for name in names] for row in value]
    if isinstance(value, list) and value and all(isinstance(row, list) for row in value):
        return [], value
    raise _no_table()


def _of_columns(columns: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """Columns as lists, or as objects of values by row, which data frames write."""
    lists = [list(column.values()) if isinstance(column, dict) else column for column in columns.values()]
    if len(set(map(len, lists))) != 1:
        raise refused("body", Sentence("The columns of this JSON are not equally long."))
    return list(columns), [list(row) for row in zip(*lists, strict=True)]


def _cell(value: Any, number: int) -> str:
    if isinstance(value, list | dict):
        raise refused(f"line {number}", Sentence("Row {number} has a list or an object for a cell.", number=number))
    return text_of(value)


def _no_table() -> InvalidInput:
    sentence = Sentence("This JSON is no table: wanted is a list of lists or of objects, or an object of columns.")
    return refused("body", sentence)
