"""A part of too many rows: drawn by a seed, with as many rows of each class as can be."""

from __future__ import annotations

import random

import numpy as np
from numpy.typing import NDArray


def sample_of(labels: NDArray[np.integer], most: int, seed: int) -> list[int]:
    """Indices of at most `most` rows in ascending order; labels (N,) have the class of each row.

    No class has fewer rows than another one, unless it has no more of them.
    """
    groups = [np.flatnonzero(labels == each) for each in np.unique(labels)]
    generator = random.Random(seed)
    chosen: list[int] = []
    for number, group in enumerate(sorted(groups, key=lambda group: (len(group), group[0]))):
        share = (most - len(chosen)) // (len(groups) - number)
        chosen += group[generator.sample(range(len(group)), min(len(group), share))].tolist()
    return sorted(chosen)
