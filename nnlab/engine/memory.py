"""Parameters, gradient and optimizer state: rows of one matrix, so that an update is a few calls over all of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from nnlab.engine.tape import Floats


class Memory:
    """Named rows (R, P). Those up to `params` are what a snapshot must keep, the rest is written anew at every step."""

    def __init__(self, names: tuple[str, ...], num_params: int, dtype: DTypeLike) -> None:
        self.names = names
        self.rows: Floats = np.zeros((len(names), num_params), dtype)
        self.kept = self.rows[: names.index("params") + 1]

    def row(self, name: str) -> Floats:
        """Return the row (P,) of that name."""
        return self.rows[self.names.index(name)]

    @property
    def params(self) -> Floats:
        """All weights and biases (P,)."""
        return self.row("params")

    @property
    def gradient(self) -> Floats:
        """Gradient of the data loss (P,), once the backward pass has run."""
        return self.row("gradient")

    @property
    def penalty(self) -> Floats:
        """Gradient of the regularization loss (P,)."""
        return self.row("penalty")
