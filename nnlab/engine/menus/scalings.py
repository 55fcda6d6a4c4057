"""Ways to bring inputs to the size that training is made for: shift and divide, by numbers fitted on points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.errors import InvalidInput

Float64s = NDArray[np.float64]
NARROWEST = 1e-12  # an input whose values lie closer together says nothing; it is shifted and not divided


@dataclass(frozen=True, slots=True)
class Scaling:
    """An entry of the menu; `formula` is LaTeX.

    fit(values (D, N)), N > 0, gives shift (D,) and size (D,): the network sees (value - shift) / size.
    """

    label: str
    help: str
    formula: str
    fit: Callable[[Float64s], tuple[Float64s, Float64s]]


def as_it_is(values: Float64s) -> tuple[Float64s, Float64s]:
    """Shift 0 and size 1."""
    return np.zeros(len(values)), np.ones(len(values))


def mean_and_deviation(values: Float64s) -> tuple[Float64s, Float64s]:
    """Shift by the mean, divide by the standard deviation: zero-centred and of unit size.  [CS231n nn-2 #datapre]"""
    return values.mean(axis=1), _divisor(values, values.std(axis=1))


def middle_and_half(values: Float64s) -> tuple[Float64s, Float64s]:
    """Shift by the middle of the range, divide by half of it: the least becomes -1, the greatest 1."""
    low, high = values.min(axis=1), values.max(axis=1)
    return (low + high) / 2.0, _divisor(values, (high - low) / 2.0)


def _divisor(values: Float64s, size: Float64s) -> Float64s:
    return np.where(np.ptp(values, axis=1) > NARROWEST, size, 1.0)


SCALINGS: dict[str, Scaling] = {
    "none": Scaling("None", "The network sees the inputs as they are.", r"x \leftarrow x", as_it_is),
    "standard": Scaling(
        "Standard",
        "Each input has mean 0 and deviation 1: μ is its mean over the training points, σ its standard deviation.",
        r"x \leftarrow \frac{x - \mu}{\sigma}",
        mean_and_deviation,
    ),
    "range": Scaling(
        "Range",
        "Each input reaches from −1 to 1: m is the middle of its range over the training points, r half of the range.",
        r"x \leftarrow \frac{x - m}{r}",
        middle_and_half,
    ),
}


def scaling_named(name: str) -> Scaling:
    """Return the menu's entry; raise InvalidInput with the allowed names."""
    if name not in SCALINGS:
        raise InvalidInput(f"unknown scaling: {name}. Use one of {', '.join(SCALINGS)}.")
    return SCALINGS[name]
