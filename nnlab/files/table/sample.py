"""A part of too many rows: drawn by a seed, with as many rows of each class as can be."""

from __future__ import annotations

import random
from collections.abc import Sequence


def sample_of(labels: Sequence[int | None], most: int, seed: int) -> list[int]:
    """Indices of at most `most` rows in ascending order; `labels` has the class of each row.

    No class has fewer rows than another one, unless it has no more of them.
    """
    groups = {each: [index for index, label in enumerate(labels) if label == each] for each in set(labels)}
    generator = random.Random(seed)
    chosen: list[int] = []
    waiting = sorted(groups.values(), key=lambda group: (len(group), group))
    for number, group in enumerate(waiting):
        share = (most - len(chosen)) // (len(waiting) - number)
        chosen += generator.sample(group, min(len(group), share))
    return sorted(chosen)
