"""A part of too many rows: drawn by a seed, with as many rows of each class as can be."""

from __future__ import annotations

import random
from collections.abc import Sequence


def sample_of(labels: Sequence[int | None], most: int, seed: int) -> list[int]:
    """Indices of at most `most` rows in ascending order; `labels` has the class of each row.

    No class has fewer rows than another one, unless it has no more of them.
    """
    groups: dict[int | None, list[int]] = {}
    for index, label in enumerate(labels):
        groups.setdefault(label, []).append(index)
    generator = random.Random(seed)
    chosen: list[int] = []
    waiting = sorted(groups.values(), key=len)
    for number, group in enumerate(waiting):
        share = (most - len(chosen)) // (len(waiting) - number)
        chosen += generator.sample(group, min(len(group), share))
    return sorted(chosen)
