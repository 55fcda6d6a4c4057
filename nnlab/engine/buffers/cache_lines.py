"""Arrays that begin at cache lines. Vectors that lie across two lines cost more than those that lie in one.

At (64, 224): np.add 2.0 against 4.2 us, np.maximum 1.9 against 2.3 us, a product 12.6 against 13.5 us. Where NumPy puts
an array by itself is a matter of chance: the same step took 14.5 us in one process and 15.3 us in another.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

CACHE_LINE = 64  # bytes


def lined_up(shape: tuple[int, ...], dtype: DTypeLike, value: float = 0.0) -> NDArray[Any]:
    """Return an array of that shape full of `value`, which begins at a cache line."""
    dtype = np.dtype(dtype)
    size = math.prod(shape)
    raw = np.full(size + CACHE_LINE // dtype.itemsize, value, dtype)
    first = -raw.ctypes.data % CACHE_LINE // dtype.itemsize
    return raw[first : first + size].reshape(shape)


def lined_up_like(array: NDArray[Any], value: float = 0.0) -> NDArray[Any]:
    """Return an array of the same shape and dtype full of `value`, which begins at a cache line."""
    return lined_up(array.shape, array.dtype, value)


def rows_to_a_line(columns: int, dtype: DTypeLike) -> int:
    """Return after how many rows of so many columns a row begins at a cache line again, if the first one does."""
    row_bytes = columns * np.dtype(dtype).itemsize
    return CACHE_LINE // math.gcd(CACHE_LINE, row_bytes) if row_bytes else 1


def round_up(number: int, multiple: int) -> int:
    """Return the smallest multiple that is not below the number."""
    return -(-number // multiple) * multiple
