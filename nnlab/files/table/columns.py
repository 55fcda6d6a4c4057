"""The columns of a table: what they are called, what kind they are of, which values they have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np

from nnlab.files.table.choices import Question
from nnlab.files.table.digits import Float64s
from nnlab.files.table.even import Cells
from nnlab.files.table.numbers import decimal_of, each_number_of, is_missing, looks_numeric, numbers_of
from nnlab.files.table.texts import Texts, few_differ, texts_of
from nnlab.sentence import Sentence

Kind = Literal["number", "whole", "index", "boolean", "words", "empty"]

SAMPLE = 400  # cells that tell whether a column may be numbers
FEW = 8  # values of a column of classes, at most
TRUTH = {
    "true": True, "false": False, "yes": True, "no": False, "wahr": True, "falsch": False, "ja": True, "nein": False,
    "t": True, "f": False, "y": True, "n": False, "vrai": True, "faux": False, "oui": True, "non": False,
}  # fmt: skip
MISSING_CLASS = frozenset(("", "na", "n/a", "nan", "null", "#n/a", "#na", "?"))  # a sign or "none" may be a class
OWN_NAMES = ("x", "y", "label", "held_out", "value")  # as NNLab writes them
INDEX_NAMES = frozenset(("id", "index", "idx", "no", "no.", "nr", "nr.", "row", "rownames", "#", "number", "nummer"))


@dataclass(frozen=True)
class Column:
    """One column; values (N,) are its numbers, NaN for cells that are none, or (0,) if it has none. Its number counts
    from 1.

    `range`: the least and the largest number. `num_unread`: how many of its cells are no numbers. `known`: its
    different texts, where they were looked for already.
    """

    number: int
    name: str
    kind: Kind
    cells: Sequence[str]
    values: Float64s = field(default_factory=lambda: np.empty(0), compare=False)
    range: tuple[float, float] | None = None
    num_unread: int = 0
    known: Texts | None = field(default=None, compare=False, repr=False)

    @property
    def is_numeric(self) -> bool:
        """Whether it can be a coordinate."""
        return self.kind in ("number", "whole")

    @property
    def has_numbers(self) -> bool:
        """Whether it was read as numbers."""
        return len(self.values) > 0

    @property
    def title(self) -> str:
        """What it is called in sentences: its name, or #3."""
        return self.name or f"#{self.number}"

    @cached_property
    def texts(self) -> Texts:
        """The different texts in it."""
        return self.known or texts_of(self.cells)

    def counts(self) -> Counter[str]:
        """How often each text stands in it, those left out that name no class."""
        counts = zip(self.texts.texts, self.texts.counts(), strict=True)
        return Counter({text: count for text, count in counts if not is_class_missing(text)})


def is_class_missing(text: str) -> bool:
    """Whether a cell of a column of classes names none."""
    return text.lower() in MISSING_CLASS


def columns_of(
    cells: Sequence[Sequence[str]], names: list[str], *, separator: str, typed: bool, decimal: str | None
) -> tuple[list[Column], str, Question | None]:
    """The columns of cells, their decimal sign, and what is not certain about it."""
    texts = [texts_of(each) if few_differ(each) else None for each in cells]
    numeric = [_may_be_numbers(each) for each in cells]
    sign, question = decimal, None
    if sign is None and typed:
        sign = "."
    elif sign is None:
        told = [known.texts if known else each for each, known in zip(cells, texts, strict=True)]
        wordy = OWN_NAMES.index("label") if tuple(names) == OWN_NAMES else None  # a class may be called 1.5
        told = [each for number, each in enumerate(told) if numeric[number] and number != wordy]
        found = decimal_of(told, separator)
        sign, question = found.sign, None if found.certain else _asked(told)
    columns = [
        _column(Column(number, name, "words", each, known=known), sign if is_number else None)
        for number, (name, each, known, is_number) in enumerate(zip(names, cells, texts, numeric, strict=True), 1)
    ]
    return columns, sign, question


def _asked(columns: Sequence[Sequence[str]]) -> Question:
    example = next(cell for cells in columns for cell in cells if {*cell} & {*".,"})
    return Question(
        "decimal", Sentence("Is the sign in {example} a decimal sign, or a thousands mark?", example=example)
    )


def _may_be_numbers(cells: Sequence[str]) -> bool:
    step = max(1, len(cells) // SAMPLE)
    told = [cell for cell in cells[::step] if not is_missing(cell)] or [cell for cell in cells if not is_missing(cell)]
    return bool(told) and sum(map(looks_numeric, told)) >= 0.5 * len(told)


def _column(bare: Column, decimal: str | None) -> Column:
    """The column with what its cells say, as numbers with this decimal sign if they may be some."""
    if decimal is None:
        return replace(bare, kind=_kind_of_words(bare.texts))
    values = _values(bare, decimal)
    told = values[~np.isnan(values)]
    kind: Kind = "number"
    if (told == np.floor(told)).all():
        kind = "index" if _counts_rows(bare.name, values) else "whole"
    spread = (float(told.min()), float(told.max())) if len(told) else None
    return replace(bare, kind=kind, values=values, range=spread, num_unread=len(values) - len(told))


def _values(bare: Column, decimal: str) -> Float64s:
    if bare.known is not None:
        return each_number_of(bare.known.texts, decimal)[bare.known.codes]
    found = bare.cells.numbers(decimal) if isinstance(bare.cells, Cells) else None
    return numbers_of(list(bare.cells), decimal) if found is None else found


def _kind_of_words(texts: Texts) -> Kind:
    told = [text for text in texts.texts if not is_missing(text)]
    if not told:
        return "words" if any(texts.texts) else "empty"
    return "boolean" if len(told) <= 2 and all(text.lower() in TRUTH for text in told) else "words"


def _counts_rows(name: str, values: Float64s) -> bool:
    """Whether the column numbers the rows: without a name of its own, or with one that says so."""
    bare = name.strip().lower()
    if bare and bare not in INDEX_NAMES and not bare.startswith("unnamed"):
        return False
    if len(values) < 3 or values[0] not in (0, 1):
        return False
    return bool((np.diff(values) == 1).all())
