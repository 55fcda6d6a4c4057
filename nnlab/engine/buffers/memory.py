"""Parameters, gradient and optimizer state: rows of one matrix, so that an update is a few calls over all of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from nnlab.engine.buffers.cache_lines import CACHE_LINE, lined_up, round_up
from nnlab.engine.buffers.tape import Floats

PRODUCT_LIMIT = 2000  # parameters up to which updates as one product are faster than elementwise ones


class Memory:
    """Named rows (R, P). `kept`, up to `params` but for the penalty, is what a state must keep: the rest is written
    anew from it.

    With `own_rates` each parameter has its own learning rate: stacked networks may differ in it.
    """

    def __init__(self, names: tuple[str, ...], num_params: int, dtype: DTypeLike, *, own_rates: bool = False) -> None:
        self.names = names
        self.small = num_params <= PRODUCT_LIMIT and not own_rates
        self._own_rates = own_rates
        self._least = np.finfo(dtype).tiny  # of the normal numbers
        # Rows of elementwise updates begin at cache lines: 7.5 instead of 10.8 us an update of 8,707 parameters.
        stride = num_params if self.small else round_up(num_params, CACHE_LINE // np.dtype(dtype).itemsize)
        self.rows: Floats = lined_up((len(names), stride), dtype)[:, :num_params]
        self.kept = self.rows[int(names[0] == "penalty") : names.index("params") + 1]

    def row(self, name: str) -> Floats:
        """Return the row (P,) of that name."""
        return self.rows[self.names.index(name)]

    def constants(self) -> Floats:
        """Return where an update keeps its learning rate: one number (), or (P,) with own rates."""
        return np.zeros(self.rows.shape[1] if self._own_rates else (), self.rows.dtype)

    def flush(self) -> None:
        """Make 0 of what is too small to be a normal number. Processors take many times as long for such numbers, and
        there the state of dead units comes to rest: .9 times the smallest of all is rounded to itself.
        """
        np.multiply(self.kept, np.abs(self.kept) >= self._least, out=self.kept)

    @property
    def velocity(self) -> Floats:
        """The last update, for the optimizers that go on with it (P,)."""
        return self.row("velocity")

    @property
    def params(self) -> Floats:
        """All weights and biases (P,)."""
        return self.row("params")

    @property
    def gradient(self) -> Floats:
        """Gradient of the data loss over the last minibatch (P,)."""
        return self.row("gradient")

    @property
    def penalty(self) -> Floats:
        """Gradient of the regularization loss (P,), free to be overwritten by the update."""
        return self.row("penalty")
