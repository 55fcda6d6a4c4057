"""The colours of classes and of values, wherever the plane is drawn as a file."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnlab.document.points import Point
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
FAINTEST, STRONGEST = 0.15, 0.85  # how dense a colour is where the network guesses, and where it is certain


def cell_colours(regions: Regions) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The colour (rows, cols, 3) of each cell, and how dense it is (rows, cols), in [0, 1].

    A class is paler where it is less probable; values go from orange over nothing to blue. Where a network has no
    numbers any more, the palest or the lowest.
    """
    if regions.values is not None:
        return _value_colours(2 * shares_of_range(regions.values)[0] - 1)
    assert regions.labels is not None and regions.probability is not None
    return CLASS_COLOURS[regions.labels], FAINTEST + (STRONGEST - FAINTEST) * np.fmax(regions.probability, 0.0)


def point_colour(task: str, point: Point, *, ink: str) -> str:
    """The colour of a point, for SVG; those of a curve are drawn in ink."""
    if task == "curve_fitting":
        return ink
    if task == "surface_fitting":
        colour, density = _value_colours(np.clip([point.value or 0.0], -1.0, 1.0))
        return hex_colour(on_paper(colour, density)[0])
    return hex_colour(CLASS_COLOURS[point.label])


def on_paper(colours: NDArray[np.float64], density: NDArray[np.float64]) -> NDArray[np.float64]:
    """Colours (..., 3) so dense (...) on white."""
    return 255 + density[..., None] * (colours - 255)


def hex_colour(colour: NDArray[np.float64]) -> str:
    """#rrggbb of a colour (3,)."""
    return "#" + "".join(f"{round(channel):02x}" for channel in colour)


def _value_colours(offset: NDArray[np.floating]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of values (...) from -1, orange, to 1, blue: colours (..., 3) and how dense they are (...)."""
    return CLASS_COLOURS[(offset < 0).astype(int)], STRONGEST * np.abs(offset)
