"""Words or numbers for classes, as labels 0, 1, 2, ... with their names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from nnlab.document.points import LONGEST_CLASS_NAME, MOST_CLASSES
from nnlab.document.validation import one_line
from nnlab.files.table.choices import refused
from nnlab.files.table.columns import TRUTH, Column, is_class_missing
from nnlab.files.table.numbers import is_missing
from nnlab.sentence import Sentence

LONG_NUMBER = 1e15  # beyond, a name of all its digits would be cut


@dataclass(frozen=True, slots=True)
class Labels:
    """The label of each row, None where it has none; the classes' names (None: as they are), and how many there are."""

    labels: list[int | None]
    names: tuple[str, ...] | None
    classes: int


def labels_of(column: Column, known: Sequence[str] = (), *, own: bool = False) -> Labels:
    """The labels in a column.

    `known`: what the classes are called already; if all words are among them they keep their labels. `own`: numbers
    are labels in any case, as NNLab wrote them. Raises InvalidInput for more than there are classes.
    """
    if tuple(known) != tuple(map(str, range(len(known)))) and not set(column.counts()) - set(known):
        numbers = {text: known.index(text) for text in column.texts() if text in known}
        return Labels(list(map(numbers.get, column.cells)), None, len(known))
    keys = _keys(column)
    distinct = [key for key in dict.fromkeys(keys) if key is not None]
    if len(distinct) > MOST_CLASSES:
        sentence = Sentence(
            "The column {name} has {count} different values; there are at most {most} classes.",
            name=column.title,
            count=len(distinct),
            most=MOST_CLASSES,
        )
        raise refused("label", sentence)
    if _are_labels(distinct) and (own or "0" in distinct):
        literal: dict[str | None, int] = {key: int(key) for key in distinct}
        labels = list(map(literal.get, keys))
        classes = max(2, 1 + max(map(int, distinct), default=0))
        return Labels(labels, (), max(classes, len(known)) if own else classes)
    order = _ordered(column, distinct)
    by_key: dict[str | None, int] = {key: label for label, key in enumerate(order)}
    return Labels(list(map(by_key.get, keys)), names_of(order), max(2, len(order)))


def _are_labels(texts: Sequence[str]) -> bool:
    return all(text.isascii() and text.isdigit() and len(text) == 1 and int(text) < MOST_CLASSES for text in texts)


def names_of(words: Sequence[str]) -> tuple[str, ...]:
    """Names of classes out of words: on one line, short enough, and no two alike."""
    names: list[str] = []
    for word in words:
        name = one_line(word).strip()[:LONGEST_CLASS_NAME].strip() or "?"
        number = 1
        while name in names:
            number += 1
            ending = f" {number}"
            name = name[: LONGEST_CLASS_NAME - len(ending)] + ending
        names.append(name)
    return tuple(names)


def _keys(column: Column) -> list[str | None]:
    """What tells classes apart: numbers by their value, words as they are written; None for a missing one."""
    if column.values and not _has_words(column):
        texts = {value: _number(value) for value in set(column.values) if not math.isnan(value)}
        return list(map(texts.get, column.values))  # NaN is none of them
    words = {text: None if is_class_missing(text) else text for text in column.texts()}
    return list(map(words.get, column.cells))


def _has_words(column: Column) -> bool:
    """Whether a column of numbers has a cell that is neither a number nor empty."""
    if not column.num_unread:
        return False
    pairs = zip(column.values, column.cells, strict=True)
    return any(math.isnan(value) and not is_missing(cell) for value, cell in pairs)


def _number(value: float) -> str:
    is_short = value.is_integer() and abs(value) < LONG_NUMBER
    return str(int(value)) if is_short else f"{value:.12g}"


def _ordered(column: Column, distinct: list[str]) -> list[str]:
    """Numbers by size, no before yes, words as they come."""
    if column.values and all(_is_number(key) for key in distinct):
        return sorted(distinct, key=float)
    if column.kind == "boolean":
        return sorted(distinct, key=lambda text: TRUTH[text.lower()])
    return distinct


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
