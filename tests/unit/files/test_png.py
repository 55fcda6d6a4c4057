"""The PNG of the regions, read back pixel by pixel."""

from __future__ import annotations

import io

import numpy as np
import png
import pytest

from nnlab.engine.looks.grids import Grid
from nnlab.engine.looks.regions import Regions
from nnlab.files.colours import CLASS_COLOURS, FAINTEST, STRONGEST
from nnlab.files.png import regions_png
from nnlab.session.picture.regions import regions_of
from tests.unit.making import make_session

GRID = Grid((-1.0, 1.0), (-1.0, 1.0), 4)


def pixels_of(content: bytes) -> np.ndarray:
    """(rows, cols, 3)."""
    width, height, rows, info = png.Reader(io.BytesIO(content)).read()
    assert (info["greyscale"], info["alpha"], info["bitdepth"]) == (False, False, 8)
    return np.array([list(row) for row in rows]).reshape(height, width, 3)


def mixed(colour: np.ndarray, share: float) -> np.ndarray:
    """So much of the colour on white paper."""
    return np.rint(255.0 * (1 - share) + colour * share)


def test_each_cell_is_its_classes_colour_paler_where_it_is_less_probable() -> None:
    labels = np.arange(8, dtype=np.uint8).reshape(2, 4)
    probability = np.array([[0.0, 0.25, 0.5, 0.75], [1.0, 0.5, 0.9, np.nan]])
    pixels = pixels_of(regions_png(Regions(GRID, labels, probability)))
    assert pixels.shape == (2, 4, 3)
    for cell in np.ndindex(2, 4):
        share = FAINTEST + (STRONGEST - FAINTEST) * np.nan_to_num(probability[cell])
        np.testing.assert_allclose(pixels[cell], mixed(CLASS_COLOURS[labels[cell]], share), atol=1)


def test_the_lowest_value_is_orange_the_highest_blue_and_the_middle_white() -> None:
    pixels = pixels_of(regions_png(Regions(GRID, values=np.array([[-3.0, -1.0, 0.0, 3.0]]))))[0]
    blue, orange = CLASS_COLOURS[:2]
    for pixel, colour, share in zip(pixels, (orange, orange, blue, blue), (1, 1 / 3, 0, 1), strict=True):
        np.testing.assert_allclose(pixel, mixed(colour, STRONGEST * share), atol=1)


def test_values_beyond_the_range_of_numbers_are_a_picture_too() -> None:
    pixels = pixels_of(regions_png(Regions(GRID, values=np.array([[np.inf, 1.0]]))))
    assert pixels.shape == (1, 2, 3)


@pytest.mark.parametrize("task", ["classification", "surface_fitting"])
def test_the_regions_of_a_session_become_a_picture_of_their_size(task: str) -> None:
    content = regions_png(regions_of(make_session(task=task), 30))
    assert pixels_of(content).shape == (30, 30, 3)


def test_the_colours_of_all_classes_differ_on_the_palest_paper() -> None:
    palest = [tuple(mixed(colour, FAINTEST)) for colour in CLASS_COLOURS]
    assert len(set(palest)) == len(palest) == 8
