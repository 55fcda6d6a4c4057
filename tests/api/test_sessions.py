"""The life of a session over HTTP."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from tests.api.conftest import API, Session


def test_create_answers_201_with_location_ids_and_the_default_document(client: FlaskClient, new_session: Any) -> None:
    reply = client.post(f"{API}/sessions", json={})
    assert reply.status_code == 201
    assert reply.headers["Location"] == f"{API}/sessions/{reply.json['id']}"
    assert reply.json["document"] == client.get(f"{API}/catalog").json["defaults"]
    assert reply.json["snapshot"]["state"] == "paused"
    assert client.get(reply.headers["Location"]).json["document"] == reply.json["document"]
    assert client.delete(reply.headers["Location"]).status_code == 204


def test_create_fills_in_defaults_and_point_ids(new_session: Any) -> None:
    session = new_session(
        {"title": "Mine", "points": [{"x": 1, "y": 2}, {"x": 3.5, "y": -1, "label": 1, "held_out": True}]}
    )
    document = session.document
    assert document["title"] == "Mine"
    assert [point["id"] for point in document["points"]] == [1, 2]
    assert document["points"][0] == {"id": 1, "x": 1.0, "y": 2.0, "label": 0, "value": None, "held_out": False}
    assert document["training"]["optimizer"] == "sgd"


def test_the_document_of_a_reply_makes_the_same_session_again(circle: Session, new_session: Any) -> None:
    document = circle.document
    assert new_session(document).document == document


def test_a_fitting_document_gets_the_fitting_loss_and_inputs_by_default(new_session: Any) -> None:
    network = new_session({"task": "curve_fitting"}).document["network"]
    assert network["loss"] == "squared"
    assert network["inputs"] == ["x"]


def test_patch_merges_objects_replaces_lists_and_raises_the_revision(session: Session) -> None:
    before = session.get().json
    reply = session.patch(
        {"training": {"learning_rate": 0.5}, "network": {"hidden": [{"units": 3, "activation": "relu"}]}}
    )
    assert reply.status_code == 200
    document = reply.json["document"]
    assert reply.json["revision"] == before["revision"] + 1
    assert document["training"] == before["document"]["training"] | {"learning_rate": 0.5}
    assert [layer["units"] for layer in document["network"]["hidden"]] == [3]
    assert reply.json["snapshot"]["num_layers"] == 2


def test_a_patch_that_changes_nothing_makes_no_revision_and_no_edit(session: Session) -> None:
    before = session.get().json
    assert session.patch({"training": {"learning_rate": 0.03}}).json["revision"] == before["revision"]
    assert session.get().json == before


def test_the_reply_to_a_patch_has_points_only_if_it_changed_them_for_those_who_ask_so(circle: Session) -> None:
    def patched(query: str, patch: dict[str, Any]) -> Any:
        return circle.client.patch(f"{API}/sessions/{circle.id}{query}", json=patch).json

    whole = patched("", {"title": "a"})
    assert whole["document"] == circle.document
    lean = patched("?points=changed", {"title": "b"})
    assert (lean["points_revision"], lean["revision"]) == (whole["points_revision"], whole["revision"] + 1)
    assert lean["document"] | {"points": whole["document"]["points"]} == circle.document
    moved = patched("?points=changed", {"points": whole["document"]["points"][1:]})
    assert moved["document"] == circle.document
    assert moved["points_revision"] == moved["revision"] == circle.get().json["points_revision"]


def test_patch_with_null_brings_the_default_back(session: Session) -> None:
    session.patch({"training": {"learning_rate": 0.5, "max_norm": 3.0}})
    training = session.patch({"training": {"learning_rate": None, "max_norm": None}}).json["document"]["training"]
    assert training["learning_rate"] == 0.03
    assert training["max_norm"] is None


def test_patch_with_if_match_is_refused_once_somebody_else_has_changed_the_document(session: Session) -> None:
    tag = session.get().headers["ETag"]
    assert session.patch({"title": "first"}, headers={"If-Match": tag}).status_code == 200
    reply = session.patch({"title": "second"}, headers={"If-Match": tag})
    assert (reply.status_code, reply.json["code"]) == (412, "revision_conflict")
    assert session.document["title"] == "first"


def test_a_view_id_reads_everything_and_changes_nothing(circle: Session, client: FlaskClient) -> None:
    viewer = Session(client, circle.view_id, circle.view_id)
    assert "id" not in viewer.get().json
    for path in ("", "/points", "/regions", "/model", "/history"):
        assert viewer.get(path).status_code == 200
    before = circle.get().json
    refused = [
        viewer.patch({"title": "x"}),
        viewer.delete(),
        viewer.post("/points", {"points": [{"x": 0, "y": 0}]}),
        viewer.put("/points", {"points": []}),
        viewer.delete("/points"),
        viewer.patch({"x": 1}, "/points/1"),
        viewer.delete("/points/1"),
        viewer.post("/dataset", {"name": "xor"}),
        viewer.put("/model", {"layers": circle.get("/model").json["layers"]}),
        *[viewer.post(f"/{verb}") for verb in ("run", "pause", "step", "reset", "undo", "redo")],
    ]
    assert {(reply.status_code, reply.json["code"]) for reply in refused} == {(403, "read_only")}
    assert circle.get().json == before


def test_fork_by_a_viewer_goes_on_where_the_session_stands_and_leaves_it_alone(
    circle: Session, client: FlaskClient
) -> None:
    circle.post("/step", {"steps": 50})
    fork = client.post(f"{API}/sessions/{circle.view_id}/fork").json
    forked = Session(client, fork["id"], fork["view_id"])
    assert forked.snapshot["step"] == 50
    assert forked.get("/model").json == circle.get("/model").json
    forked.post("/step", {"steps": 5})
    assert circle.snapshot["step"] == 50
    assert (
        forked.post("/step", {"steps": 5}).json["snapshot"]["loss"]
        == circle.post("/step", {"steps": 10}).json["snapshot"]["loss"]
    )
    assert forked.delete().status_code == 204


def test_a_deleted_session_is_gone_for_both_ids(new_session: Any, client: FlaskClient) -> None:
    session = new_session()
    assert session.delete().status_code == 204
    for session_id in (session.id, session.view_id):
        reply = client.get(f"{API}/sessions/{session_id}")
        assert (reply.status_code, reply.json["code"]) == (404, "not_found")


def test_the_view_id_does_not_lead_back_to_the_secret_one(session: Session) -> None:
    assert session.id[1:] not in session.view_id
    assert session.view_id not in session.id
