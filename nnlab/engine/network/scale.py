"""The scale of a network's inputs: what its features are shifted and divided by before the first layer sees them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.menus.features import input_rows
from nnlab.engine.menus.scalings import scaling_named
from nnlab.engine.specs import Examples, NetworkSpec


@dataclass(frozen=True, slots=True)
class InputScale:
    """For each of D inputs, in their order: the network sees (feature - shift) / size."""

    shift: tuple[float, ...]
    size: tuple[float, ...]

    def apply(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """rows <- (rows - shift) / size, for the first D rows of (D + 1, N); return them."""
        inputs = rows[: len(self.shift)]
        inputs -= np.array(self.shift)[:, None]
        inputs /= np.array(self.size)[:, None]
        return rows


def unscaled(num_inputs: int) -> InputScale:
    """Return the scale that leaves D inputs as they are."""
    return InputScale((0.0,) * num_inputs, (1.0,) * num_inputs)


def fit_scale(spec: NetworkSpec, examples: Examples) -> InputScale:
    """Return the scale that the network's scaling has for the training points; without one, inputs stay as they are.

    Raises InvalidInput for unknown names. Held-out points have no part in it: the network shall not know them.
    """
    fit = scaling_named(spec.scaling).fit
    training = examples.coordinates[~examples.held_out]
    if not len(training):
        return unscaled(len(spec.inputs))
    with np.errstate(all="ignore"):
        shift, size = fit(input_rows(spec.inputs, training)[:-1])
    return InputScale(tuple(shift.tolist()), tuple(size.tolist()))
