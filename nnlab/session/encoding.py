"""Numbers as printable text: two characters of the base64 alphabet a number, 4,096 levels over a range."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
CHARACTERS = np.frombuffer(ALPHABET.encode(), np.uint8)
LEVELS = len(ALPHABET)

Bound = float | NDArray[np.floating]


def pairs(values: NDArray[np.floating], low: Bound, high: Bound, *, every: int = 1) -> str:
    """Two characters a number, in C order; `low` and `high` broadcast against `values`.

    `every`: use only each 2nd, 4th, ... of the levels, and the highest, which compresses better.
    """
    span = np.where(np.greater(high, low), np.subtract(high, low), 1.0)
    shares = np.nan_to_num(np.clip((values - low) / span, 0.0, 1.0))
    highest = LEVELS * LEVELS - 1
    levels = np.minimum(np.rint(shares * (highest / every)) * every, highest).astype(np.int64).ravel()
    return np.stack([CHARACTERS[levels // LEVELS], CHARACTERS[levels % LEVELS]], axis=1).tobytes().decode()
