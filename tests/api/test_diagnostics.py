"""A close look inside: histograms, regions, largest errors, a gradient check."""

from __future__ import annotations

from typing import Any

import pytest

from nnlab.session.picture.diagnostics import MOST_CHECKED_PARAMETERS
from tests.api.conftest import Session


def test_everything_is_counted_once(circle: Session) -> None:
    circle.post("/step", {"steps": 200})
    found = circle.get("/diagnostics").json
    layers = circle.get("/model").json["layers"]
    training = sum(not point["held_out"] for point in circle.document["points"])
    assert found["step"] == 200
    for layer, health, weights in zip(found["layers"], circle.snapshot["layers"], layers, strict=True):
        assert {name: layer[name] for name in health} == health
        rows, units = len(weights["weights"]), len(weights["biases"])
        counts = {name: sum(histogram["counts"]) for name, histogram in layer["histograms"].items()}
        assert counts == {"weights": rows * units, "gradients": rows * units, "activations": training * units}
    assert found["regions"]["num_regions"] >= 2
    assert found["regions"]["boundary_length"] > 1
    assert found["max_error"] is None


@pytest.mark.parametrize("document", [{}, {"network": {"loss": "svm"}}, {"training": {"keep_prob": 0.5, "l1": 0.01}}])
def test_the_gradient_check_passes(new_session: Any, document: dict[str, Any]) -> None:
    session = new_session(document)
    session.post("/dataset", {"name": "spiral", "points": 100})
    check = session.get("/diagnostics").json["gradient_check"]
    assert check["passed"]
    assert check["checked"] == min(MOST_CHECKED_PARAMETERS, session.snapshot["num_parameters"])
    assert check["worst"]["relative_error"] < 1e-5
    assert check["points"] == 64


def test_a_curve_has_a_largest_error_and_no_regions(new_session: Any) -> None:
    session = new_session({"task": "curve_fitting"})
    session.post("/dataset", {"name": "sine", "points": 40})
    found = session.get("/diagnostics").json
    assert found["regions"] is None
    points = session.document["points"]
    places = [[point["x"], point["y"]] for point in points if not point["held_out"]]
    values = session.post("/predict", {"points": places}).json["values"]
    errors = [abs(value - y) for value, (_, y) in zip(values, places, strict=True)]
    assert found["max_error"] == pytest.approx(max(errors), rel=1e-4)


def test_without_points_there_is_nothing_to_check(session: Session) -> None:
    found = session.get("/diagnostics").json
    assert found["gradient_check"] is None
    assert found["layers"][0]["histograms"]["activations"] is None
    assert found["layers"][0]["histograms"]["weights"] is not None
