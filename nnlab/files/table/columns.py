"""The columns of a table: what they are called, what kind they are of, which values they have."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import KeysView
from dataclasses import dataclass, field
from typing import Literal

from nnlab.files.table.choices import Question
from nnlab.files.table.numbers import decimal_of, is_missing, looks_numeric, numbers_of
from nnlab.sentence import Sentence

Kind = Literal["number", "whole", "index", "boolean", "words", "empty"]

SAMPLE = 400  # cells that tell whether a column may be numbers
FEW = 8  # values of a column of classes, at most
TRUTH = {
    "true": True, "false": False, "yes": True, "no": False, "wahr": True, "falsch": False, "ja": True, "nein": False,
    "t": True, "f": False, "y": True, "n": False, "vrai": True, "faux": False, "oui": True, "non": False,
}  # fmt: skip
MISSING_CLASS = frozenset(("", "na", "n/a", "nan", "null", "#n/a", "#na", "?"))  # a sign or "none" may be a class
INDEX_NAMES = frozenset(("id", "index", "idx", "no", "no.", "nr", "nr.", "row", "rownames", "#", "number", "nummer"))


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `values` are its numbers, NaN for cells that are none. Its number counts from 1.

    `range`: the least and the largest number. `num_unread`: how many of its cells are no numbers.
    """

    number: int
    name: str
    kind: Kind
    cells: list[str]
    values: list[float] = field(default_factory=list)
    range: tuple[float, float] | None = None
    num_unread: int = 0
    known: Counter[str] = field(default_factory=Counter, compare=False, repr=False)  # how often each text stands in it

    @property
    def is_numeric(self) -> bool:
        """Whether it can be a coordinate."""
        return self.kind in ("number", "whole")

    @property
    def title(self) -> str:
        """What it is called in sentences: its name, or #3."""
        return self.name or f"#{self.number}"

    def texts(self) -> KeysView[str]:
        """The different texts in it, in their order."""
        if not self.known:
            self.known.update(Counter(self.cells))
        return self.known.keys()

    def counts(self) -> Counter[str]:
        """How often each text stands in it, those left out that name no class."""
        return Counter({text: self.known[text] for text in self.texts() if not is_class_missing(text)})


def is_class_missing(text: str) -> bool:
    """Whether a cell of a column of classes names none."""
    return text.lower() in MISSING_CLASS


def columns_of(
    cells: list[list[str]], names: list[str], *, separator: str, typed: bool, decimal: str | None
) -> tuple[list[Column], str, Question | None]:
    """The columns of cells, their decimal sign, and what is not certain about it."""
    numeric = [_may_be_numbers(each) for each in cells]
    sign, question = decimal, None
    if sign is None and typed:
        sign = "."
    elif sign is None:
        found = decimal_of([each for each, is_number in zip(cells, numeric, strict=True) if is_number], separator)
        sign, question = found.sign, None if found.certain else _asked(cells, numeric)
    columns = [
        _column(number, name, each, sign if is_number else None)
        for number, (name, each, is_number) in enumerate(zip(names, cells, numeric, strict=True), 1)
    ]
    return columns, sign, question


def _asked(cells: list[list[str]], numeric: list[bool]) -> Question:
    example = next(
        cell for each, is_number in zip(cells, numeric, strict=True) if is_number for cell in each if {*cell} & {*".,"}
    )
    return Question(
        "decimal", Sentence("Is the sign in {example} a decimal sign, or a thousands mark?", example=example)
    )


def _may_be_numbers(cells: list[str]) -> bool:
    step = max(1, len(cells) // SAMPLE)
    told = [cell for cell in cells[::step] if not is_missing(cell)] or [cell for cell in cells if not is_missing(cell)]
    return bool(told) and sum(map(looks_numeric, told)) >= 0.5 * len(told)


def _column(number: int, name: str, cells: list[str], decimal: str | None) -> Column:
    if decimal is None:
        return Column(number, name, _kind_of_words(cells), cells)
    values = numbers_of(cells, decimal)
    told = _told(values)
    some = set(told) if len(set(told[:SAMPLE])) < SAMPLE / 4 else told  # few that differ say as much
    kind: Kind = "number"
    if all(map(float.is_integer, some)):
        kind = "index" if _counts_rows(name, values) else "whole"
    spread = (min(some), max(some)) if some else None
    return Column(number, name, kind, cells, values, spread, len(values) - len(told))


def _told(values: list[float]) -> list[float]:
    """The numbers among values of which some may be NaN."""
    return [value for value in values if not math.isnan(value)] if math.isnan(sum(values)) else values


def _kind_of_words(cells: list[str]) -> Kind:
    told = {cell for cell in set(cells) if not is_missing(cell)}
    if not told:
        return "empty" if not any(set(cells) - {""}) else "words"
    return "boolean" if len(told) <= 2 and all(text.lower() in TRUTH for text in told) else "words"


def _counts_rows(name: str, values: list[float]) -> bool:
    """Whether the column numbers the rows: without a name of its own, or with one that says so."""
    bare = name.strip().lower()
    if bare and bare not in INDEX_NAMES and not bare.startswith("unnamed"):
        return False
    if len(values) < 3 or values[0] not in (0, 1):
        return False
    start = int(values[0])
    return all(value == number for number, value in enumerate(values, start))
