"""A part of too many rows: drawn by a seed, with as many rows of each class as can be."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

NONE = 255  # beyond all labels


def sample_of(labels: Sequence[int | None], most: int, seed: int) -> list[int]:
    """Indices of at most `most` rows in ascending order; `labels` has the class of each row.

    No class has fewer rows than another one, unless it has no more of them.
    """
    codes = _codes(labels)
    groups = [np.flatnonzero(codes == each) for each in np.unique(codes)]
    generator = random.Random(seed)
    chosen: list[int] = []
    for number, group in enumerate(sorted(groups, key=lambda group: (len(group), group[0]))):
        share = (most - len(chosen)) // (len(groups) - number)
        chosen += group[generator.sample(range(len(group)), min(len(group), share))].tolist()
    return sorted(chosen)


def _codes(labels: Sequence[int | None]) -> NDArray[np.uint8]:
    """The labels as bytes: made at once where none is missing, as there may be a million."""
    try:
        return np.frombuffer(bytes(labels), np.uint8)  # type: ignore[arg-type]  # of None a TypeError
    except TypeError:
        return np.frombuffer(bytes(NONE if label is None else label for label in labels), np.uint8)
