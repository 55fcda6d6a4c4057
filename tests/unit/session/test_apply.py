"""What each command replies, against formulas and other commands."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from nnlab.errors import InvalidInput, RevisionConflict
from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.picture.snapshot import snapshot
from nnlab.session.session import Session
from tests.unit.making import make_session

PLACES = [(0.5, -1.0), (2.0, 3.0), (-4.0, 0.0)]


def model_of(session: Session) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = apply(commands.ReadModel(), session)["layers"]
    return layers


@pytest.mark.parametrize(
    "command",
    [
        commands.Read(),
        commands.ReadSnapshot(),
        commands.Patch(patch={"title": "Mine"}),
        commands.AddPoints(points=[{"x": 0, "y": 0}]),
        commands.ReplacePoints(points=[]),
        commands.ChangePoint(point_id=1, patch={"x": 0}),
        commands.RemovePoint(point_id=1),
        commands.MakeDataset(name="xor", points=4),
        commands.Run(),
        commands.Pause(),
        commands.Reset(),
        commands.Regions(resolution=20),
        commands.Predict(points=PLACES, activations=True),
        commands.ReadModel(),
        commands.ReadHistory(),
    ],
    ids=lambda command: type(command).__name__,
)
def test_every_reply_is_plain_json(command: Any) -> None:
    session = make_session()
    session.advance(3)
    reply = apply(command, session)
    assert isinstance(reply, dict)
    json.dumps(reply, allow_nan=False)
    if isinstance(command, commands.Change):
        assert reply["revision"] == session.revision


def test_a_command_that_nobody_knows_is_an_error_of_the_program() -> None:
    with pytest.raises(TypeError, match="unknown command: Create"):
        apply(commands.Create(document=make_session().document), make_session())


def test_read_is_the_document_and_the_snapshot() -> None:
    session = make_session(title="Mine")
    whole = apply(commands.Read(), session)
    assert whole["document"] == session.document.model_dump(mode="json")
    assert whole["snapshot"] == apply(commands.ReadSnapshot(), session)["snapshot"]


def test_a_patch_on_the_newest_revision_only() -> None:
    session = make_session()
    apply(commands.Patch(patch={"title": "one"}, if_revision=1), session)
    with pytest.raises(RevisionConflict, match="revision 2, not 1"):
        apply(commands.Patch(patch={"title": "two"}, if_revision=1), session)
    assert session.document.title == "one"


def test_added_points_come_last_and_ids_they_bring_do_not_count() -> None:
    session = make_session()
    before = session.document.points
    reply = apply(commands.AddPoints(points=[{"id": 1, "x": 3, "y": 4}]), session)
    assert reply["points"] == [session.document.points[-1].model_dump(mode="json")]
    assert reply["points"][0]["id"] == len(before) + 1
    assert session.document.points[:-1] == before


def test_replaced_points_keep_the_ids_they_bring() -> None:
    session = make_session()
    kept = session.document.points[1]
    reply = apply(commands.ReplacePoints(points=[kept, {"x": 3, "y": 4}]), session)
    assert [point["id"] for point in reply["points"]] == [kept.id, 5]


def test_a_changed_point_keeps_its_place_and_its_id() -> None:
    session = make_session()
    before = session.document.points
    reply = apply(commands.ChangePoint(point_id=2, patch={"id": 77, "x": 5.5, "held_out": None}), session)
    assert reply["point"] == before[1].model_dump(mode="json") | {"x": 5.5}
    assert [point.id for point in session.document.points] == [point.id for point in before]
    assert session.document.points[1].x == 5.5


def test_a_required_field_of_a_point_cannot_be_removed() -> None:
    with pytest.raises(InvalidInput, match="x is required"):
        apply(commands.ChangePoint(point_id=2, patch={"x": None}), make_session())


def test_a_drag_of_one_point_is_one_edit_and_of_two_points_two() -> None:
    session = Session(make_session().document, clock=lambda: 0.0)
    for point_id in (1, 1, 1, 2, 2):
        apply(commands.ChangePoint(point_id=point_id, patch={"x": 5.0, "y": 5.0}), session)
    apply(commands.Undo(), session)
    assert [point.x == 5.0 for point in session.document.points[:2]] == [True, False]
    apply(commands.Undo(), session)
    assert session.document == make_session().document


POINT = {"x": 5.0, "y": 5.0}
STROKE = [
    commands.AddPoints(points=[POINT], gesture=7),
    commands.AddPoints(points=[POINT, POINT], gesture=7),
    commands.ChangePoint(point_id=1, patch=POINT, gesture=7),
    commands.ChangePoints(points=[{"id": 2, **POINT}], remove=[3], gesture=7),
    commands.RemovePoint(point_id=4, gesture=7),
    commands.ReplacePoints(points=[POINT], gesture=7),
]


def test_changes_of_points_in_one_gesture_are_one_edit() -> None:
    session = make_session()
    for command in STROKE:
        apply(command, session)
    after = session.document
    apply(commands.Undo(), session)
    assert session.document == make_session().document
    assert not session.edits.can_undo
    apply(commands.Redo(), session)
    assert session.document == after


def test_without_a_gesture_each_change_of_other_points_is_an_edit_of_its_own() -> None:
    session = make_session()
    for command in STROKE:
        before = session.document
        apply(command.model_copy(update={"gesture": None}), session)
        after = session.document
        apply(commands.Undo(), session)
        assert session.document == before
        apply(commands.Redo(), session)
        assert session.document == after


def test_patches_of_different_fields_are_different_edits() -> None:
    session = Session(make_session().document, clock=lambda: 0.0)
    apply(commands.Patch(patch={"training": {"l2": 0.1}}), session)
    apply(commands.Patch(patch={"training": {"l2": 0.2}}), session)
    apply(commands.Patch(patch={"training": {"l1": 0.3}}), session)
    apply(commands.Undo(), session)
    assert (session.document.training.l2, session.document.training.l1) == (0.2, 0.0)


def test_reset_without_a_seed_keeps_the_revision_and_with_one_makes_a_new_one() -> None:
    session = make_session()
    start = model_of(session)
    session.advance(9)
    apply(commands.Reset(), session)
    assert (session.revision, session.trainer.steps_taken, model_of(session)) == (1, 0, start)
    apply(commands.Reset(seed=session.document.network.seed), session)
    assert session.revision == 1
    session.advance(9)
    apply(commands.Reset(seed=3), session)
    assert (session.revision, session.trainer.steps_taken, session.document.network.seed) == (2, 0, 3)
    assert model_of(session) == model_of(Session(session.document))


@pytest.mark.parametrize("activation", ["relu", "maxout"])
def test_a_model_that_is_put_back_says_the_same_as_before(activation: str) -> None:
    session = make_session(network={"hidden": [{"units": 3, "activation": activation, "pieces": 3}]})
    session.advance(30)
    layers, said = model_of(session), apply(commands.Predict(points=PLACES), session)
    session.advance(30)
    apply(commands.RestoreModel(layers=layers), session)
    assert model_of(session) == layers
    assert apply(commands.Predict(points=PLACES), session) == said


def test_predictions_follow_the_forward_pass_of_the_model_that_is_read() -> None:
    """h = tanh(x W + b), s = h W + b, p = exp(s) / sum exp(s), the label is the largest score's.  [CS231n nn-1]"""
    session = make_session(classes=3)
    session.advance(50)
    hidden, output = ({k: np.array(v) for k, v in layer.items() if k != "activation"} for layer in model_of(session))
    said = apply(commands.Predict(points=PLACES, activations=True), session)
    h = np.tanh(np.array(PLACES) @ hidden["weights"] + hidden["biases"])
    scores = h @ output["weights"] + output["biases"]
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(said["activations"][0], h, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(said["scores"], scores, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(said["probabilities"], probabilities, rtol=1e-5, atol=1e-6)
    assert said["labels"] == scores.argmax(axis=1).tolist()
    assert said["values"] is None
    assert len(said["activations"]) == 1


def test_a_fitting_network_predicts_values_and_no_classes() -> None:
    session = make_session(task="surface_fitting")
    said = apply(commands.Predict(points=PLACES), session)
    assert said["values"] == [row[0] for row in said["scores"]]
    assert said["labels"] is said["probabilities"] is None
    assert "activations" not in said


def test_a_copy_is_the_session_at_its_first_revision() -> None:
    session = make_session()
    apply(commands.Patch(patch={"title": "Mine"}), session)
    session.advance(5)
    copy = Session.from_checkpoint(apply(commands.Copy(), session))
    assert (copy.revision, session.revision) == (1, 2)
    assert copy.document == session.document
    assert copy.trainer.state() == session.trainer.state()


def test_the_history_ends_with_the_present_step() -> None:
    session = make_session()
    for _ in range(4):
        session.advance(77)
        history = apply(commands.ReadHistory(), session)
        assert history["step"][-1] == session.trainer.steps_taken
        assert history["loss"][-1] == pytest.approx(snapshot(session)["loss"])
    assert history["step"][:5] == [0, 1, 2, 3, 4]
    assert len(set(history["step"])) == len(history["step"])


def test_the_size_counts_layers_units_and_parameters_by_the_notes_convention() -> None:
    """The note's second network: 3 inputs, hidden layers of 4 and 4 units, 1 output: 9 units, 32 weights, 9 biases."""
    session = make_session(
        network={"inputs": ["x", "y", "x*y"], "hidden": [{"units": 4}, {"units": 4}], "loss": "binary_svm"}
    )
    found = snapshot(session)
    weights = 3 * 4 + 4 * 4 + 4 * 1
    assert found["num_layers"] == 3
    assert found["num_units"] == 4 + 4 + 1
    assert found["num_parameters"] == weights + 9
    assert len(found["layers"]) == 3
