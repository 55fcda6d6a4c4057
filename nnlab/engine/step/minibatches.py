"""Which examples each step sees: permutations of the training points, cut into minibatches of one size.

Without shuffle every permutation is the order of the points themselves.
A minibatch that reaches the end of a permutation carries on into the next one, so every minibatch has exactly
batch_size examples, all examples are used equally often, and there is no short batch to leak stale rows. batch_size at
or above the number of examples is the full batch, in the order of the points.

Examples are gathered for many minibatches at once (a chunk), in one call; a step copies its block of them to where the
tape reads, so drawing minibatches costs it that and its share of the chunk.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy, deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.buffers.cache_lines import lined_up
from nnlab.engine.buffers.tape import Floats

CHUNK_STEPS = 32  # steps between two gathers: one costs 14 us for 320 of 200 points, half of it their permutations
CHUNK_EXAMPLES = 2048  # and examples at most, which bounds the store's memory


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where the drawing stood when a chunk was begun: enough to draw the same chunk again."""

    generator: Mapping[str, Any]
    pending: NDArray[np.intp]


class Minibatches:
    """An endless stream of minibatches of the columns of `rows` (D + 1 + T, N): inputs, ones and encoded targets.

    `noise` is the standard deviation of what is added to the D inputs, anew each time an example is used.
    """

    def __init__(
        self,
        rows: Floats,
        num_inputs: int,
        batch_size: int,
        generator: np.random.Generator,
        *,
        noise: float = 0.0,
        shuffle: bool = True,
    ) -> None:
        self._rows = rows
        self._num_inputs = num_inputs
        self.generator = generator
        self._noise = noise
        self._shuffle = shuffle
        num_examples = rows.shape[1]
        self.num_examples = num_examples
        self.batch_size = min(batch_size, num_examples)
        self.full = self.batch_size == num_examples
        self.constant = self.full and not noise  # the same minibatch again and again
        if self.batch_size == 0:
            self.slots = 0
        elif self.constant:
            self.slots = 1
        else:
            self.slots = max(1, min(CHUNK_STEPS, CHUNK_EXAMPLES // self.batch_size))
        # A block a minibatch, because products of strided slices cost 0.3 us more: NumPy copies them first.
        self.store: Floats = lined_up((self.slots, len(rows), self.batch_size), rows.dtype)
        self._pending = np.empty(0, np.intp)
        self._draws = np.empty((self.slots, num_inputs, self.batch_size), rows.dtype) if noise else None
        self.bookmark: Bookmark | None = None

    def batch(self, slot: int) -> tuple[Floats, Floats]:
        """Return the views of one minibatch of the chunk: inputs (D + 1, batch_size), targets (T, batch_size)."""
        return self.parts(self.block(slot))

    def block(self, slot: int) -> Floats:
        """Return the view (D + 1 + T, batch_size) of one minibatch of the chunk."""
        return self.store[slot]

    def parts(self, block: Floats) -> tuple[Floats, Floats]:
        """Return the views of a block's inputs and targets."""
        return block[: self._num_inputs + 1], block[self._num_inputs + 1 :]

    def refill(self) -> None:
        """Draw the next chunk into the store. A constant minibatch is there already after the first time."""
        if self.constant and self.bookmark is not None:
            return
        self.bookmark = Bookmark(self.generator.bit_generator.state, self._pending)
        gathered = self._rows.take(self._next_indices(self.slots * self.batch_size), axis=1)
        self.store[...] = gathered.reshape(len(self._rows), self.slots, self.batch_size).swapaxes(0, 1)
        if self._draws is not None:
            self.generator.standard_normal(dtype=self._draws.dtype.type, out=self._draws)
            self.store[:, : self._num_inputs] += self._draws.dtype.type(self._noise) * self._draws

    def resume(self, bookmark: Bookmark) -> None:
        """Draw the bookmarked chunk again. The generator is left where that leaves it."""
        self.generator.bit_generator.state = bookmark.generator
        self._pending = bookmark.pending
        self.refill()

    def indices(self, slot: int) -> NDArray[np.intp]:
        """Return which columns of the rows stand in that minibatch of the chunk: drawn again, as nobody keeps them."""
        assert self.bookmark is not None, "missing chunk: refill first"
        again = copy(self)
        again.generator = deepcopy(self.generator)
        again.generator.bit_generator.state = self.bookmark.generator
        again._pending = self.bookmark.pending
        drawn = again._next_indices(self.slots * self.batch_size)
        return drawn[slot * self.batch_size : (slot + 1) * self.batch_size]

    def _next_indices(self, count: int) -> NDArray[np.intp]:
        if self.full:
            return np.tile(np.arange(self.num_examples), self.slots)
        orders = [self._pending]
        drawn = len(self._pending)
        while drawn < count:
            orders.append(self._next_order())
            drawn += self.num_examples
        indices = np.concatenate(orders)
        self._pending = indices[count:]
        return indices[:count]

    def _next_order(self) -> NDArray[np.intp]:
        return self.generator.permutation(self.num_examples) if self._shuffle else np.arange(self.num_examples)
