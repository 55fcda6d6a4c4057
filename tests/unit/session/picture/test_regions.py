"""Frames: the snapshot and the regions, the right way up."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.picture.parts import Parts
from nnlab.session.picture.regions import regions_reply
from nnlab.session.picture.snapshot import snapshot
from nnlab.session.picture.want import PLAIN
from nnlab.session.session import Session
from tests.unit.making import make_session

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def linear(weights: list[list[float]], biases: list[float], **fields: Any) -> Session:
    """A session with one layer, x @ weights + biases."""
    session = make_session(network={"hidden": []}, **fields)
    layer = {"activation": "identity", "weights": weights, "biases": biases}
    apply(commands.RestoreModel(layers=[layer]), session)
    return session


def centres(low: float, high: float, count: int) -> np.ndarray:
    return low + (np.arange(count) + 0.5) * (high - low) / count


def test_what_is_seen_of_a_session_is_plain_json() -> None:
    session = make_session()
    session.advance(5)
    json.dumps(snapshot(session) | Parts(session).of(PLAIN), allow_nan=False)


def test_row_0_is_at_the_largest_y_and_column_0_at_the_smallest_x() -> None:
    upper = linear([[0.0, 0.0], [0.0, 1.0]], [0.0, 0.0])  # class 1 where y > 0
    right = linear([[0.0, 1.0], [0.0, 0.0]], [0.0, 0.0])  # class 1 where x > 0
    assert regions_reply(upper, 20)["labels"] == "1" * 200 + "0" * 200
    assert regions_reply(right, 20)["labels"] == ("0" * 10 + "1" * 10) * 20


def test_regions_cover_the_documents_view() -> None:
    view = {"x_range": [2.0, 4.0], "y_range": [-1.0, 3.0]}
    session = linear([[0.0, 1.0], [0.0, 0.0]], [0.0, -2.5], view=view)  # class 1 where x > 2.5, a quarter from the left
    found = regions_reply(session, 40)
    assert (list(found["x_range"]), list(found["y_range"])) == ([2.0, 4.0], [-1.0, 3.0])
    assert found["labels"] == ("0" * 10 + "1" * 30) * 40


def test_probability_is_the_winning_classes_share_in_64_levels() -> None:
    """p = 1 / (1 + exp(-|x|)) for the scores 0 and x."""
    found = regions_reply(linear([[0.0, 1.0], [0.0, 0.0]], [0.0, 0.0]), 20)
    levels = np.array([ALPHABET.index(character) for character in found["probability"][:20]])
    np.testing.assert_allclose(levels / 63, 1 / (1 + np.exp(-abs(centres(-6, 6, 20)))), atol=0.5 / 63 + 1e-6)


def test_values_are_levels_of_their_own_range() -> None:
    session = linear([[1.0], [2.0]], [0.5], task="surface_fitting")
    found = regions_reply(session, 20)
    x, y = np.meshgrid(centres(-6, 6, 20), centres(-6, 6, 20)[::-1])
    values = (x + 2 * y + 0.5).ravel()
    low, high = found["value_range"]
    assert (low, high) == pytest.approx((values.min(), values.max()))
    levels = np.array([ALPHABET.index(character) for character in found["values"]])
    np.testing.assert_allclose(low + levels / 63 * (high - low), values, atol=(high - low) / 63 / 2 + 1e-5)
    assert "labels" not in found


def test_the_resolution_is_the_documents_or_the_one_asked_for() -> None:
    session = make_session(pace={"resolution": 30})
    assert (regions_reply(session)["rows"], regions_reply(session)["cols"]) == (30, 30)
    assert len(regions_reply(session, 25)["labels"]) == 25 * 25
