"""The parts of frames."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnlab.document.models import parse_document
from nnlab.engine.looks.grids import Grid
from nnlab.session.picture.encoding import ALPHABET
from nnlab.session.picture.parts import SCORE_RESOLUTION, SIZED, Parts
from nnlab.session.picture.want import PLAIN, Want
from nnlab.session.session import Session


def test_in_curve_fitting_each_unit_of_the_last_hidden_layer_is_a_curve() -> None:
    network = {"hidden": [{"units": 3}, {"units": 2}], "inputs": ["x"], "loss": "squared"}
    session = Session(parse_document({"task": "curve_fitting", "network": network, "pace": {"resolution": 20}}))
    found = Parts(session).of(Want(("curves",)))["curves"]
    assert found["layer"] == 2
    low, high = found["value_range"]
    x = np.linspace(-6, 6, 41)[1::2]  # the columns' centres
    expected = session.trainer.predict(np.stack([x, 0 * x], axis=1), activations=True).activations[1].T
    assert (low, high) == (expected.min(), expected.max())
    for text, curve in zip(found["units"], expected, strict=True):
        levels = np.array([ALPHABET.index(character) for character in text]).reshape(-1, 2) @ [64, 1]
        np.testing.assert_allclose(low + levels / 4095 * (high - low), curve, atol=(high - low) / 4095)


def test_there_are_no_curves_elsewhere() -> None:
    assert Parts(Session(parse_document({}))).of(Want(("curves",))) == {"curves": None}
    line = {"task": "curve_fitting", "network": {"hidden": [], "inputs": ["x"], "loss": "squared"}}
    assert Parts(Session(parse_document(line))).of(Want(("curves",))) == {"curves": None}


def test_scores_are_leads_between_nothing_and_the_largest() -> None:
    session = Session(parse_document({"classes": 3, "pace": {"resolution": 20}}))
    found = Parts(session).of(Want(("scores",)))["scores"]
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
    assert Parts(Session(parse_document(fields))).of(Want(("scores",))) == {"scores": None}


def test_scores_beyond_the_range_of_numbers_are_not_shown() -> None:
    session = Session(parse_document({"network": {"hidden": []}}))
    session.trainer.set_entry("weights", 1, (0, 0, 0), 3e38)
    assert Parts(session).of(Want(("scores",))) == {"scores": None}


def test_a_part_is_made_once_for_all_wants_of_its_resolution(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(parse_document({"pace": {"resolution": 20}}))
    made: list[int] = []
    monkeypatch.setitem(SIZED, "regions", lambda session, resolution: made.append(resolution) or resolution)
    parts = Parts(session)
    wants = [PLAIN, Want(resolution=30), Want(("regions", "weights")), Want(resolution=20, frames_per_second=2)]
    assert [parts.of(want)["regions"] for want in wants] == [20, 30, 20, 20]
    assert made == [20, 30]


def test_regions_and_curves_have_the_wanted_resolution() -> None:
    network = {"inputs": ["x"], "loss": "squared"}
    session = Session(parse_document({"task": "curve_fitting", "network": network, "pace": {"resolution": 50}}))
    found = Parts(session).of(Want(("curves", "regions"), resolution=20))
    assert (found["regions"]["rows"], len(found["regions"]["curve"])) == (20, 2 * 20)
    assert {len(unit) for unit in found["curves"]["units"]} == {2 * 20}
