"""Numbers and labels as text, read back."""

from __future__ import annotations

import numpy as np
import pytest

from nnlab.engine.looks.grids import Grid
from nnlab.engine.looks.regions import Regions
from nnlab.session.picture.encoding import (
    ALPHABET,
    every,
    label_text,
    lead_text,
    map_texts,
    pairs,
    regions_json,
    share_text,
    value_text,
)

LEVEL = {character: level for level, character in enumerate(ALPHABET)}
RNG = np.random.default_rng(4)


def levels(text: str) -> np.ndarray:
    return np.array([LEVEL[character] for character in text])


def test_the_alphabet_is_base64s() -> None:
    assert (len(ALPHABET), ALPHABET[:3], ALPHABET[-2:]) == (64, "ABC", "+/")


def test_labels_are_digits_row_by_row() -> None:
    assert label_text(np.array([[0, 1, 7], [2, 2, 0]], np.uint8)) == "017220"


def test_a_share_is_the_nearest_of_64_levels_and_what_is_no_number_the_lowest() -> None:
    shares = RNG.random((20, 20))
    assert np.abs(levels(share_text(shares)) - shares.ravel() * 63).max() <= 0.5 + 1e-9
    with np.errstate(all="ignore"):
        assert share_text(np.array([np.nan, 0.0, 1.0])) == "AA/"


@pytest.mark.parametrize("step", [4, 5, 7])
def test_coarse_characters_name_the_middle_of_their_levels(step: int) -> None:
    text = share_text(np.arange(64) / 63, every(step))
    middles = [low + step // 2 for low in range(0, 64, step) for _ in range(step)][:64]
    assert levels(text).tolist() == [min(middle, 63) for middle in middles]
    assert share_text(np.array([1.2]), every(step)) == text[-1]


def test_values_are_levels_of_their_own_range() -> None:
    values = RNG.normal(3.0, 5.0, (20, 20))
    text, (low, high) = value_text(values)
    assert (low, high) == (values.min(), values.max())
    np.testing.assert_allclose(low + levels(text) / 63 * (high - low), values.ravel(), atol=(high - low) / 126 + 1e-9)


def test_equal_values_and_values_that_are_no_numbers_are_all_the_lowest_level() -> None:
    assert value_text(np.full(5, 2.5)) == ("AAAAA", (2.5, 2.5))
    assert value_text(np.array([1.0, np.inf])) == ("AA", (0.0, 0.0))


def test_leads_are_fine_where_they_are_small() -> None:
    """(level / 63)^2 of the largest, to the nearest of 16 levels."""
    leads = RNG.random(200)
    assert np.abs(levels(lead_text(leads)) - 63 * np.sqrt(leads / leads.max())).max() <= 2.5
    assert lead_text(np.empty(0)) == ""


def test_each_units_map_has_its_own_range_and_one_beyond_numbers_is_flat() -> None:
    h = RNG.normal(0.0, 2.0, (3, 50))
    h[1, 7] = np.nan
    with np.errstate(all="ignore"):
        first, broken, last = map_texts(h)
    assert broken == ("A" * 50, (0.0, 0.0))
    for (text, (low, high)), row in ((first, h[0]), (last, h[2])):
        assert (low, high) == (row.min(), row.max())
        np.testing.assert_allclose(low + levels(text) / 63 * (high - low), row, atol=(high - low) / 126 + 1e-9)


@pytest.mark.parametrize("every_nth", [1, 8])
def test_pairs_have_4096_levels_or_each_nth_of_them(every_nth: int) -> None:
    values = RNG.uniform(-1, 1, (30, 2))
    text = pairs(values, -1.0, 1.0, every=every_nth)
    found = levels(text).reshape(-1, 2) @ [64, 1]
    np.testing.assert_allclose(found / 4095 * 2 - 1, values.ravel(), atol=every_nth / 4095 + 1e-9)


def test_regions_of_classes_and_of_fitting() -> None:
    grid = Grid((0.0, 1.0), (2.0, 3.0), 2)
    place = {"rows": 2, "cols": 2, "x_range": (0.0, 1.0), "y_range": (2.0, 3.0)}
    labels, probability = np.array([[0, 1], [1, 1]], np.uint8), np.array([[0.5, 1.0], [1.0, 1.0]])
    classes = regions_json(Regions(grid, labels, probability, np.array([1.0, 0.0, 1.0, 0.25])))
    assert classes == place | {"labels": "0111", "probability": "g///", "leads": "+C+i"}
    fitting = regions_json(Regions(grid, values=np.array([[0.0, 1.0], [2.0, 2.0]])))
    assert fitting == place | {"values": "Ag//", "value_range": (0.0, 2.0)}
