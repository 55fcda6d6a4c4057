"""Samples of too many rows."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nnlab.files.table.sample import sample_of
from tests.unit.making import CALM


@given(st.lists(st.integers(0, 4), min_size=1, max_size=300), st.integers(1, 60), st.integers(0, 9))
@CALM
def test_a_sample_is_as_large_as_can_be_and_balanced(labels: list[int], most: int, seed: int) -> None:
    chosen = sample_of(np.array(labels), most, seed)
    assert chosen == sorted(set(chosen)) == sample_of(np.array(labels), most, seed)
    assert len(chosen) == min(most, len(labels))
    all_of, some_of = Counter(labels), Counter(labels[index] for index in chosen)
    cut = [some_of[label] for label in all_of if some_of[label] < all_of[label]]
    assert not cut or max(cut) - min(cut) <= 1
    assert all(some_of[label] <= min(cut) + 1 for label in all_of) if cut else True
