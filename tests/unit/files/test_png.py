"""The PNG of the regions, read back pixel by pixel."""

from __future__ import annotations

import io

import numpy as np
import png
import pytest

from nnlab.files.png import CLASS_COLOURS, FAINTEST, PAPER, STRONGEST, regions_png
from nnlab.session.picture.frame import regions_of
from tests.unit.making import make_session

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def pixels_of(content: bytes) -> np.ndarray:
    """(rows, cols, 3)."""
    width, height, rows, info = png.Reader(io.BytesIO(content)).read()
    assert (info["greyscale"], info["alpha"], info["bitdepth"]) == (False, False, 8)
    return np.array([list(row) for row in rows]).reshape(height, width, 3)


def mixed(colour: np.ndarray, share: float) -> np.ndarray:
    """So much of the colour on white paper."""
    return np.rint(PAPER * (1 - share) + colour * share)


def test_each_cell_is_its_classes_colour_paler_where_it_is_less_probable() -> None:
    regions = {"rows": 2, "cols": 4, "labels": "01234567", "probability": "AQgw/f9K"}
    pixels = pixels_of(regions_png(regions))
    assert pixels.shape == (2, 4, 3)
    for cell, (label, character) in enumerate(zip(regions["labels"], regions["probability"], strict=True)):
        share = FAINTEST + (STRONGEST - FAINTEST) * ALPHABET.index(character) / 63
        np.testing.assert_allclose(pixels[cell // 4, cell % 4], mixed(CLASS_COLOURS[int(label)], share), atol=1)


def test_the_lowest_value_is_orange_the_highest_blue_and_the_middle_white() -> None:
    pixels = pixels_of(regions_png({"rows": 1, "cols": 4, "values": "Afg/"}))[0]
    np.testing.assert_allclose(pixels[0], mixed(CLASS_COLOURS[1], STRONGEST), atol=1)
    np.testing.assert_allclose(pixels[3], mixed(CLASS_COLOURS[0], STRONGEST), atol=1)
    for cell, level, colour in ((1, 31, CLASS_COLOURS[1]), (2, 32, CLASS_COLOURS[0])):
        np.testing.assert_allclose(pixels[cell], mixed(colour, STRONGEST * abs(2 * level / 63 - 1)), atol=1)


@pytest.mark.parametrize("task", ["classification", "surface_fitting"])
def test_the_regions_of_a_session_become_a_picture_of_their_size(task: str) -> None:
    content = regions_png(regions_of(make_session(task=task), 30))
    assert pixels_of(content).shape == (30, 30, 3)


def test_the_colours_of_all_classes_differ_on_the_palest_paper() -> None:
    palest = [tuple(mixed(colour, FAINTEST)) for colour in CLASS_COLOURS]
    assert len(set(palest)) == len(palest) == 8
