"""Words or numbers for classes, as labels 0, 1, 2, ... with their names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.document.points import LONGEST_CLASS_NAME, MOST_CLASSES
from nnlab.document.validation import one_line
from nnlab.files.table.choices import refused
from nnlab.files.table.columns import TRUTH, Column, is_class_missing
from nnlab.files.table.numbers import is_missing
from nnlab.sentence import Sentence

NONE = -1  # the label of a row that has none
LONG_NUMBER = 1e15  # beyond, a name of all its digits would be cut


@dataclass(frozen=True, slots=True)
class Labels:
    """labels (N,): of each row, NONE where it has none; the classes' names (None: as they are); how many there are."""

    labels: NDArray[np.int16]
    names: tuple[str, ...] | None
    classes: int


def labels_of(column: Column, known: Sequence[str] = (), *, own: bool = False) -> Labels:
    """The labels in a column.

    `known`: what the classes are called already; if all words are among them they keep their labels. `own`: numbers
    are labels in any case, and na is a name, as NNLab wrote them. Raises InvalidInput for more than there are classes.
    """
    if tuple(known) != tuple(map(str, range(len(known)))) and not set(column.counts()) - set(known):
        numbers: dict[str | None, int] = {text: label for label, text in enumerate(known)}
        return Labels(_labels(column, list(column.texts.texts), numbers), None, len(known))
    keys = _keys(column, own=own)
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
        labels = _labels(column, keys, literal)
        classes = max(2, 1 + max(map(int, distinct), default=0))
        return Labels(labels, (), max(classes, len(known)) if own else classes)
    order = _ordered(column, distinct)
    by_key: dict[str | None, int] = {key: label for label, key in enumerate(order)}
    return Labels(_labels(column, keys, by_key), names_of(order), max(2, len(order)))


def _labels(column: Column, keys: Sequence[str | None], by_key: dict[str | None, int]) -> NDArray[np.int16]:
    """The label (N,) of each row; `keys` has what each of the column's texts stands for."""
    return np.array([by_key.get(key, NONE) for key in keys], np.int16)[column.texts.codes]


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


def _keys(column: Column, *, own: bool) -> list[str | None]:
    """What each text of the column stands for: numbers for their value, words for themselves; None for no class."""
    texts = column.texts
    words = [None if (not text if own else is_class_missing(text)) else text for text in texts.texts]
    if not column.has_numbers:
        return words
    values = column.values[texts.first()].tolist()
    told = [bool(text) if own else not is_missing(text) for text in texts.texts]
    if any(is_told and math.isnan(value) for is_told, value in zip(told, values, strict=True)):
        return words
    return [None if math.isnan(value) else _number(value) for value in values]


def _number(value: float) -> str:
    is_short = value.is_integer() and abs(value) < LONG_NUMBER
    return str(int(value)) if is_short else f"{value:.12g}"


def _ordered(column: Column, distinct: list[str]) -> list[str]:
    """Numbers by size, no before yes and other signs, words as they come."""
    if column.has_numbers and all(_is_number(key) for key in distinct):
        return sorted(distinct, key=float)
    if column.kind == "boolean":
        return sorted(distinct, key=lambda text: TRUTH.get(text.lower(), 2))
    return distinct


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
