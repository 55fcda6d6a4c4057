"""The names of a frame's extra views, in a query."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnlab.document.models import parse_document
from nnlab.engine.looks.grids import Grid
from nnlab.errors import InvalidInput
from nnlab.session.picture.encoding import ALPHABET
from nnlab.session.picture.views import SCORE_RESOLUTION, extra_views, parse_views
from nnlab.session.session import Session


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        (" , ,", ()),
        ("weights,units", ("units", "weights")),
        ("units, units ,units", ("units",)),
        ("warp.2.0.5,units", ("units", "warp.2.0.5")),
    ],
)
def test_views_are_sorted_and_stand_once_each(text: str, names: tuple[str, ...]) -> None:
    assert parse_views(text) == names


@pytest.mark.parametrize("text", ["everything", "units,weight", "Units", "warp.0.1.2", "warp.1.2", "units\nx"])
def test_an_unknown_view_is_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(
        InvalidInput, match="views must be among units, weights, scores, phases, curves, warp"
    ) as caught:
        parse_views(text)
    assert caught.value.errors[0].field == "views"


def test_a_frame_has_one_warp() -> None:
    with pytest.raises(InvalidInput, match="one warp at the most"):
        parse_views("warp.1.0.1,warp.2.0.1")


def test_in_curve_fitting_each_unit_of_the_last_hidden_layer_is_a_curve() -> None:
    network = {"hidden": [{"units": 3}, {"units": 2}], "inputs": ["x"], "loss": "squared"}
    session = Session(parse_document({"task": "curve_fitting", "network": network, "pace": {"resolution": 20}}))
    found = extra_views(session, ("curves",))["curves"]
    assert found["layer"] == 2
    low, high = found["value_range"]
    x = np.linspace(-6, 6, 41)[1::2]  # the columns' centres
    expected = session.trainer.predict(np.stack([x, 0 * x], axis=1), activations=True).activations[1].T
    assert (low, high) == (expected.min(), expected.max())
    for text, curve in zip(found["units"], expected, strict=True):
        levels = np.array([ALPHABET.index(character) for character in text]).reshape(-1, 2) @ [64, 1]
        np.testing.assert_allclose(low + levels / 4095 * (high - low), curve, atol=(high - low) / 4095)


def test_there_are_no_curves_elsewhere() -> None:
    assert extra_views(Session(parse_document({})), ("curves",)) == {"curves": None}
    line = {"task": "curve_fitting", "network": {"hidden": [], "inputs": ["x"], "loss": "squared"}}
    assert extra_views(Session(parse_document(line)), ("curves",)) == {"curves": None}


def test_scores_are_leads_between_nothing_and_the_largest() -> None:
    session = Session(parse_document({"classes": 3, "pace": {"resolution": 20}}))
    found = extra_views(session, ("scores",))["scores"]
    shares = np.array([ALPHABET.index(character) for character in found["values"]]) / 63
    assert (found["rows"], found["cols"]) == (SCORE_RESOLUTION, SCORE_RESOLUTION)
    scores = session.trainer.predict(Grid((-6.0, 6.0), (-6.0, 6.0), SCORE_RESOLUTION).centres()).scores
    assert [int(digit) for digit in found["labels"]] == scores.argmax(axis=1).tolist()
    first, second = np.sort(scores, axis=1)[:, ::-1][:, :2].T
    low, most = found["value_range"]
    assert low == 0
    assert most == pytest.approx((first - second).max(), rel=5e-3)
    np.testing.assert_allclose(shares * most, first - second, atol=most / 100 + most * 2 / 63)  # every fifth level


@pytest.mark.parametrize("fields", [{"task": "curve_fitting", "network": {"loss": "squared", "inputs": ["x"]}}])
def test_there_are_no_scores_in_fitting_tasks(fields: dict[str, Any]) -> None:
    assert extra_views(Session(parse_document(fields)), ("scores",)) == {"scores": None}


def test_scores_beyond_the_range_of_numbers_are_not_shown() -> None:
    session = Session(parse_document({"network": {"hidden": []}}))
    session.trainer.set_weight(1, 0, 0, 3e38)
    assert extra_views(session, ("scores",)) == {"scores": None}
