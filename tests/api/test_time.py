"""Back and forward in training, stop conditions, weights by hand, and what frames show of the inside."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.api.conftest import Session
from tests.api.test_streams import events_of, watch
from tests.unit.making import wait_until

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def model(session: Session) -> Any:
    return session.get("/model").json


@pytest.mark.thorough
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
@pytest.mark.parametrize("back", [1, 3, 8, 41, 100])
def test_going_back_and_on_again_gives_the_same_bits(circle: Session, optimizer: str, back: int) -> None:
    circle.patch({"training": {"optimizer": optimizer, "keep_prob": 0.8, "input_noise": 0.1}})
    models = {}
    for _ in range(100):
        models[circle.snapshot["step"]] = None
        circle.post("/step")
    end = model(circle)
    reply = circle.post("/back", {"steps": back})
    assert reply.json["snapshot"]["step"] == 100 - back
    circle.post("/step", {"steps": back})
    assert model(circle) == end


def test_back_to_the_first_step_is_the_start(circle: Session) -> None:
    start = model(circle)
    circle.post("/step", {"steps": 500})
    assert circle.post("/back", {"to_step": 0}).json["snapshot"]["step"] == 0
    assert model(circle) == start


def test_after_going_back_there_is_a_way_forward_until_training_takes_another_course(circle: Session) -> None:
    circle.post("/step", {"steps": 60})
    end = model(circle)
    assert circle.post("/back", {"to_step": 20}).json["snapshot"]["last_step"] == 60
    assert circle.post("/back", {"to_step": 60}).json["snapshot"]["step"] == 60
    assert model(circle) == end
    circle.post("/back", {"to_step": 20})
    circle.post("/step", {"steps": 1})
    assert circle.snapshot["last_step"] == 21


def test_going_back_keeps_newer_settings_and_points(circle: Session) -> None:
    circle.post("/step", {"steps": 30})
    circle.patch({"training": {"learning_rate": 0.5}})
    circle.post("/points", {"points": [{"x": 0, "y": 0}]})
    circle.post("/step", {"steps": 30})
    before = circle.document
    assert circle.post("/back", {"to_step": 10}).json["document"] == before


def test_going_back_beyond_a_change_of_shape_brings_the_old_network_back_and_undo_the_new_one(circle: Session) -> None:
    circle.post("/step", {"steps": 30})
    old = circle.document["network"]
    weights = model(circle)
    circle.patch({"network": {"hidden": [{"units": 3, "activation": "relu"}]}})
    circle.post("/step", {"steps": 30})
    reply = circle.post("/back", {"to_step": 30})
    assert reply.json["snapshot"]["step"] <= 30
    circle.post("/back", {"to_step": 29})
    assert circle.document["network"] == old
    circle.post("/step")
    assert model(circle) == weights
    assert circle.post("/undo").json["snapshot"]["last_step"] == 60  # the course that this step has left
    assert circle.post("/undo").json["document"]["network"]["hidden"][0]["units"] == 3


def test_weights_by_hand_are_undone_and_done_again_while_training_goes_on(circle: Session) -> None:
    circle.patch({"training": {"learning_rate": 1e-9}})
    start, revision = model(circle), circle.snapshot["revision"]
    circle.patch({"layer": 1, "row": 1, "column": 2, "value": 1.5}, "/weights")
    circle.patch({"layer": 2, "unit": 0, "bias": -2.5}, "/weights")
    circle.post("/step", {"steps": 3})
    assert circle.snapshot["revision"] == revision + 2
    circle.post("/undo")
    assert model(circle)["layers"][1]["biases"][0] == pytest.approx(start["layers"][1]["biases"][0], abs=1e-5)
    assert model(circle)["layers"][0]["weights"][1][2] == pytest.approx(1.5, abs=1e-5)
    circle.post("/undo")
    assert model(circle)["layers"][0]["weights"][1][2] == start["layers"][0]["weights"][1][2]
    assert circle.snapshot["step"] == 3
    circle.post("/redo")
    circle.post("/redo")
    assert model(circle)["layers"][0]["weights"][1][2] == 1.5
    assert model(circle)["layers"][1]["biases"][0] == pytest.approx(-2.5)


def test_a_model_that_was_put_in_place_is_undone_as_a_whole(circle: Session) -> None:
    before = model(circle)
    other = before | {"layers": [layer | {"biases": [0.5] * len(layer["biases"])} for layer in before["layers"]]}
    assert circle.put("/model", other).status_code == 200
    assert model(circle) == other
    circle.post("/undo")
    assert model(circle) == before
    circle.post("/redo")
    assert model(circle) == other


def test_after_a_reset_undo_brings_back_the_weights_by_hand_and_then_those_before(circle: Session) -> None:
    start = model(circle)
    circle.patch({"layer": 1, "row": 1, "column": 2, "value": 1.5}, "/weights")
    by_hand = model(circle)
    circle.post("/reset")
    assert model(circle) == start
    circle.post("/undo")
    assert model(circle) == by_hand
    circle.post("/undo")
    assert model(circle) == start


def test_back_without_a_past_is_a_conflict_and_needs_one_of_two_fields(circle: Session) -> None:
    assert circle.post("/back", {"steps": 1}).status_code == 409
    assert circle.post("/back", {}).status_code == 422
    assert circle.post("/back", {"steps": 1, "to_step": 2}).status_code == 422


def test_the_chart_keeps_what_lies_ahead_until_training_goes_on(circle: Session) -> None:
    for _ in range(5):
        circle.post("/step", {"steps": 20})
    circle.post("/back", {"to_step": 40})
    assert circle.get("/history").json["step"][-1] == 100
    circle.post("/step", {"steps": 5})
    assert circle.get("/history").json["step"][-1] == 45


@pytest.mark.thorough
def test_running_pauses_at_the_epoch_loss_or_accuracy_that_is_asked_for(circle: Session) -> None:
    for stop, met in (
        ({"epoch": 3}, lambda s: s["epoch"] == 3),
        ({"accuracy": 0.9}, lambda s: s["accuracy"] >= 0.9),
        ({"loss": 0.3}, lambda s: s["loss"] <= 0.3),
    ):
        circle.patch({"stop": {"epoch": None, "loss": None, "accuracy": None} | stop})
        assert circle.post("/run").status_code == 200
        wait_until(lambda: circle.snapshot["state"] == "paused")
        snapshot = circle.snapshot
        assert met(snapshot)
        assert "stop condition is met" in snapshot["message"]


def test_a_weight_and_a_bias_can_be_set_by_hand(circle: Session) -> None:
    reply = circle.patch({"layer": 1, "row": 1, "column": 2, "value": 1.5}, "/weights")
    assert reply.status_code == 200
    circle.patch({"layer": 3, "unit": 1, "bias": -0.25}, "/weights")
    layers = model(circle)["layers"]
    assert layers[0]["weights"][1][2] == 1.5
    assert layers[2]["biases"][1] == -0.25


@pytest.mark.parametrize(
    "edit",
    [
        {"layer": 10, "row": 0, "column": 0, "value": 1},
        {"layer": 1, "row": 2, "column": 0, "value": 1},
        {"layer": 1, "row": 0, "column": 6, "value": 1},
        {"layer": 1, "unit": 6, "bias": 1},
        {"layer": 1, "row": 0, "value": 1},
        {"layer": 1},
        {"layer": 1, "row": 0, "column": 0, "value": 1, "bias": 1},
        {"layer": 1, "unit": 0, "bias": "one"},
    ],
)
def test_an_edit_of_a_weight_that_is_not_there_is_refused(circle: Session, edit: dict[str, Any]) -> None:
    before = model(circle)
    reply = circle.patch(edit, "/weights")
    assert reply.status_code == 422, reply.json
    assert model(circle) == before


def test_who_counts_layers_from_0_is_told_that_they_count_from_1(circle: Session) -> None:
    reply = circle.patch({"layer": 0, "unit": 0, "bias": 1.0}, "/weights")
    assert (reply.status_code, reply.json["errors"][0]["field"]) == (422, "layer")
    assert reply.json["detail"] == "layer must count from 1, the output layer last; got 0."


def test_frames_carry_the_views_that_are_asked_for(circle: Session) -> None:
    circle.post("/step", {"steps": 100})
    reply = circle.get("/stream?max_events=2&views=units,weights,warp.1.0.3", buffered=True)
    frame = events_of(reply.text)[1]["data"]
    layers = model(circle)["layers"]
    assert [len(layer) for layer in frame["units"]["layers"]] == [6, 2, 2]
    for sent, full in zip(frame["weights"], layers, strict=True):
        assert np.allclose(sent["weights"], full["weights"], rtol=5e-3)
        assert np.allclose(sent["biases"], full["biases"], rtol=5e-3, atol=1e-9)
    plain = events_of(watch(circle, 2).text)[1]["data"]
    assert not {"units", "weights", "warp"} & set(plain)


def test_a_units_map_is_its_activation_over_the_view(circle: Session) -> None:
    circle.post("/step", {"steps": 100})
    frame = events_of(circle.get("/stream?max_events=2&views=units", buffered=True).text)[1]["data"]
    side = 12 / 16
    centres = [[-6 + (col + 0.5) * side, 6 - (row + 0.5) * side] for row in range(16) for col in range(16)]
    said = circle.post("/predict", {"points": centres, "activations": True}).json["activations"]
    for unit, found in enumerate(frame["units"]["layers"][0]):
        low, high = found["value_range"]
        shown = [low + (high - low) * ALPHABET.index(level) / 63 for level in found["values"]]
        atol = 4.51 / 63 * (high - low)  # half of a step of 8 levels, and of one level
        assert np.allclose(shown, [h[unit] for h in said[0]], atol=atol)


def test_one_unit_is_shown_as_finely_as_the_plane_in_all_levels(circle: Session) -> None:
    circle.post("/step", {"steps": 100})
    found = circle.get("/unit?layer=2&unit=1&resolution=50").json
    assert (found["rows"], found["cols"], found["step"]) == (50, 50, 100)
    side = 12 / 50
    centres = [[-6 + (col + 0.5) * side, 6 - (row + 0.5) * side] for row in range(50) for col in range(50)]
    said = circle.post("/predict", {"points": centres, "activations": True}).json["activations"][1]
    low, high = found["value_range"]
    shown = [low + (high - low) * ALPHABET.index(level) / 63 for level in found["values"]]
    assert np.allclose(shown, [h[1] for h in said], atol=0.009 * (high - low))
    assert len(set(found["values"])) > 40
    scores = circle.get("/unit?layer=3&unit=0").json
    assert scores["rows"] == circle.document["pace"]["resolution"]


@pytest.mark.parametrize("query", ["layer=4&unit=0", "layer=1&unit=6"])
def test_a_unit_that_is_not_there_is_not_found(circle: Session, query: str) -> None:
    assert circle.get(f"/unit?{query}").status_code == 404


def test_the_phases_of_one_update_are_its_true_figures(circle: Session) -> None:
    """Without momentum and regularization the weights move by learning rate times gradient."""
    circle.patch({"training": {"optimizer": "sgd", "l2": 0, "learning_rate": 0.1, "batch_size": 7}})
    before = model(circle)["layers"]
    stream = circle.get("/stream?max_events=60&views=phases")
    frames = (
        event for piece in stream.iter_encoded() for event in events_of(piece.decode()) if event["event"] == "frame"
    )
    assert next(frames)["data"]["phases"] is None
    points = {point["id"]: point for point in circle.document["points"]}
    circle.post("/step", {"steps": 1})
    phases = next(frame["data"]["phases"] for frame in frames if frame["data"]["step"] == 1)
    stream.close()
    assert phases["step"] == 0
    assert len(phases["points"]) == 7
    assert not any(points[number]["held_out"] for number in phases["points"])
    for old, new, layer in zip(before, model(circle)["layers"], phases["layers"], strict=True):
        change = np.linalg.norm(np.subtract(new["weights"], old["weights"]))
        assert layer["gradient_norm"] == pytest.approx(change / 0.1, rel=2e-3)
        assert layer["update_ratio"] == pytest.approx(change / np.linalg.norm(old["weights"]), rel=2e-3)


def test_the_warped_plane_is_where_two_units_send_the_points(circle: Session) -> None:
    circle.post("/step", {"steps": 100})
    frame = events_of(circle.get("/stream?max_events=2&views=warp.1.0.3", buffered=True).text)[1]["data"]
    warp = frame["warp"]
    points = [[point["x"], point["y"]] for point in circle.document["points"]]
    said = np.array(circle.post("/predict", {"points": points, "activations": True}).json["activations"][0])
    numbers = [
        ALPHABET.index(a) * 64 + ALPHABET.index(b)
        for a, b in zip(warp["points"][::2], warp["points"][1::2], strict=True)
    ]
    low = np.array([warp["x_range"][0], warp["y_range"][0]])
    high = np.array([warp["x_range"][1], warp["y_range"][1]])
    shown = low + (high - low) * np.array(numbers).reshape(-1, 2) / 4095
    assert np.allclose(shown, said[:, [0, 3]], atol=0.01 * float((high - low).max()))
    assert len(warp["grid"]) == warp["rows"] * warp["cols"] * 4


def test_all_views_of_2_20_20_2_stay_under_12_kb(new_session: Any) -> None:
    layer = {"units": 20, "activation": "tanh"}
    session = new_session({"network": {"hidden": [layer, layer]}})
    session.post("/dataset", {"name": "spiral"})
    session.post("/step", {"steps": 1000})
    reply = session.get("/stream?max_events=2&views=units,weights,warp", headers={"Accept-Encoding": "gzip"})
    frame = list(reply.iter_encoded())[-1]
    reply.close()
    assert len(frame) < 12_000


def test_a_skip_connection_trains(new_session: Any) -> None:
    session = new_session({"network": {"skips": [[0, 3]]}})
    session.post("/dataset", {"name": "circle", "points": 50})
    assert session.snapshot["num_parameters"] == 38 + 2 * 2
    session.post("/step", {"steps": 50})
    assert len(model(session)["layers"][2]["weights"]) == 2 + 2


def test_the_curve_of_a_fitting_task_is_what_the_network_says(new_session: Any) -> None:
    session = new_session({"task": "curve_fitting"})
    session.post("/dataset", {"name": "sine", "points": 60})
    session.post("/step", {"steps": 300})
    regions = session.get("/regions?resolution=50").json
    x = [-6 + (col + 0.5) / 50 * 12 for col in range(50)]
    said = session.post("/predict", {"points": [[one, 0] for one in x]}).json["values"]
    low, high = regions["value_range"]
    numbers = [
        ALPHABET.index(a) * 64 + ALPHABET.index(b)
        for a, b in zip(regions["curve"][::2], regions["curve"][1::2], strict=True)
    ]
    assert np.allclose(low + (high - low) * np.array(numbers) / 4095, said, atol=(high - low) / 4000)


def test_the_history_has_rows_between_two_looks(circle: Session) -> None:
    circle.patch({"network": {"hidden": [{"units": 60}, {"units": 60}]}})
    circle.post("/step", {"steps": 5000})
    steps = circle.get("/history").json["step"]
    assert len(steps) > 10
    assert steps == sorted(set(steps))
    assert steps[-1] == 5000


def test_what_a_step_after_going_back_and_a_reset_leave_comes_back(circle: Session) -> None:
    circle.post("/step", {"steps": 60})
    end, courses = model(circle), circle.snapshot["courses"]
    circle.post("/back", {"to_step": 20})
    circle.post("/step")
    assert circle.snapshot["courses"] != courses
    circle.post("/reset")
    assert circle.post("/undo").json["snapshot"]["step"] == 21
    reply = circle.post("/undo").json
    assert (reply["snapshot"]["step"], reply["snapshot"]["last_step"]) == (20, 60)
    circle.post("/back", {"to_step": 60})
    assert model(circle) == end


def test_marks_tell_what_was_changed_by_hand_and_where(circle: Session) -> None:
    circle.post("/step", {"steps": 10})
    number = circle.snapshot["marks"]
    circle.patch({"training": {"l2": 0.5}})
    assert circle.snapshot["marks"] != number
    assert circle.get("/marks").json == {
        "marks": [{"step": 10, "field": "training.l2", "before": 0.001, "after": 0.5, "layer": None, "unit": None}]
    }
