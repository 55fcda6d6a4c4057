"""The different texts in a column, and which of them stands where: what a text says is found out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.files.table.even import Cells

SAMPLE = 2_000  # cells that tell whether few differ
SCATTER = np.uint64(0x9E3779B97F4A7C15)  # odd, near 2^64 / golden ratio: neighbours come far apart [Knuth, vol. 3, 6.4]


@dataclass(frozen=True, slots=True)
class Texts:
    """`texts` has each once, in the order in which they come first. codes (N,): the index of each cell's text."""

    texts: list[str]
    codes: NDArray[np.intp]

    def counts(self) -> list[int]:
        """How often each stands in the column."""
        counts: list[int] = np.bincount(self.codes, minlength=len(self.texts)).tolist()
        return counts

    def first(self) -> NDArray[np.intp]:
        """The index of the first cell of each."""
        return _first_of(self.codes, len(self.texts))


def few_differ(cells: Sequence[str]) -> bool:
    """Whether a column says the same over and over, by its first cells."""
    return len(set(cells[:SAMPLE])) < SAMPLE / 4


def texts_of(cells: Sequence[str]) -> Texts:
    """The different texts of a column."""
    packed = cells.packed() if isinstance(cells, Cells) else None
    if packed is not None:
        return _unpacked(cells, packed)
    cells = list(cells)
    numbers = {text: number for number, text in enumerate(dict.fromkeys(cells))}
    return Texts(list(numbers), np.fromiter(map(numbers.__getitem__, cells), np.intp, len(cells)))


def _unpacked(cells: Sequence[str], packed: NDArray[np.uint64]) -> Texts:
    """The texts of cells by their numbers; texts that differ in blanks around them alone are one."""
    values, codes = _numbered(packed)
    places = np.sort(_first_of(codes, len(values)))
    numbers: dict[str, int] = {}
    renamed = np.empty(len(values), np.intp)
    for place in places.tolist():
        renamed[codes[place]] = numbers.setdefault(cells[place], len(numbers))
    return Texts(list(numbers), renamed[codes])


def _numbered(packed: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """The different values, and codes (N,): which of them stands where.

    Each has a slot of its own among 65,536, as a rule, where few differ; else they are sorted.
    """
    slots = (packed * SCATTER) >> np.uint64(48)
    kept = np.zeros(1 << 16, np.uint64)
    kept[slots] = packed
    if not np.array_equal(kept[slots], packed):
        values = np.unique(packed)
        return values, np.searchsorted(values, packed)
    is_used = np.zeros(len(kept), np.bool_)
    is_used[slots] = True
    return kept[is_used], (np.cumsum(is_used) - 1)[slots]


def _first_of(codes: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Where each of the codes below `count` stands first."""
    first = np.empty(count, np.intp)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)  # of equal ones the last that is written stays
    return first
