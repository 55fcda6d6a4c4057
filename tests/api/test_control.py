"""Training over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Session
from tests.unit.making import wait_until


def test_step_takes_exactly_that_many_updates(circle: Session) -> None:
    assert circle.post("/step", {"steps": 7}).json["snapshot"]["step"] == 7
    assert circle.post("/step").json["snapshot"]["step"] == 8


def test_run_trains_until_pause(circle: Session) -> None:
    assert circle.post("/run").json["snapshot"]["state"] == "running"
    wait_until(lambda: circle.snapshot["step"] > 100)
    assert circle.post("/pause").json["snapshot"]["state"] == "paused"
    assert circle.snapshot["step"] == circle.snapshot["step"]


def test_training_learns_the_circle(circle: Session) -> None:
    before = circle.snapshot
    after = circle.post("/step", {"steps": 3000}).json["snapshot"]
    assert after["loss"] < before["loss"]
    assert after["accuracy"] > 0.95
    assert after["loss"] == pytest.approx(after["data_loss"] + after["reg_loss"])


def test_reset_goes_back_to_the_very_same_start(circle: Session) -> None:
    start = circle.get("/model").json
    first = circle.post("/step", {"steps": 25}).json["snapshot"]["loss"]
    assert circle.post("/reset").json["snapshot"]["step"] == 0
    assert circle.get("/model").json == start
    assert circle.post("/step", {"steps": 25}).json["snapshot"]["loss"] == first


def test_reset_with_a_seed_starts_elsewhere_and_notes_the_seed(circle: Session) -> None:
    start = circle.get("/model").json
    reply = circle.post("/reset", {"seed": 99})
    assert reply.json["document"]["network"]["seed"] == 99
    assert circle.get("/model").json != start


def test_the_same_document_and_commands_give_the_same_bits(new_session: Any) -> None:
    models = []
    for _ in range(2):
        session = new_session({"network": {"seed": 12}})
        session.post("/dataset", {"name": "moons", "points": 40})
        session.post("/step", {"steps": 30})
        session.patch({"training": {"optimizer": "adam", "learning_rate": 0.01}})
        session.post("/step", {"steps": 30})
        models.append(session.get("/model").json)
    assert models[0] == models[1]


def test_a_live_change_keeps_the_weights(circle: Session) -> None:
    circle.post("/step", {"steps": 20})
    before = circle.get("/model").json
    for patch in ({"learning_rate": 0.2}, {"l2": 0.01}, {"optimizer": "adam"}, {"batch_size": 3}, {"keep_prob": 0.8}):
        circle.patch({"training": patch})
    assert circle.get("/model").json == before
    assert circle.snapshot["step"] == 20


def test_undo_and_redo_walk_through_the_edits(circle: Session) -> None:
    documents = [circle.document]
    circle.patch({"title": "one"})
    documents.append(circle.document)
    circle.post("/points", {"points": [{"x": 0, "y": 0}]})
    documents.append(circle.document)
    assert circle.post("/undo").json["document"] == documents[1]
    assert circle.post("/undo").json["document"] == documents[0]
    assert circle.post("/redo").json["document"] == documents[1]
    circle.patch({"title": "another way"})
    reply = circle.post("/redo")
    assert (reply.status_code, reply.json["code"]) == (409, "conflict")


def test_one_drag_of_a_slider_is_one_edit(circle: Session) -> None:
    for rate in (0.1, 0.2, 0.3, 0.4):
        circle.patch({"training": {"learning_rate": rate}})
    assert circle.post("/undo").json["document"]["training"]["learning_rate"] == 0.03


def test_step_without_points_says_what_to_do(session: Session) -> None:
    reply = session.post("/step", {"steps": 3})
    assert reply.status_code == 409
    assert "add a point" in reply.json["detail"]


def test_run_before_the_first_point_waits_for_it(session: Session) -> None:
    assert session.post("/run").json["snapshot"]["state"] == "running"
    session.post("/points", {"points": [{"x": 1, "y": 1, "label": 0}, {"x": -1, "y": -1, "label": 1}]})
    wait_until(lambda: session.snapshot["step"] > 10)


def test_divergence_is_a_state_with_a_remedy_and_a_way_back(circle: Session) -> None:
    circle.patch(
        {"training": {"learning_rate": 30, "l2": 10}, "network": {"hidden": [{"units": 20, "activation": "relu"}] * 3}}
    )
    snapshot = circle.post("/step", {"steps": 5000}).json["snapshot"]
    assert snapshot["state"] == "diverged"
    assert "Set l2 to 0.003 and reset." in snapshot["message"]
    model = circle.get("/model").json["layers"]
    assert all(abs(weight) < float("inf") for layer in model for row in layer["weights"] for weight in row)
    assert circle.post("/run").status_code == 409
    circle.patch({"training": {"learning_rate": 0.001, "l2": 0}})
    assert circle.snapshot["state"] == "paused"
    assert circle.post("/reset").json["snapshot"]["step"] == 0
