"""A file read as points: which rows are points, which are none and why, and what somebody has to decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.document.points import FARTHEST, MOST_POINTS
from nnlab.document.wording import quote
from nnlab.errors import FieldError, InvalidInput
from nnlab.files.table.choices import NO_CHOICES, Choices, Question, refused
from nnlab.files.table.columns import Column
from nnlab.files.table.labels import NONE, Labels, labels_of
from nnlab.files.table.numbers import is_missing
from nnlab.files.table.parts import HELD_OUT, Parts, is_own, parts_of
from nnlab.files.table.sample import sample_of
from nnlab.files.table.size import proposed_scaling
from nnlab.files.table.table import Table, table_of
from nnlab.sentence import Sentence

MOST_PROBLEMS = 20  # that are told one by one


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that is no point: its line, the part of the point that is wrong, and why."""

    line: int
    part: str
    message: Sentence


@dataclass(frozen=True, slots=True)
class Target:
    """What the points are for: the task, and what the document's classes are called in files."""

    task: str = "classification"
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A table as points. `unusable` has the rows that are none, `kept` the rows to take; both are indices, ascending.

    `problems` are the first of the unusable rows; `questions` is what nobody has decided; `scaling` is what the
    coordinates call for.
    """

    table: Table
    parts: Parts
    labels: Labels | None
    unusable: NDArray[np.intp]
    problems: list[Problem]
    kept: NDArray[np.intp]
    questions: list[Question]
    scaling: str

    @property
    def num_usable(self) -> int:
        """How many rows are points, taken or not."""
        return len(self.table.lines) - len(self.unusable)


@dataclass(frozen=True, slots=True)
class ReadPoints:
    """JSON points with the line of each; how many classes they have, and their names (None: as they are).

    `num_rows`: how many points there are, those included that are not in the sample. `scaling`: the input scaling that
    they call for.
    """

    points: list[dict[str, Any]]
    lines: list[int]
    classes: int | None
    class_names: tuple[str, ...] | None
    num_rows: int
    scaling: str


def reading_of(content: bytes, choices: Choices = NO_CHOICES, target: Target | None = None) -> Reading:
    """What a file says, as points for the target, with the likeliest answers to what is not decided.

    Raises InvalidInput for what is no table, and for choices that it has not.
    """
    target = target or Target()
    table = table_of(content, choices)
    parts = parts_of(table.columns, target.task, choices, is_named=table.is_named)
    labels = None
    if parts.label is not None:
        labels = labels_of(parts.label, target.classes, own=is_own(table.columns))
    faults = _faults(table, parts, labels)
    is_unusable = np.any([mask for _, _, mask in faults], axis=0)
    unusable, usable = np.flatnonzero(is_unusable), np.flatnonzero(~is_unusable)
    problems = [_problem(table, index, faults) for index in unusable[:MOST_PROBLEMS].tolist()]
    kept = usable
    if len(usable) > MOST_POINTS and choices.rows != "all":
        told = labels.labels if labels else np.zeros(len(table.lines), np.int16)
        kept = usable[sample_of(told[usable], MOST_POINTS, choices.seed)]
    questions = list(_open_questions(table, parts, choices, num_unusable=len(unusable), num_usable=len(usable)))
    return Reading(table, parts, labels, unusable, problems, kept, questions, proposed_scaling(parts, target.task))


def read(content: bytes, choices: Choices = NO_CHOICES, target: Target | None = None) -> ReadPoints:
    """The points in a file. Raises InvalidInput, which names the choices that are to be made, or the lines."""
    reading = reading_of(content, choices, target)
    broken = [question for question in reading.questions if question.choice == "unusable"]
    asked = [question for question in reading.questions if question.choice != "unusable"]
    if asked:
        raise InvalidInput(
            asked[0].message, errors=tuple(FieldError(question.choice, question.message) for question in asked)
        )
    if broken or (len(reading.unusable) and choices.unusable == "refuse"):
        raise _refusal(reading)
    if not len(reading.kept):
        raise refused("body", Sentence("There are no points in this text."))
    if len(reading.kept) > MOST_POINTS:
        raise refused("rows", _too_many(len(reading.kept)))
    return points_in(reading)


def points_in(reading: Reading) -> ReadPoints:
    """The rows that are to be taken, as JSON points."""
    parts, labels, kept = reading.parts, reading.labels, reading.kept
    assert parts.x is not None and parts.y is not None
    columns: dict[str, list[Any]] = {"x": parts.x.values[kept].tolist(), "y": parts.y.values[kept].tolist()}
    if labels is not None:
        columns["label"] = labels.labels[kept].tolist()
    if parts.value is not None:
        columns["value"] = parts.value.values[kept].tolist()
    if parts.held_out is not None:
        columns["held_out"] = [HELD_OUT[parts.held_out.cells[index].lower()] for index in kept.tolist()]
    rows = zip(*columns.values(), strict=True)
    points = [dict(zip(columns, row, strict=True)) for row in rows]
    lines = [reading.table.lines[index] for index in kept.tolist()]
    return ReadPoints(
        points,
        lines,
        labels.classes if labels else None,
        labels.names if labels else None,
        reading.num_usable,
        reading.scaling,
    )


def by_line(error: InvalidInput, lines: list[int]) -> InvalidInput:
    """The same error with the lines of the text in place of the points' numbers."""

    def said(text: str) -> str:
        return re.sub(r"\bpoints\.(\d+)", lambda found: f"line {lines[int(found[1])]}", text)

    errors = tuple(FieldError(said(one.field), said(one.message)) for one in error.errors)
    return InvalidInput(said(error.detail), errors=errors)


# What may be wrong with a row: the part of the point, the column that says it (None: the row as a whole), and (N,)
# whether it is wrong there.
Fault = tuple[str, Column | None, NDArray[np.bool_]]


def _faults(table: Table, parts: Parts, labels: Labels | None) -> list[Fault]:
    """What may be wrong; the first that is, is told."""
    is_long = np.zeros(len(table.lines), np.bool_)
    is_long[table.too_long] = True
    faults: list[Fault] = [("row", None, is_long)]
    for part in ("x", "y", "value"):
        if (column := getattr(parts, part)) is not None:
            faults.append((part, column, _no_coordinates(column)))
    if labels is not None:
        faults.append(("label", parts.label, labels.labels == NONE))
    if parts.held_out is not None:
        faults.append(("held_out", parts.held_out, _no_truth(parts.held_out)))
    return faults


def _no_coordinates(column: Column) -> NDArray[np.bool_]:
    if not column.has_numbers:  # of words, chosen all the same
        return np.ones(len(column.cells), np.bool_)
    return ~(np.abs(column.values) <= FARTHEST)  # nor is NaN


def _no_truth(column: Column) -> NDArray[np.bool_]:
    return np.array([text.lower() not in HELD_OUT for text in column.texts.texts])[column.texts.codes]


def _problem(table: Table, index: int, faults: list[Fault]) -> Problem:
    """The first thing that is wrong with a row."""
    line = table.lines[index]
    part, column = next((part, column) for part, column, is_wrong in faults if is_wrong[index])
    if column is None:
        sentence = Sentence(
            "Line {line} has more cells than there are columns, {count}.", line=line, count=len(table.columns)
        )
        return Problem(line, part, sentence)
    return Problem(line, part, _sentence(line, part, column.cells[index]))


def _sentence(line: int, part: str, cell: str) -> Sentence:
    if part == "label" or is_missing(cell):
        return Sentence("Line {line} has no {part}.", line=line, part=part)
    values = {"line": line, "part": part, "cell": quote(cell)}
    if part == "held_out":
        return Sentence("Line {line}, {part}, must be true or false; got {cell}.", **values)
    return Sentence("Line {line}, {part}, must be a number within ±1,000,000; got {cell}.", **values)


def _open_questions(
    table: Table, parts: Parts, choices: Choices, *, num_unusable: int, num_usable: int
) -> Iterator[Question]:
    for question in table.questions:
        if question.choice != "encoding" or _says_letters(parts):
            yield question
    if parts.x is None or parts.y is None:
        yield Question("x" if parts.x is None else "y", Sentence("There are no two columns of numbers in this table."))
        return
    yield from parts.questions
    if num_unusable and choices.unusable is None:
        yield Question("unusable", Sentence("{count} rows are no points. Leave them out?", count=num_unusable))
    if num_usable > MOST_POINTS and choices.rows is None:
        yield Question("rows", _too_many(num_usable))


def _too_many(count: int) -> Sentence:
    return Sentence(
        "There are {count} points; at most {most} can be taken. Take a sample?", count=count, most=MOST_POINTS
    )


def _says_letters(parts: Parts) -> bool:
    """Whether what is taken of the table has letters that depend on the encoding."""
    return parts.label is not None and not all(map(str.isascii, parts.label.texts.texts))


def _refusal(reading: Reading) -> InvalidInput:
    """The error that names each line; the last words are the way out."""
    errors = tuple(FieldError(_place(problem), problem.message) for problem in reading.problems)
    first, more = reading.problems[0].message, len(reading.unusable) - 1
    if not more:
        return InvalidInput(first, errors=errors)
    return InvalidInput(Sentence("{first} ({count} more)", first=first, count=more), errors=errors)


def _place(problem: Problem) -> str:
    return f"line {problem.line}" if problem.part == "row" else f"line {problem.line}.{problem.part}"
