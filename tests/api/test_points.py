"""Points and data sets over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from nnlab.engine.menus.datasets import DATASETS
from tests.api.conftest import API, Session

CLASSIFICATION = [name for name, entry in DATASETS.items() if "classification" in entry.tasks and not entry.table]


def test_added_points_get_ids_and_change_the_document(session: Session) -> None:
    reply = session.post("/points", {"points": [{"x": 1.5, "y": -2, "label": 1}, {"x": 0, "y": 0}]})
    assert reply.status_code == 201
    assert [point["id"] for point in reply.json["points"]] == [1, 2]
    assert session.document["points"] == reply.json["points"]


def test_ids_are_never_used_twice(session: Session) -> None:
    session.post("/points", {"points": [{"x": 0, "y": 0}, {"x": 1, "y": 1}]})
    session.delete("/points/2")
    assert session.post("/points", {"points": [{"x": 2, "y": 2}]}).json["points"][0]["id"] == 3


def test_patch_moves_one_point_and_leaves_the_others(session: Session) -> None:
    session.post("/points", {"points": [{"x": 0, "y": 0}, {"x": 1, "y": 1}]})
    reply = session.patch({"x": -3.25, "label": 1}, "/points/2")
    assert reply.json["point"] == {"id": 2, "x": -3.25, "y": 1.0, "label": 1, "value": None, "held_out": False}
    assert session.document["points"][0]["x"] == 0.0


def test_a_point_that_is_not_there_is_404_and_nothing_changes(session: Session) -> None:
    before = session.get().json
    assert session.patch({"x": 1}, "/points/99").status_code == 404
    assert session.delete("/points/99").status_code == 404
    assert session.get().json == before


def test_delete_removes_one_point_or_all(circle: Session) -> None:
    ids = [point["id"] for point in circle.document["points"]]
    assert circle.delete(f"/points/{ids[0]}").status_code == 200
    assert [point["id"] for point in circle.document["points"]] == ids[1:]
    assert circle.delete("/points").status_code == 200
    assert circle.document["points"] == []


def test_a_point_of_a_class_that_does_not_exist_is_refused(session: Session) -> None:
    reply = session.post("/points", {"points": [{"x": 0, "y": 0, "label": 2}]})
    assert reply.status_code == 422
    assert reply.json["errors"][0] == {
        "field": "points.0.label",
        "message": "points.0.label must be less than classes, 2; got 2.",
    }


def test_csv_goes_out_and_comes_back_the_same(circle: Session, client: FlaskClient) -> None:
    text = circle.get("/points?format=csv")
    assert text.mimetype == "text/csv"
    before = [{**point, "id": None} for point in circle.document["points"]]
    reply = client.put(f"{API}/sessions/{circle.id}/points", data=text.data, content_type="text/csv")
    assert reply.status_code == 200
    assert [{**point, "id": None} for point in reply.json["points"]] == before


def test_csv_by_accept_header(circle: Session) -> None:
    assert circle.get("/points", headers={"Accept": "text/csv"}).text.startswith("x,y,label,held_out,value\n")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("x,label\n1,0\n", "y"),
        ("x,y,label\n1,2,0\n1,two,0\n", "line 3.y"),
        ("x,y\n1,\n", "y"),
        ("x,y,label,held_out\n1,2,0,perhaps\n", "line 2.held_out"),
        ("x,y,label\n1,2,cat\n1,2,\n", "line 3.label"),
        ("x,y\n1,nan\n", "y"),
        ("x,y,label\n\n1e7,2,0\n", "line 3.x"),
        ("x,y,label\n1,2,0\n1,2,0,5\n1,2,0\n", "line 3"),
        ("x,x,y,label\n1,2,3,0\n", "x"),
        ("1.5,2.5\n3,4\n", "label"),
        ("x,y,label\n" + "a" * 200_000, "x"),
    ],
)
def test_a_broken_csv_names_the_place(circle: Session, client: FlaskClient, text: str, field: str) -> None:
    before = circle.document
    reply = client.put(f"{API}/sessions/{circle.id}/points", data=text, content_type="text/csv")
    assert reply.status_code == 422
    assert reply.json["errors"][0]["field"].startswith(field)
    assert circle.document == before


def put_csv(session: Session, text: str) -> TestResponse:
    return session.client.put(f"{API}/sessions/{session.id}/points", data=text, content_type="text/csv")


def test_csv_brings_the_classes_it_needs_and_a_loss_that_can_tell_them_apart(new_session: Any) -> None:
    session = new_session({"network": {"loss": "binary_softmax"}})
    reply = put_csv(session, "X;Y;Class\n1,5;2;cat\n2;2;dog\n3;2;cat\n4;2;cow\n")
    assert reply.status_code == 200
    assert reply.json["class_names"] == ["cat", "dog", "cow"]
    assert [(p["x"], p["label"]) for p in reply.json["points"]] == [(1.5, 0), (2, 1), (3, 0), (4, 2)]
    assert (session.document["classes"], session.document["network"]["loss"]) == (3, "softmax")
    session.post("/undo")
    after = session.document
    assert (after["classes"], after["network"]["loss"], after["points"]) == (2, "binary_softmax", [])


def test_csv_without_names_has_the_columns_of_the_task(new_session: Any) -> None:
    surface = new_session({"task": "surface_fitting"})
    assert put_csv(surface, "1,2,0.5\n").json["points"][0]["value"] == 0.5
    curve = new_session({"task": "curve_fitting"})
    assert put_csv(curve, "1\t2\n").json["points"][0]["y"] == 2
    refused = put_csv(curve, "1,2,0\n")
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json["errors"]] == ["x", "y"]


def test_what_is_wrong_with_a_csv_is_said_in_the_callers_language(circle: Session, client: FlaskClient) -> None:
    headers = {"Accept-Language": "de"}
    reply = client.put(
        f"{API}/sessions/{circle.id}/points", data="x,y,label\n1,2,0\n1,a,1\n", content_type="text/csv", headers=headers
    )
    assert reply.json["detail"] == 'Zeile 3, y, muss eine Zahl zwischen ±1.000.000 sein, nicht "a".'


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_every_data_set_lies_inside_the_view_and_has_its_test_share(session: Session, name: str) -> None:
    reply = session.post("/dataset", {"name": name, "points": 100, "noise": 0.5, "seed": 5, "test_fraction": 0.4})
    assert reply.status_code == 200
    points = reply.json["document"]["points"]
    assert len(points) == 100
    assert sum(point["held_out"] for point in points) == 40
    assert all(-6 <= point[axis] <= 6 for point in points for axis in "xy")
    assert {point["label"] for point in points} == {0, 1}


def test_the_same_seed_draws_the_same_points(session: Session) -> None:
    order = {"name": "spiral", "points": 30, "seed": 9}
    first = [(p["x"], p["y"]) for p in session.post("/dataset", order).json["document"]["points"]]
    again = [(p["x"], p["y"]) for p in session.post("/dataset", order).json["document"]["points"]]
    other = [(p["x"], p["y"]) for p in session.post("/dataset", order | {"seed": 10}).json["document"]["points"]]
    assert first == again
    assert first != other


def test_a_group_is_changed_and_removed_as_one_edit(session: Session) -> None:
    points = session.post("/points", {"points": [{"x": n, "y": 0, "label": 0} for n in range(4)]}).json["points"]
    ids = [point["id"] for point in points]
    body = {"points": [{"id": ids[0], "x": 5.0}, {"id": ids[2], "label": 1, "held_out": True}], "remove": [ids[3]]}
    reply = session.patch(body, "/points")
    assert reply.status_code == 200
    assert [point["id"] for point in reply.json["points"]] == [ids[0], ids[2]]
    after = session.get("/points").json["points"]
    assert [point["id"] for point in after] == ids[:3]
    assert (after[0]["x"], after[0]["y"], after[1]) == (5.0, 0.0, points[1])
    assert (after[2]["x"], after[2]["label"], after[2]["held_out"]) == (2.0, 1, True)
    session.post("/undo")
    assert session.get("/points").json["points"] == points


def test_a_group_with_a_mistake_changes_nothing(session: Session) -> None:
    points = session.post("/points", {"points": [{"x": 0, "y": 0, "label": 0}]}).json["points"]
    known = points[0]["id"]
    for body, status in (
        ({"points": [{"id": known, "x": 3.0}], "remove": [known + 7]}, 404),
        ({"points": [{"id": known, "x": None}]}, 422),
        ({"points": [{"id": known, "label": 7}]}, 422),
        ({"points": [{"id": known, "colour": 1}]}, 422),
        ({"remove": [0]}, 422),
    ):
        assert session.patch(body, "/points").status_code == status, body
    assert session.get("/points").json["points"] == points


def test_a_group_names_each_point_once(session: Session) -> None:
    session.post("/points", {"points": [{"x": 1, "y": 1}]})
    reply = session.patch({"points": [{"id": 1, "x": 1.5}, {"id": 1, "x": 2.5}]}, "/points")
    assert reply.status_code == 422
    assert "points must name each point once" in reply.json["detail"]
    assert session.document["points"][0]["x"] == 1


MOONS = {"name": "moons", "points": 20, "noise": 0.3, "seed": 4}


def test_the_document_knows_its_data_set_until_the_points_are_changed(session: Session) -> None:
    session.post("/dataset", MOONS)
    dataset = session.document["dataset"]
    assert MOONS.items() <= dataset.items()
    session.patch({"training": {"l2": 0.5}, "classes": 3})
    assert session.document["dataset"] == dataset
    session.patch({"x": 1.0}, "/points/1")
    assert session.document["dataset"] is None
    session.post("/undo", {})
    assert session.document["dataset"] == dataset


@pytest.mark.parametrize(
    "change",
    [
        lambda session: session.post("/points", {"points": [{"x": 0, "y": 0}]}),
        lambda session: session.delete("/points/1"),
        lambda session: session.delete("/points"),
        lambda session: session.patch({"points": [{"id": 1, "label": 1}, {"id": 2, "label": 1}]}, "/points"),
        lambda session: session.patch({"points": []}),
        lambda session: session.patch({"task": "surface_fitting", "network": {"loss": "squared"}}),
    ],
)
def test_every_change_of_points_ends_the_data_set(session: Session, change: Callable[[Session], object]) -> None:
    session.post("/dataset", MOONS)
    change(session)
    assert session.document["dataset"] is None


def test_a_patch_of_the_data_set_draws_it_as_one_step_of_undo(session: Session) -> None:
    session.post("/dataset", MOONS)
    drawn = session.document
    session.patch({"title": "Calm", "dataset": {"noise": 0.0}})
    assert session.document["dataset"] == {**drawn["dataset"], "noise": 0.0}
    assert session.document["points"] != drawn["points"]
    session.post("/undo")
    assert session.document == drawn
    reply = session.patch({"dataset": {"name": "plane"}})
    assert reply.json["errors"][0]["field"] == "dataset.name"


def test_a_data_set_that_comes_with_its_points_leaves_them_as_they_are(session: Session) -> None:
    session.post("/dataset", MOONS)
    kept = session.document
    session.delete("/points")
    session.patch({"points": kept["points"], "dataset": kept["dataset"]})
    assert session.document == kept


def test_a_session_can_be_made_of_a_data_set(client: FlaskClient) -> None:
    made = client.post(f"{API}/sessions", json={"dataset": {"name": "spiral", "points": 30}}).json
    assert len(made["document"]["points"]) == 30
    assert not made["snapshot"]["can_undo"]
    assert made["snapshot"]["loss"] is not None
    assert client.post(f"{API}/sessions/{made['id']}/step", json={"steps": 3}).json["snapshot"]["step"] == 3


def test_changes_with_the_number_of_one_gesture_are_one_step_of_undo(session: Session) -> None:
    before = session.post("/points", {"points": [{"x": n, "y": 0} for n in range(4)]}).json["points"]
    session.post("/points", {"points": [{"x": 5, "y": 5}], "gesture": 7})
    session.patch({"x": 1.5}, "/points/1?gesture=7")
    session.patch({"points": [{"id": 2, "x": 2.5}], "remove": [3], "gesture": 7}, "/points")
    session.delete("/points/4?gesture=7")
    assert [point["x"] for point in session.document["points"]] == [1.5, 2.5, 5]
    session.delete("/points?gesture=7")
    session.put("/points", {"points": [{"x": 9, "y": 9}], "gesture": 7})
    session.post("/undo")
    assert session.document["points"] == before
    assert session.snapshot["can_undo"]  # the four points
    session.post("/redo")
    assert [point["x"] for point in session.document["points"]] == [9]


def test_points_added_one_after_the_other_are_steps_of_undo_of_their_own(session: Session) -> None:
    for gesture in ({}, {}, {"gesture": 1}, {"gesture": 2}):
        session.post("/points", {"points": [{"x": 0, "y": 0}]} | gesture)
    for left in (3, 2, 1, 0):
        session.post("/undo")
        assert len(session.document["points"]) == left


@pytest.mark.parametrize("gesture", [-1, 2**53, 1.5, "left"])
def test_a_gesture_is_a_whole_number(session: Session, gesture: object) -> None:
    session.post("/points", {"points": [{"x": 0, "y": 0}]})
    for reply in (
        session.post("/points", {"points": [{"x": 1, "y": 1}], "gesture": gesture}),
        session.patch({"x": 1}, f"/points/1?gesture={gesture}"),
        session.delete(f"/points/1?gesture={gesture}"),
    ):
        assert reply.status_code == 422
        assert reply.json["errors"][0]["field"] == "gesture"
    assert len(session.document["points"]) == 1


def test_what_changes_nothing_leaves_the_data_set_and_is_no_step_of_undo(session: Session) -> None:
    session.post("/dataset", MOONS)
    before = session.get().json
    point = before["document"]["points"][0]
    session.patch({"x": point["x"]}, "/points/1")
    session.patch({"points": [{"id": 1}]}, "/points")
    session.patch({"task": "classification", "points": before["document"]["points"]})
    assert session.document == before["document"]
    session.post("/undo")
    assert session.document["points"] == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"dataset": {"name": "spiral", "points": 2}, "points": [{"x": 0, "y": 0}]}, "dataset.points"),
        ({"dataset": {"name": "plane", "points": 1}, "points": [{"x": 0, "y": 0}]}, "dataset.name"),
    ],
)
def test_a_data_set_that_the_points_cannot_be_is_refused(client: FlaskClient, wrong: object, field: str) -> None:
    reply = client.post(f"{API}/sessions", json=wrong)
    assert reply.status_code == 422
    assert reply.json["errors"][0]["field"] == field


def test_a_data_set_says_how_to_draw_it_again(session: Session) -> None:
    session.post("/dataset", {"name": "spiral", "points": 30, "seed": 3})
    drawn = session.document
    session.patch({"classes": 5})
    session.post("/dataset", drawn["dataset"])
    for one, other in zip(drawn["points"], session.document["points"], strict=True):
        assert {**one, "id": 0} == {**other, "id": 0}


def test_csv_names_its_gesture_in_the_query(session: Session) -> None:
    session.post("/points", {"points": [{"x": 0, "y": 0}], "gesture": 5})
    path = f"{API}/sessions/{session.id}/points?gesture=5"
    assert session.client.put(path, data="1,2,0", content_type="text/csv").status_code == 200
    session.post("/undo")
    assert session.document["points"] == []


def test_if_match_is_refused_where_it_would_be_passed_over(session: Session) -> None:
    before = session.get().json
    path = f"{API}/sessions/{session.id}/points"
    reply = session.client.post(path, json={"points": [{"x": 0, "y": 0}]}, headers={"If-Match": '"99"'})
    assert reply.status_code == 422
    assert reply.json["errors"][0]["field"] == "If-Match"
    assert session.get().json == before


def test_measured_data_show_themselves_in_their_units(session: Session) -> None:
    document = session.post("/dataset", {"name": "iris", "test_fraction": 0.2}).json["document"]
    assert len(document["points"]) == document["dataset"]["points"] == 150
    assert sum(point["held_out"] for point in document["points"]) == 30
    assert document["class_names"] == ["setosa", "versicolor", "virginica"]
    assert (document["network"]["scaling"], document["view"]["x_range"]) == ("standard", [0.5, 7.5])
    entry = next(each for each in session.client.get(f"{API}/catalog").json["datasets"] if each["name"] == "iris")
    assert entry["license"] == "CC BY 4.0"
    assert "Fisher" in entry["source"]
    session.post("/step", {"steps": 2000})
    assert session.snapshot["test_accuracy"] > 0.9


def test_a_share_of_own_points_is_held_out_and_taken_back_as_one_edit(session: Session) -> None:
    points = [{"x": n, "y": n % 7, "label": n % 2} for n in range(20)]
    session.post("/points", {"points": points})
    before = session.document["points"]
    document = session.post("/held_out", {"test_fraction": 0.3, "seed": 2}).json["document"]
    held_out = [point for point in document["points"] if point["held_out"]]
    assert [point["label"] for point in held_out].count(0) == [point["label"] for point in held_out].count(1) == 3
    assert [point | {"held_out": False} for point in document["points"]] == before
    assert session.snapshot["test_loss"] is not None
    session.post("/undo")
    assert session.document["points"] == before
    assert session.post("/held_out", {"test_fraction": 0.95}).status_code == 422


def test_fit_shows_all_points_and_is_one_edit(session: Session) -> None:
    session.post("/points", {"points": [{"x": 30, "y": 40}, {"x": 98, "y": 90}]})
    before = session.document["view"]
    view = session.post("/fit").json["document"]["view"]
    assert (view["x_range"], view["y_range"]) == ([25, 105], [35, 95])
    session.post("/undo")
    assert session.document["view"] == before


def test_a_model_goes_back_with_its_inputs_and_not_with_others(session: Session) -> None:
    session.post("/dataset", {"name": "penguins"})
    model = session.get("/model").json
    assert [one["name"] for one in model["inputs"]] == ["x", "y"]
    assert model["inputs"][0]["size"] > 1
    assert session.put("/model", model).status_code == 200
    other = model | {"inputs": [{"name": "y"}, {"name": "x"}]}
    reply = session.put("/model", other)
    assert (reply.status_code, reply.json["errors"][0]["field"]) == (422, "inputs")
