"""A file read as points: which rows are points, which are none and why, and what somebody has to decide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from nnlab.document.points import FARTHEST, MOST_POINTS
from nnlab.document.wording import quote
from nnlab.errors import FieldError, InvalidInput
from nnlab.files.table.choices import NO_CHOICES, Choices, Question, refused
from nnlab.files.table.columns import Column, is_class_missing
from nnlab.files.table.labels import Labels, labels_of
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
    """A table as points. `unusable` has the rows that are none, `kept` the rows to take; both are indices.

    `problems` are the first of the unusable rows; `questions` is what nobody has decided; `scaling` is what the
    coordinates call for.
    """

    table: Table
    parts: Parts
    labels: Labels | None
    unusable: list[int]
    problems: list[Problem]
    kept: list[int]
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
    found = _unusable(table, parts)
    unusable = sorted(found)
    problems = [_problem(table, index, *found[index]) for index in unusable[:MOST_PROBLEMS]]
    usable = [index for index in range(len(table.lines)) if index not in found] if found else range(len(table.lines))
    kept = list(usable)
    if len(kept) > MOST_POINTS and choices.rows != "all":
        told = labels.labels if labels else [None] * len(table.lines)
        told = [told[index] for index in usable] if found else told
        kept = [usable[index] for index in sample_of(told, MOST_POINTS, choices.seed)]
    questions = list(_open_questions(table, parts, choices, num_unusable=len(found), num_usable=len(usable)))
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
    if broken or (reading.unusable and choices.unusable == "refuse"):
        raise _refusal(reading)
    if not reading.kept:
        raise refused("body", Sentence("There are no points in this text."))
    if len(reading.kept) > MOST_POINTS:
        raise refused("rows", _too_many(len(reading.kept)))
    return points_in(reading)


def points_in(reading: Reading) -> ReadPoints:
    """The rows that are to be taken, as JSON points."""
    parts, labels, kept = reading.parts, reading.labels, reading.kept
    assert parts.x is not None and parts.y is not None
    columns: dict[str, list[Any]] = {name: [getattr(parts, name).values[i] for i in kept] for name in ("x", "y")}
    if labels is not None:
        columns["label"] = [labels.labels[index] for index in kept]
    if parts.value is not None:
        columns["value"] = [parts.value.values[index] for index in kept]
    if parts.held_out is not None:
        columns["held_out"] = [HELD_OUT[parts.held_out.cells[index].lower()] for index in kept]
    rows = zip(*columns.values(), strict=True)
    points = [dict(zip(columns, row, strict=True)) for row in rows]
    lines = [reading.table.lines[index] for index in kept]
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


# What is wrong with a row: the part of the point, and the column that says it (None: the row as a whole).
Fault = tuple[str, Column | None]


def _unusable(table: Table, parts: Parts) -> dict[int, Fault]:
    """Index -> what is wrong first, for each row that is no point."""
    found: dict[int, Fault] = {}
    for part, column, is_wrong in _checks(parts):
        for index in is_wrong(column):
            found.setdefault(index, (part, column))
    for index in table.too_long:
        found[index] = ("row", None)
    return found


def _checks(parts: Parts) -> Iterator[tuple[str, Column, Callable[[Column], Iterator[int]]]]:
    for part in ("x", "y", "value"):
        if (column := getattr(parts, part)) is not None:
            yield part, column, _no_coordinates
    if parts.label is not None:
        yield "label", parts.label, _no_classes
    if parts.held_out is not None:
        yield "held_out", parts.held_out, _no_truth


def _no_coordinates(column: Column) -> Iterator[int]:
    if not column.values:  # of words, chosen all the same
        return iter(range(len(column.cells)))
    low, high = column.range or (0.0, 0.0)
    if not column.num_unread and -FARTHEST <= low <= high <= FARTHEST:
        return iter(())
    return (index for index, value in enumerate(column.values) if not -FARTHEST <= value <= FARTHEST)  # nor is NaN


def _no_classes(column: Column) -> Iterator[int]:
    missing = {text for text in column.texts() if is_class_missing(text)}
    if not missing:
        return iter(())
    return (index for index, cell in enumerate(column.cells) if cell in missing)


def _no_truth(column: Column) -> Iterator[int]:
    return (index for index, cell in enumerate(column.cells) if cell.lower() not in HELD_OUT)


def _problem(table: Table, index: int, part: str, column: Column | None) -> Problem:
    line = table.lines[index]
    if column is None:
        sentence = Sentence(
            "Line {line} has more cells than there are columns, {count}.", line=line, count=len(table.columns)
        )
        return Problem(line, part, sentence)
    cell = column.cells[index]
    return Problem(line, part, _sentence(line, part, cell))


def _sentence(line: int, part: str, cell: str) -> Sentence:
    if is_missing(cell) if part != "label" else is_class_missing(cell):
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
    return parts.label is not None and not all(map(str.isascii, parts.label.texts()))


def _refusal(reading: Reading) -> InvalidInput:
    """The error that names each line; the last words are the way out."""
    errors = tuple(FieldError(_place(problem), problem.message) for problem in reading.problems)
    first, more = reading.problems[0].message, len(reading.unusable) - 1
    if not more:
        return InvalidInput(first, errors=errors)
    return InvalidInput(Sentence("{first} ({count} more)", first=first, count=more), errors=errors)


def _place(problem: Problem) -> str:
    return f"line {problem.line}" if problem.part == "row" else f"line {problem.line}.{problem.part}"
