"""Which examples each step sees: permutations of the training points, cut into minibatches of one size.

A minibatch that reaches the end of a permutation carries on into the next one, so every minibatch has exactly batch_size
examples, all examples are used equally often, and there is no short batch to leak stale rows. batch_size at or above the
number of examples is the full batch, in the order of the points.

Examples are gathered for many minibatches at once (a chunk), in one call; the tapes read slices of that store, so drawing
minibatches costs a step nothing but its share of the chunk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.tape import Floats

CHUNK_STEPS = 32  # steps between two gathers: a gather costs about 4 us, so 0.1 us a step
CHUNK_EXAMPLES = 2048  # and examples at most, which bounds the store's memory


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where the drawing stood when a chunk was begun: enough to draw the same chunk again."""

    generator: dict[str, Any]
    pending: NDArray[np.intp]


class Minibatches:
    """An endless stream of minibatches of the columns of `rows` (R, N), in chunks; the first `noisy` rows get input noise."""

    def __init__(
        self, rows: Floats, batch_size: int, generator: np.random.Generator, *, noise: float, noisy: int
    ) -> None:
        self._rows = np.ascontiguousarray(rows)
        self.generator = generator
        self._noise, self._noisy = noise, noisy
        num_examples = rows.shape[1]
        self.num_examples = num_examples
        self.batch_size = min(batch_size, num_examples)
        self.full = self.batch_size == num_examples
        if self.batch_size == 0:
            self.slots = 0
        elif self.full and not noise:
            self.slots = 1
        else:
            self.slots = max(1, min(CHUNK_STEPS, CHUNK_EXAMPLES // self.batch_size))
        self.store: Floats = np.empty((len(rows), self.slots * self.batch_size), rows.dtype)
        self._pending = np.empty(0, np.intp)
        self._draws = np.empty((noisy, self.store.shape[1]), rows.dtype) if noise else None
        self.bookmark: Bookmark | None = None

    def batch(self, slot: int) -> Floats:
        """Return the view (R, batch_size) of one minibatch of the chunk."""
        return self.store[:, slot * self.batch_size : (slot + 1) * self.batch_size]

    def refill(self) -> None:
        """Draw the next chunk into the store."""
        self.bookmark = Bookmark(self.generator.bit_generator.state, self._pending)
        # mode="clip" because the default checks into a copy first; the indices are ours and in range.
        np.take(self._rows, self._next_indices(self.store.shape[1]), axis=1, out=self.store, mode="clip")
        if self._draws is not None:
            self.generator.standard_normal(dtype=self._draws.dtype.type, out=self._draws)
            self.store[: self._noisy] += self._draws.dtype.type(self._noise) * self._draws

    def resume(self, bookmark: Bookmark) -> None:
        """Draw the bookmarked chunk again. The generator is left where that leaves it."""
        self.generator.bit_generator.state = bookmark.generator
        self._pending = bookmark.pending
        self.refill()

    def _next_indices(self, count: int) -> NDArray[np.intp]:
        if self.full:
            return np.tile(np.arange(self.num_examples), self.slots)
        orders = [self._pending]
        drawn = len(self._pending)
        while drawn < count:
            orders.append(self.generator.permutation(self.num_examples))
            drawn += self.num_examples
        indices = np.concatenate(orders)
        self._pending = indices[count:]
        return indices[:count]
