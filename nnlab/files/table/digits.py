"""Numbers of digits and a decimal sign, read out of a text's bytes without cutting a cell out of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]
Float64s = NDArray[np.float64]

CHUNK = 16_384  # cells that are read in one go: what is known of them stays in the processor's cache
MOST_DIGITS = 15  # of so many, whole number and power of ten are exact, and so is the double next to their quotient
MOST_BYTES = MOST_DIGITS + 2  # with a sign and a decimal sign
POWERS = 10.0 ** np.arange(MOST_DIGITS + 1)
PLUS, MINUS, ZERO = ord("+"), ord("-"), ord("0")


def numbers_in(data: Bytes, starts: Places, ends: Places, decimal: str) -> Float64s | None:
    """The numbers (N,) that stand at places of a text, NaN for empty ones; None where one is written in another way.

    Each is the double that float() makes of it. [Clinger 1990: the fast case of correct reading]
    """
    values = np.empty(len(starts))
    for first in range(0, len(starts), CHUNK):
        part = slice(first, first + CHUNK)
        some = _some_numbers(data, starts[part], ends[part] - starts[part], ord(decimal))
        if some is None:
            return None
        values[part] = some
    return values


def _some_numbers(data: Bytes, starts: Places, lengths: Places, decimal: int) -> Float64s | None:
    if lengths.max() > MOST_BYTES:
        return None
    whole = np.zeros(len(starts), np.int64)
    num_digits, num_decimals, num_points = np.zeros((3, len(starts)), np.int8)
    for offset in range(lengths.max()):
        byte = data.take(starts + offset, mode="clip")
        is_here = lengths > offset
        digit = byte - np.uint8(ZERO)  # what is below 0 is far above 9
        is_digit = (digit < 10) & is_here
        whole = np.where(is_digit, 10 * whole + digit, whole)
        num_digits += is_digit
        num_decimals += is_digit & (num_points > 0)
        num_points += (byte == decimal) & is_here
    first = data.take(starts, mode="clip")
    is_signed = ((first == MINUS) | (first == PLUS)) & (lengths > 0)
    is_plain = num_digits + num_points + is_signed == lengths
    is_plain &= (num_points == 0) | ((num_points == 1) & (num_decimals > 0))
    is_plain &= (num_digits > 0) & (num_digits <= MOST_DIGITS) | (lengths == 0)
    if not is_plain.all():
        return None
    values = whole / POWERS[num_decimals]
    np.negative(values, out=values, where=first == MINUS)
    values[lengths == 0] = np.nan
    return values
