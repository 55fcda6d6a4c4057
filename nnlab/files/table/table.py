"""The table in a file: its columns, where it was written how, and what is not certain about that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nnlab.files.table.arrays import json_rows
from nnlab.files.table.choices import DECIMALS, NO_CHOICES, Choices, Question, refused
from nnlab.files.table.columns import Column, columns_of
from nnlab.files.table.encoding import decoded
from nnlab.files.table.even import EvenRows
from nnlab.files.table.header import head_of
from nnlab.files.table.nature import Nature, nature_of
from nnlab.files.table.rows import Rows, rows_of
from nnlab.files.table.sheet import sheet_rows
from nnlab.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Source:
    """Rows as they stand in a file, and how it says them; only a text has an encoding, only a workbook sheets."""

    kind: Nature
    rows: Rows
    questions: list[Question]
    encoding: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of equal length, the line of each row, and the rows that have cells beyond the last column."""

    source: Source
    columns: list[Column]
    lines: Sequence[int]
    too_long: list[int]
    is_named: bool
    decimal: str
    questions: list[Question]


def table_of(content: bytes, choices: Choices = NO_CHOICES) -> Table:
    """The table in a file. Raises InvalidInput for what is none, and for choices that it has not."""
    source = _source(content, choices)
    found = source.rows
    head = head_of(found, choices.header)
    lines = found.lines[head.first :]
    if not lines:
        raise refused("body", Sentence("There are no points in this text."))
    cells, too_long = _cells(found, head.first, len(head.names))
    columns, sign, question = columns_of(
        cells, head.names, separator=found.separator, typed=found.typed, decimal=_sign(choices.decimal)
    )
    questions = [*source.questions, *filter(None, (head.question, question))]
    return Table(source, columns, lines, too_long, head.is_named, sign, questions)


def _source(content: bytes, choices: Choices) -> Source:
    kind = nature_of(content)
    if kind == "sheet":
        rows, sheets, sheet = sheet_rows(content, choices.sheet)
        return Source(kind, rows, [], sheet=sheet, sheets=tuple(sheets))
    if kind == "json":
        return Source(kind, json_rows(content), [])
    text = decoded(content, choices.encoding)
    rows = rows_of(text.text.removeprefix("\ufeff"), choices.separator)
    questions = []
    if not text.certain:
        sentence = Sentence("Are these letters right? They were taken for {encoding}.", encoding=text.encoding)
        questions.append(Question("encoding", sentence))
    if not rows.certain:
        questions.append(Question("separator", Sentence("Which sign stands between the cells?")))
    return Source(kind, rows, questions, encoding=text.encoding)


def _sign(decimal: str | None) -> str | None:
    if decimal is None or decimal in DECIMALS:
        return DECIMALS.get(decimal or "")
    known = ", ".join(DECIMALS)
    raise refused("decimal", Sentence("decimal must be one of {known}; got {value}.", known=known, value=decimal))


def _cells(found: Rows, first: int, width: int) -> tuple[Sequence[Sequence[str]], list[int]]:
    """The cells of each column from a row on, and the rows that have more; short rows go on in empty cells."""
    if isinstance(found.rows, EvenRows):
        return found.rows.columns(first), []
    body = found.rows[first:]
    too_long = [index for index, row in enumerate(body) if len(row) > width and any(row[width:])]
    even = [row if len(row) == width else [*row[:width], *[""] * (width - len(row))] for row in body]
    return [list(column) for column in zip(*even, strict=True)], too_long
