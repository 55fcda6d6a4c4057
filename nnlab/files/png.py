"""The decision regions as a PNG picture, one pixel a cell, on white paper."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import png
from numpy.typing import NDArray

from nnlab.engine.looks.regions import ALPHABET, LEVELS

LEVEL_OF = np.zeros(128, dtype=np.uint8)
LEVEL_OF[np.frombuffer(ALPHABET, np.uint8)] = np.arange(LEVELS)

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


def regions_png(regions: dict[str, Any]) -> bytes:
    """The PNG file of the JSON regions of `nnlab.session.picture.frame`."""
    shape = (regions["rows"], regions["cols"])
    pixels = _classes(regions) if "labels" in regions else _values(regions)
    picture = np.rint(pixels).astype(np.uint8).reshape(*shape, 3)
    file = io.BytesIO()
    png.from_array(picture.reshape(shape[0], -1), "RGB").write(file)
    return file.getvalue()


def _classes(regions: dict[str, Any]) -> NDArray[np.float64]:
    """(rows * cols, 3): each class in its colour, paler where it is less probable."""
    labels = np.frombuffer(regions["labels"].encode(), np.uint8) - ord("0")
    share = FAINTEST + (STRONGEST - FAINTEST) * _levels(regions["probability"])
    return PAPER + share * (CLASS_COLOURS[labels] - PAPER)


def _values(regions: dict[str, Any]) -> NDArray[np.float64]:
    """(rows * cols, 3): the lowest value in orange, the middle white, the highest in blue."""
    return _shade(2 * _levels(regions["values"]) - 1)


def value_colour(value: float) -> NDArray[np.float64]:
    """(3,): the colour of a target, -1 in orange to 1 in blue."""
    return _shade(np.clip([value], -1.0, 1.0))


def _shade(offset: NDArray[np.float64]) -> NDArray[np.float64]:
    """From -1 in orange through white to 1 in blue."""
    colours = np.where(offset < 0, CLASS_COLOURS[1], CLASS_COLOURS[0])
    return PAPER + STRONGEST * np.abs(offset) * (colours - PAPER)


def _levels(text: str) -> NDArray[np.float64]:
    """(cells, 1) in [0, 1]."""
    return LEVEL_OF[np.frombuffer(text.encode(), np.uint8)][:, None] / (LEVELS - 1)
