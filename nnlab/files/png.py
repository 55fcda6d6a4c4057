"""The decision regions as a PNG picture, one pixel a cell, on white paper."""

from __future__ import annotations

import io

import numpy as np
import png
from numpy.typing import NDArray

from nnlab.engine.looks.regions import Regions, shares_of_range

# Blue and orange, then the rest of Okabe and Ito's palette, which colour-blind people can tell apart.
CLASS_COLOURS = np.array(
    [
        (0, 114, 178),
        (230, 159, 0),
        (0, 158, 115),
        (204, 121, 167),
        (86, 180, 233),
        (213, 94, 0),
        (240, 228, 66),
        (110, 110, 110),
    ],
    dtype=np.float64,
)
PAPER = np.array((255, 255, 255), dtype=np.float64)
FAINTEST, STRONGEST = 0.15, 0.85  # share of the colour where the network guesses, and where it is certain


def regions_png(regions: Regions) -> bytes:
    """The regions as a PNG file: each class in its colour, paler where it is less probable; values from low to high."""
    picture = np.rint(_pixels(regions)).astype(np.uint8)
    file = io.BytesIO()
    png.from_array(picture.reshape(len(picture), -1), "RGB").write(file)
    return file.getvalue()


def _pixels(regions: Regions) -> NDArray[np.float64]:
    """(rows, cols, 3); where a network has no numbers any more, the palest or the lowest."""
    if regions.values is not None:
        return _shade(2 * shares_of_range(regions.values)[0][..., None] - 1)
    assert regions.labels is not None and regions.probability is not None
    share = FAINTEST + (STRONGEST - FAINTEST) * np.fmax(regions.probability, 0.0)[..., None]
    return PAPER + share * (CLASS_COLOURS[regions.labels] - PAPER)


def value_colour(value: float) -> NDArray[np.float64]:
    """(3,): the colour of a target, -1 in orange to 1 in blue."""
    return _shade(np.clip([value], -1.0, 1.0))


def _shade(offset: NDArray[np.floating]) -> NDArray[np.float64]:
    """From -1 in orange through white to 1 in blue: (..., 1) -> (..., 3)."""
    colours = np.where(offset < 0, CLASS_COLOURS[1], CLASS_COLOURS[0])
    return PAPER + STRONGEST * np.abs(offset) * (colours - PAPER)
