"""Numbers as printable text: two characters of the base64 alphabet a number, 4,096 levels over a range."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.looks.regions import ALPHABET as CODE

ALPHABET = CODE.decode()
CHARACTERS = np.frombuffer(CODE, np.uint8)
PAIRS = np.array([first + second for first in ALPHABET for second in ALPHABET], "S2")  # of a level

Bound = float | NDArray[np.floating]


def pairs(values: NDArray[np.floating], low: Bound, high: Bound, *, every: int = 1) -> str:
    """Two characters a number, in C order; `low` and `high` broadcast against `values`.

    `every`: use only each 2nd, 4th, ... of the levels, and the highest, which compresses better.
    """
    span = np.where(np.greater(high, low), np.subtract(high, low), 1.0)
    shares = np.fmin(np.fmax((values - low) / span, 0.0), 1.0)  # fmax passes over what is not a number
    highest = len(PAIRS) - 1
    levels = np.minimum(np.rint(shares * (highest / every)) * every, highest).astype(np.int64)
    return PAIRS[levels].tobytes().decode()
