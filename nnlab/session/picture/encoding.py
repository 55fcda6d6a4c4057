"""Text for the wire, made here and nowhere else: labels and numbers as printable characters.

Labels are digits. Of a number stands one character of the base64 alphabet, 64 levels of the way through a range, or
two, 4,096 levels. So a frame of 10,000 cells is 2 to 3 KB after gzip, in JSON's numbers 69 KB.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.buffers.tape import Floats
from nnlab.engine.looks.grids import Grid, Range
from nnlab.engine.looks.regions import Bytes, Regions, shares_of_range

CODE = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
ALPHABET = CODE.decode()
LEVELS = len(CODE)
PAIRS = np.array([first + second for first in ALPHABET for second in ALPHABET], "S2")  # of a level

Bound = float | NDArray[np.floating]


def every(step: int) -> bytes:
    """The characters with each `step`th of the 64 levels alone: fewer bytes, once compressed."""
    coarse = bytes(CODE[min(LEVELS - 1, level // step * step + step // 2)] for level in range(LEVELS))
    return coarse.ljust(256, coarse[-1:])


FINE = every(1)  # of a byte, as bytes.translate wants them
OF_LEADS = every(4)  # 16 levels place a border to a twentieth of a cell, in two thirds of the bytes


def size_json(grid: Grid) -> dict[str, Any]:
    """How many cells there are."""
    return {"rows": grid.resolution, "cols": grid.resolution}


def regions_json(found: Regions) -> dict[str, Any]:
    """The regions as plain JSON values.

    Classes have `labels`, `probability` and `leads` (as lead_text has them); fitting has `values` over `value_range`.
    """
    cells: dict[str, Any] = {**size_json(found.grid), "x_range": found.grid.x_range, "y_range": found.grid.y_range}
    with np.errstate(all="ignore"):
        if found.values is not None:
            cells["values"], cells["value_range"] = value_text(found.values)
        if found.labels is not None and found.probability is not None and found.leads is not None:
            cells["labels"], cells["probability"] = label_text(found.labels), share_text(found.probability)
            cells["leads"] = lead_text(found.leads)
    return cells


def label_text(labels: Bytes) -> str:
    """One digit a cell."""
    return (labels + np.uint8(ord("0"))).tobytes().decode("ascii")


def share_text(shares: Floats, characters: bytes = FINE) -> str:
    """One character a cell for shares in [0, 1]; what is not a number counts as 0."""
    levels = np.fmax(shares * (LEVELS - 1) + 0.5, 0.0).astype(np.uint8)  # fmax passes over what is not a number
    return levels.tobytes().translate(characters).decode("ascii")  # 10,000 cells: 13 us; by indexing an array 50 us


def value_text(values: Floats) -> tuple[str, Range]:
    """The values as levels of their own range, and that range; (0, 0) where one of them is not finite."""
    shares, value_range = shares_of_range(values)
    return share_text(shares), value_range


def lead_text(leads: Floats) -> str:
    """One character a cell: the root of its share of the largest lead has fine levels where leads are small and matter.

    That is (level / 63)^2 of the largest, in 16 of the levels.
    """
    return share_text(np.sqrt(leads / (leads.max(initial=0.0) or 1.0)), OF_LEADS)


def map_texts(h: Floats, characters: bytes = FINE) -> Iterator[tuple[str, Range]]:
    """Each row of h (H, cells) as levels of its own range, and that range.

    All are written at once: one by one, the calls would cost five times as much.
    """
    low, high = h.min(axis=1), h.max(axis=1)
    flat = ~(np.isfinite(low) & np.isfinite(high))  # beyond the range of numbers: nothing to show
    low[flat] = high[flat] = 0.0
    width = np.where(high > low, high - low, 1.0)
    text = share_text(np.where(flat[:, None], 0.0, (h - low[:, None]) / width[:, None]), characters)
    cells = h.shape[1]
    for unit, bounds in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
        yield text[unit * cells : (unit + 1) * cells], bounds


def pairs(values: NDArray[np.floating], low: Bound, high: Bound, *, every: int = 1) -> str:
    """Two characters a number, in C order; `low` and `high` broadcast against `values`.

    `every`: use only each 2nd, 4th, ... of the levels, and the highest, which compresses better.
    """
    span = np.where(np.greater(high, low), np.subtract(high, low), 1.0)
    shares = np.fmin(np.fmax((values - low) / span, 0.0), 1.0)  # fmax passes over what is not a number
    highest = len(PAIRS) - 1
    levels = np.minimum(np.rint(shares * (highest / every)) * every, highest).astype(np.int64)
    return PAIRS[levels].tobytes().decode()
