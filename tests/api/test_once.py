"""Idempotency-Key: a change that is asked for twice under one key is made once and answered twice alike."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.conftest import API, Session


def key() -> str:
    return secrets.token_urlsafe(16)


def twice(session: Session, method: str, path: str, body: Any = None) -> tuple[Any, Any]:
    """Both answers to a request that is sent twice under one key."""
    headers = {"Idempotency-Key": key()}
    first, second = (
        session.client.open(f"{API}/sessions/{session.id}{path}", method=method, json=body, headers=headers)
        for _ in range(2)
    )
    assert first.status_code == second.status_code < 300, (first.json, second.json)
    return first.json, second.json


def test_points_are_added_once(session: Session) -> None:
    first, second = twice(session, "POST", "/points", {"points": [{"x": 1, "y": 1}]})
    assert first == second
    assert [point["id"] for point in session.document["points"]] == [first["points"][0]["id"]]


def test_steps_are_taken_once(circle: Session) -> None:
    first, second = twice(circle, "POST", "/step", {"steps": 10})
    assert first == second
    assert circle.snapshot["step"] == 10


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "", {"title": "Once"}),
        ("POST", "/dataset", {"name": "moons", "points": 20, "seed": 1}),
        ("PUT", "/points", {"points": [{"x": 0, "y": 0}]}),
        ("DELETE", "/points", None),
        ("POST", "/run", {}),
        ("POST", "/pause", {}),
        ("POST", "/reset", {"seed": 5}),
        ("POST", "/undo", {}),
        ("POST", "/back", {"steps": 3}),
        ("PATCH", "/weights", {"layer": 1, "row": 0, "column": 0, "value": 2.5}),
    ],
)
def test_every_change_is_made_once(circle: Session, method: str, path: str, body: Any) -> None:
    circle.post("/step", {"steps": 7})
    first, second = twice(circle, method, path, body)
    assert first == second
    after = circle.get().json
    twice(circle, "PATCH", "", {"title": "between"})
    assert circle.get().json["revision"] == after["revision"] + 1


def test_an_undo_that_is_sent_twice_takes_one_change_back(session: Session) -> None:
    session.patch({"title": "kept"})
    session.patch({"classes": 3})
    twice(session, "POST", "/undo")
    assert (session.document["title"], session.document["classes"]) == ("kept", 2)


def test_a_key_with_another_request_is_refused_and_changes_nothing(session: Session) -> None:
    headers = {"Idempotency-Key": key()}
    assert session.patch({"title": "a"}, headers=headers).status_code == 200
    refused = session.patch({"title": "b"}, headers=headers)
    assert (refused.status_code, refused.json["code"]) == (422, "idempotency_key_reused")
    assert session.document["title"] == "a"


def test_a_refused_change_leaves_its_key_free(session: Session) -> None:
    headers = {"Idempotency-Key": key()}
    assert session.patch({"classes": 99}, headers=headers).status_code == 422
    assert session.patch({"classes": 3}, headers=headers).status_code == 200


@pytest.mark.parametrize("wrong", ["short", "x" * 65, "sixteen chars and a space", "ä" * 20, '"' + "x" * 20])
def test_a_key_without_its_form_is_refused(session: Session, wrong: str) -> None:
    refused = session.patch({"title": "a"}, headers={"Idempotency-Key": wrong})
    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "Idempotency-Key"


def test_a_key_may_stand_in_quotes(session: Session) -> None:
    text = key()
    body = {"points": [{"x": 1, "y": 1}]}
    for header in (text, f'"{text}"'):
        session.client.post(f"{API}/sessions/{session.id}/points", json=body, headers={"Idempotency-Key": header})
    assert len(session.document["points"]) == 1


def test_a_session_is_created_once(client: FlaskClient) -> None:
    headers = {"Idempotency-Key": key()}
    first, second = (client.post(f"{API}/sessions", json={"title": "One"}, headers=headers) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json == second.json
    other = client.post(f"{API}/sessions", json={"title": "Two"}, headers=headers)
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")
    assert client.delete(f"{API}/sessions/{first.json['id']}").status_code == 204


def test_a_fork_is_made_once(circle: Session) -> None:
    headers = {"Idempotency-Key": key()}
    forks = []
    for _ in range(2):
        forks.append(circle.client.post(f"{API}/sessions/{circle.view_id}/fork", headers=headers).json)
        circle.post("/step", {"steps": 1})
    assert forks[0] == forks[1]
    circle.client.delete(f"{API}/sessions/{forks[0]['id']}")


def test_every_change_is_described_with_its_key(client: FlaskClient) -> None:
    for path, operations in client.get("/openapi.json").json["paths"].items():
        for method, operation in operations.items():
            named = [one["name"] for one in operation.get("parameters", [])]
            changes = path.startswith(API) and method != "get" and not path.endswith(("/predict", "/preview"))
            assert named.count("Idempotency-Key") == changes, f"{method} {path}"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "", {"title": "Once"}),
        ("POST", "/task", {"reset": True}),
        ("POST", "/poll", {"question": "?", "options": ["a", "b"]}),
        ("DELETE", "/poll", None),
        ("POST", "/challenge", {"name": "spiral"}),
        ("DELETE", "/challenge", None),
        ("PATCH", "/members/1", {"hint": "Look"}),
        ("POST", "/end", {}),
        ("POST", "/reopen", {}),
        ("POST", "/keys", {}),
        ("DELETE", "/members/1", None),
    ],
)
def test_every_change_of_a_room_is_made_once(client: FlaskClient, method: str, path: str, body: Any) -> None:
    room = client.post(f"{API}/rooms", json={}).json
    client.post(f"{API}/rooms/{room['code']}/join", json={"nickname": "Ada"})
    headers = {"Idempotency-Key": key()}
    first, second = (
        client.open(f"{API}/rooms/{room['id']}{path}", method=method, json=body, headers=headers) for _ in range(2)
    )
    assert first.status_code == second.status_code == 200, second.json
    assert first.json["task"] == second.json["task"]
    assert first.json["id"] == second.json["id"]
    assert client.delete(f"{API}/rooms/{first.json['id']}").status_code == 204


def test_a_members_changes_are_made_once(client: FlaskClient) -> None:
    room = client.post(f"{API}/rooms", json={}).json
    member = client.post(f"{API}/rooms/{room['code']}/join", json={"nickname": "Ada"}).json
    client.post(f"{API}/rooms/{room['id']}/poll", json={"question": "?", "options": ["a", "b"]})
    client.post(f"{API}/rooms/{room['id']}/challenge", json={"name": "spiral"})
    for path, body in (("/vote", {"option": 1}), ("/hand", {"is_raised": True}), ("/submit", {})):
        headers = {"Idempotency-Key": key()}
        address = f"{API}/rooms/{member['id']}{path}"
        first, second = (client.post(address, json=body, headers=headers) for _ in range(2))
        assert first.status_code == second.status_code == 200, second.json
    assert client.delete(f"{API}/rooms/{room['id']}").status_code == 204
