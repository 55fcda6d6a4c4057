"""Tables over HTTP: the preview changes nothing, the import makes what was chosen, and says what is to be chosen."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import pytest
from werkzeug.test import TestResponse

from nnlab.web.api.tables import LARGE_BYTES, MOST_LARGE, TABLE_TYPES, room_to_read
from tests.api.conftest import API, Session
from tests.unit.files.table.variants import VARIANTS, Variant

IRIS = b"a;b;c;d;kind\n5,1;3,5;1,4;0,2;setosa\n7;3,2;4,7;1,4;versicolor\n6,3;3,3;6;2,5;virginica\n"


def send(session: Session, method: str, content: bytes, query: str = "", kind: str = "text/csv") -> TestResponse:
    path = "points/preview" if method == "POST" else "points"
    url = f"{API}/sessions/{session.id}/{path}{query}"
    return session.client.open(url, method=method, data=content, content_type=kind)


def test_a_preview_says_what_is_understood_and_changes_nothing(circle: Session) -> None:
    before = circle.get().json
    seen = send(circle, "POST", IRIS).json
    assert circle.get().json == before
    dialect = seen["dialect"]
    assert (dialect["separator"], dialect["decimal"], dialect["encoding"]) == ("semicolon", "comma", "utf-8")
    assert dialect["header"]
    assert [column["name"] for column in seen["columns"]] == ["a", "b", "c", "d", "kind"]
    assert [column["kind"] for column in seen["columns"]] == ["number"] * 4 + ["words"]
    assert seen["columns"][0]["range"] == [5.1, 7.0]
    assert [question["choice"] for question in seen["questions"]] == ["x", "y"]
    assert (seen["proposals"]["x"], seen["proposals"]["label"], seen["proposals"]["value"]) == ("1", "5", "none")
    assert [each["name"] for each in seen["classes"]] == ["setosa", "versicolor", "virginica"]
    assert seen["head"][0] == {"line": 2, "cells": ["5,1", "3,5", "1,4", "0,2", "setosa"]}
    assert (seen["num_rows"], seen["num_usable"], seen["num_taken"]) == (3, 3, 3)


def test_an_import_names_the_choices_that_are_to_be_made_and_makes_them_one_step_of_undo(circle: Session) -> None:
    before = circle.document
    asked = send(circle, "PUT", IRIS)
    assert asked.status_code == 422
    assert [error["field"] for error in asked.json["errors"]] == ["x", "y"]
    assert circle.document == before
    made = send(circle, "PUT", IRIS, "?x=c&y=4")
    assert made.status_code == 200
    assert made.json["class_names"] == ["setosa", "versicolor", "virginica"]
    after = circle.document
    assert [(p["x"], p["y"], p["label"]) for p in after["points"]] == [(1.4, 0.2, 0), (4.7, 1.4, 1), (6.0, 2.5, 2)]
    assert (after["classes"], after["class_names"]) == (3, ["setosa", "versicolor", "virginica"])
    circle.post("/undo")
    assert circle.document == before


def test_an_import_fits_the_view_and_scales_inputs_that_call_for_it(new_session: Any) -> None:
    session = new_session({})
    before = session.document
    scores = b"exam 1,exam 2,passed\n34.6,78.0,no\n60.2,86.3,yes\n45.1,56.3,no\n79.0,75.3,yes\n"
    assert send(session, "POST", scores).json["proposals"]["scaling"] == "standard"
    assert send(session, "PUT", scores).status_code == 200
    after = session.document
    assert after["network"]["scaling"] == "standard"
    (left, right), (low, high) = after["view"]["x_range"], after["view"]["y_range"]
    assert all(left < p["x"] < right and low < p["y"] < high for p in after["points"])
    session.post("/undo")
    assert session.document == before
    assert send(session, "PUT", scores, "?scaling=none").status_code == 200
    assert session.document["network"]["scaling"] == "none"
    ranged = new_session({"network": {"scaling": "range"}})
    assert send(ranged, "POST", scores).json["proposals"]["scaling"] == "range"
    assert send(ranged, "PUT", scores).status_code == 200
    assert ranged.document["network"]["scaling"] == "range"


def test_a_table_of_two_classes_leaves_no_third_one(new_session: Any) -> None:
    session = new_session({"classes": 5})
    assert send(session, "PUT", b"x,y,pet\n1,2,cat\n3,4,dog\n").status_code == 200
    assert session.document["classes"] == 2


def test_names_go_out_and_come_back_in_every_convention(new_session: Any) -> None:
    session = new_session({"classes": 3, "class_names": ["cat; big", "", 'the "dog"']})
    points = [
        {"x": 1.234, "y": -5.125, "label": 0, "held_out": True},
        {"x": 1e-7, "y": 12345.678, "label": 2},
        {"x": 3, "y": 0.5, "label": 1},
    ]
    session.put("/points", {"points": points})
    before = [{**point, "id": None} for point in session.document["points"]]
    for query in ("", "&separator=semicolon&decimal=comma", "&separator=tab&decimal=comma", "&separator=tab"):
        text = session.get(f"/points?format=csv{query}").data
        assert "cat; big" in text.decode()
        reply = send(session, "PUT", text)
        assert reply.status_code == 200, reply.json
        assert [{**point, "id": None} for point in reply.json["points"]] == before
        assert session.document["class_names"] == ["cat; big", "", 'the "dog"']
        elsewhere = new_session({})
        assert send(elsewhere, "PUT", text).status_code == 200
        assert elsewhere.document["class_names"] == ["cat; big", 'the "dog"', "1"]


def test_more_rows_than_there_may_be_are_offered_as_a_sample(session: Session) -> None:
    rows = "".join(f"{n % 97},{n % 89},{'rare' if n % 50 == 0 else 'often'}\n" for n in range(3000))
    content = ("x,y,kind\n" + rows).encode()
    asked = send(session, "PUT", content)
    assert [error["field"] for error in asked.json["errors"]] == ["rows"]
    assert send(session, "PUT", content, "?rows=all").status_code == 422
    made = send(session, "PUT", content, "?rows=sample&seed=3").json
    assert (len(made["points"]), made["num_rows"]) == (2000, 3000)
    assert sum(point["label"] for point in made["points"]) == 2000 - 60, "all of the rare ones"
    again = send(session, "PUT", content, "?rows=sample&seed=3").json
    other = send(session, "PUT", content, "?rows=sample&seed=4").json
    places = [[(p["x"], p["y"]) for p in each["points"]] for each in (made, again, other)]
    assert places[0] == places[1]
    assert places[0] != places[2]


def test_only_so_many_large_tables_are_read_at_a_time(session: Session) -> None:
    large = b"1,2,0\n3,4,1\n" + b"\n" * LARGE_BYTES
    with ExitStack() as stack:
        for _ in range(MOST_LARGE):
            stack.enter_context(room_to_read(large))
        refused = send(session, "POST", large)
        assert (refused.status_code, refused.json["code"]) == (429, "too_many_requests")
        assert int(refused.headers["Retry-After"]) >= 1
        assert send(session, "POST", b"1,2,0\n3,4,1\n").status_code == 200
    assert send(session, "POST", large).status_code == 200


@pytest.mark.parametrize("kind", TABLE_TYPES)
def test_every_type_that_tables_come_with_is_taken(session: Session, kind: str) -> None:
    assert send(session, "PUT", b"1,2,0\n3,4,1\n", kind=kind).status_code == 200


def test_other_types_are_told_those_that_are_taken(session: Session) -> None:
    for method in ("PUT", "POST"):
        reply = send(session, method, b"1,2,0\n", kind="image/png")
        assert reply.status_code == 415
        assert all(kind in reply.json["detail"] for kind in TABLE_TYPES)


def test_the_charset_of_the_media_type_is_a_choice(session: Session) -> None:
    content = "x,y,pet\n1,2,Kätzchen\n3,4,Hündin\n".encode("windows-1252")
    assert send(session, "PUT", content).status_code == 422
    made = send(session, "PUT", content, kind="text/csv; charset=windows-1252")
    assert made.json["class_names"] == ["Kätzchen", "Hündin"]


def test_a_view_id_may_see_a_preview_and_make_no_import(session: Session) -> None:
    watching = Session(session.client, session.view_id, session.view_id)
    assert send(watching, "POST", IRIS).status_code == 200
    assert send(watching, "PUT", IRIS).status_code == 403


@pytest.mark.parametrize("variant", VARIANTS[::7], ids=lambda variant: variant.name)
def test_a_preview_asks_what_an_import_asks(session: Session, variant: Variant) -> None:
    seen, made = send(session, "POST", variant.content), send(session, "PUT", variant.content)
    if seen.status_code == 422:
        assert made.json["errors"] == seen.json["errors"]
    elif seen.json["questions"] and variant.task == "classification":
        assert made.status_code == 422
