"""What a person can decide about the reading of a table, and what is asked when nobody has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nnlab.errors import FieldError, InvalidInput
from nnlab.sentence import Sentence

NOBODY = "none"  # a part that no column has

# The signs between cells, by their names in the API.
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "blank": " "}
DECIMALS = {"point": ".", "comma": ","}
PARTS = ("x", "y", "label", "value", "held_out")


@dataclass(frozen=True, slots=True)
class Choices:
    """What was decided; None leaves a thing to be found out.

    A column is told by its name or its number from 1; `none` is no column. `unusable`: what becomes of rows that are
    no points. `rows`: all of them, or a sample with `seed` if they are too many.
    """

    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    header: bool | None = None
    sheet: str | None = None
    x: str | None = None
    y: str | None = None
    label: str | None = None
    value: str | None = None
    held_out: str | None = None
    unusable: Literal["refuse", "skip"] | None = None
    rows: Literal["all", "sample"] | None = None
    seed: int = 1


NO_CHOICES = Choices()


@dataclass(frozen=True, slots=True)
class Question:
    """A choice that the table leaves open; the preview goes on with the likeliest answer."""

    choice: str
    message: Sentence


def refused(field: str, sentence: Sentence) -> InvalidInput:
    """The error that one sentence makes."""
    return InvalidInput(sentence, errors=(FieldError(field, sentence),))
