"""Rooms by their API where somebody does what they may not, comes at a bad moment, or is gone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.api.conftest import API, Room
from tests.unit.making import DEADLINE_S


def read_until(wanted: bytes, pieces: Iterator[bytes]) -> None:
    """Read a stream until it says what is wanted; it says something every 15 seconds in any case."""
    end_s, said = time.monotonic() + DEADLINE_S, b""
    while wanted not in said:
        said += next(pieces)
        assert time.monotonic() < end_s, said


@pytest.mark.parametrize("code", ["ZZZZZZ", "ABC", "ABCDEO", "%2e%2e", "<script>"])
def test_a_wrong_code_is_no_room(client: FlaskClient, code: str) -> None:
    for method, path in (("GET", ""), ("POST", "/join"), ("GET", "/qr.svg")):
        response = client.open(f"{API}/rooms/{code}{path}", method=method, json={"nickname": "Ada"})
        assert response.status_code == 404, path
        assert response.json["detail"] == "There is no room with this code; ask the teacher for it.", path


def test_who_guesses_codes_is_stopped_and_who_joins_is_not(room: Room, app: Flask) -> None:
    guesser = {"REMOTE_ADDR": "192.0.2.7"}
    status = 404
    for number in range(1000):
        code = "".join("ABCDEFGHJKMNPQRTUVWXYZ"[number // 22**place % 22] for place in range(6))
        status = app.test_client().get(f"{API}/rooms/{code}", environ_overrides=guesser).status_code
        if status != 404:
            break
    assert status == 429
    room.join("Ada")


def test_two_of_one_name_are_refused_and_told_so(room: Room) -> None:
    room.join("Ada")
    response = room.client.post(f"{API}/rooms/{room.code}/join", json={"nickname": " ADA "})
    assert (response.status_code, response.json["code"]) == (409, "nickname_taken")
    assert "Ada" not in response.json["detail"] and "ADA" in response.json["detail"]


def test_joining_again_under_a_key_is_joining_once(room: Room) -> None:
    headers = {"Idempotency-Key": "k" * 20}
    first, second = (
        room.client.post(f"{API}/rooms/{room.code}/join", json={"nickname": "Ada"}, headers=headers).json
        for _ in range(2)
    )
    assert (first["id"], first["member"]) == (second["id"], second["member"])
    assert len(room.tell("GET")["members"]) == 1


def test_a_room_is_opened_once_under_a_key(client: FlaskClient) -> None:
    headers = {"Idempotency-Key": "r" * 20}
    first, second = (client.post(f"{API}/rooms", json={"title": "One"}, headers=headers).json for _ in range(2))
    assert first["id"] == second["id"]
    other = client.post(f"{API}/rooms", json={"title": "Two"}, headers=headers)
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")
    headers = {"Idempotency-Key": "d" * 20}
    assert client.delete(f"{API}/rooms/{first['id']}", headers=headers).status_code == 204
    assert client.delete(f"{API}/rooms/{first['id']}", headers=headers).status_code == 404
    assert "no room with this code" in client.get(f"{API}/rooms/{first['code']}").json["detail"]
    assert "no such room" in client.get(f"{API}/rooms/{first['id']}").json["detail"]


def test_a_locked_control_is_locked_for_the_api_too(room: Room) -> None:
    member = room.join("Ada")
    address = f"{API}/sessions/{member['member']['session']['id']}"
    room.tell("PATCH", "", {"locks": ["network.hidden"]})
    room.wait_until_carried_out()
    refused = room.client.patch(address, json={"network": {"hidden": []}})
    assert (refused.status_code, refused.json["code"]) == (423, "locked")
    assert "Hidden layers" in refused.json["detail"]
    assert room.client.patch(address, json={"training": {"l2": 0.1}}).status_code == 200
    assert room.tell("GET", by=member["id"])["locks"] == ["network.hidden"]
    room.tell("PATCH", "", {"locks": []})
    room.wait_until_carried_out()
    assert room.client.patch(address, json={"network": {"hidden": []}}).status_code == 200


def test_a_frozen_class_stands_still_and_newcomers_too(room: Room) -> None:
    member = room.join("Ada")
    address = f"{API}/sessions/{member['member']['session']['id']}"
    room.client.post(f"{address}/dataset", json={"name": "moons", "points": 20})
    room.client.post(f"{address}/run")
    room.tell("PATCH", "", {"is_frozen": True})
    room.wait_until_carried_out()
    late = room.join("Bob")
    assert room.session(member)["snapshot"]["state"] == "paused"
    for one in (member, late):
        response = room.client.post(f"{API}/sessions/{one['member']['session']['id']}/run")
        assert response.status_code == 423
    room.tell("PATCH", "", {"is_frozen": False})
    room.wait_until_carried_out()
    assert room.session(member)["snapshot"]["state"] == "running"


def test_a_leaked_teachers_link_ends_when_the_keys_are_renewed(room: Room, app: Flask) -> None:
    leaked, screen = room.id, room.reply["screen"]
    renewed = room.tell("POST", "/keys")
    for method, path, body in (
        ("GET", "", None),
        ("PATCH", "", {"title": "x"}),
        ("DELETE", "", None),
        ("GET", "/stream", None),
    ):
        for old in (leaked, screen):
            assert room.ask(method, path, body, by=old).status_code == 404
    room.id = renewed["id"]
    assert room.tell("GET")["title"] == "Class 9b"
    assert room.tell("GET", by=renewed["screen"])["actor"] == "screen"


def test_a_stream_of_a_leaked_link_ends(room: Room, app: Flask) -> None:
    stream = app.test_client().get(f"{API}/rooms/{room.id}/stream")
    pieces = iter(stream.response)  # type: ignore[arg-type]
    read_until(b"event: room", pieces)
    room.id = room.tell("POST", "/keys")["id"]
    read_until(b"revoked", pieces)
    assert next(pieces, None) is None
    stream.close()


def test_a_room_is_deleted_under_everyone(room: Room, app: Flask) -> None:
    members = [room.join(name) for name in ("Ada", "Bob")]
    streams = [app.test_client().get(f"{API}/rooms/{one}/stream") for one in (room.id, members[0]["id"])]
    pieces = [iter(stream.response) for stream in streams]  # type: ignore[arg-type]
    for one in pieces:
        read_until(b"event: room", one)
    assert room.ask("DELETE").status_code == 204
    for one in pieces:
        read_until(b"event: bye", one)
        assert next(one, None) is None
    for stream in streams:
        stream.close()
    for member in members:
        assert room.ask("GET", by=member["id"]).status_code == 404
        assert room.client.get(f"{API}/sessions/{member['member']['session']['view_id']}").status_code == 404
    assert room.client.get(f"{API}/rooms/{room.code}").status_code == 404


def test_a_member_may_not_conduct_and_a_screen_only_watches(room: Room) -> None:
    member = room.join("Ada")
    for by in (member["id"], room.reply["screen"]):
        for method, path, body in (
            ("PATCH", "", {"is_frozen": True}),
            ("POST", "/task", {"reset": True}),
            ("POST", "/challenge", {"name": "spiral"}),
            ("POST", "/keys", {}),
            ("DELETE", "/members/1", None),
            ("DELETE", "", None),
        ):
            assert room.ask(method, path, body, by=by).status_code == 403, path
    assert room.ask("POST", "/hand", {"is_raised": True}, by=room.reply["screen"]).status_code == 403


def test_nobody_sees_the_ids_of_others(room: Room) -> None:
    ada, bob = room.join("Ada"), room.join("Bob")
    secrets = {one: [ada["id"], ada["member"]["session"]["id"]] for one in (room.id, room.reply["screen"], bob["id"])}
    secrets |= {ada["id"]: [room.id, room.reply["screen"], bob["id"]], room.reply["screen"]: [room.id]}
    for by, hidden in secrets.items():
        text = room.ask("GET", by=by).get_data(as_text=True)
        assert not any(secret in text for secret in hidden)


def test_a_removed_member_is_out_and_the_session_gone(room: Room) -> None:
    member = room.join("Ada")
    room.tell("DELETE", f"/members/{member['member']['number']}")
    assert room.ask("GET", by=member["id"]).status_code == 404
    assert room.client.get(f"{API}/sessions/{member['member']['session']['view_id']}").status_code == 404
    room.join("Ada")


def test_a_member_whose_session_is_gone_gets_another(room: Room) -> None:
    member = room.join("Ada")
    room.client.delete(f"{API}/sessions/{member['member']['session']['id']}")
    room.tell("GET", by=member["id"])
    assert room.session(member)["document"]["format"] == "nnlab/1"


def test_who_was_not_told_is_told_on_coming(room: Room, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    member = room.join("Ada")
    monkeypatch.setattr(
        app.extensions["nnlab.rooms"].conductor, "carry_out", lambda code: None
    )  # it ends in the middle
    room.tell("PATCH", "", {"locks": ["points"]})
    room.tell("POST", "/task", {"patch": {"title": "pushed"}})
    assert room.session(member)["document"]["title"] == ""
    room.tell("GET", by=member["id"])
    assert room.session(member)["document"]["title"] == "pushed"
    address = f"{API}/sessions/{member['member']['session']['id']}/points"
    assert room.client.post(address, json={"points": [{"x": 1, "y": 1}]}).status_code == 423


def test_a_patch_that_does_not_fit_brings_the_whole_task(room: Room) -> None:
    member = room.join("Ada")
    address = f"{API}/sessions/{member['member']['session']['id']}"
    assert (
        room.client.patch(
            address, json={"task": "curve_fitting", "network": {"loss": "squared", "inputs": ["x"]}}
        ).status_code
        == 200
    )
    room.tell("POST", "/task", {"patch": {"network": {"loss": "svm"}}})
    room.wait_until_carried_out()
    document = room.session(member)["document"]
    assert (document["task"], document["network"]["loss"]) == ("classification", "svm")


@pytest.mark.parametrize(
    ("poll", "field"),
    [
        ({"question": " ", "options": ["a", "b"]}, "question"),
        ({"question": "?", "options": ["a"]}, "options"),
        ({"question": "?", "options": ["a", "b" * 81]}, "options.1"),
    ],
)
def test_a_poll_that_is_none_is_refused_by_the_name_of_its_field(room: Room, poll: dict[str, Any], field: str) -> None:
    refused = room.ask("POST", "/poll", poll)
    assert (refused.status_code, [error["field"] for error in refused.json["errors"]]) == (422, [field])
    assert room.tell("GET")["poll"] is None


@pytest.mark.parametrize(
    ("patch", "rule"),
    [
        ({"spotlight": "Ada"}, 'spotlight must be a member\'s number, "teacher" or null; got "Ada".'),
        ({"spotlight": True}, 'spotlight must be a member\'s number, "teacher" or null; got true.'),
        (
            {"page": "//elsewhere.example"},
            'page must be a path on this server, such as /lessons; got "//elsewhere.example".',
        ),
        (
            {"page": "/\u202e/elsewhere.example"},  # which would be the one above
            'page must be a path on this server, such as /lessons; got "/\u202e/elsewhere.example".',
        ),
        ({"page": "/" + "x" * 200}, "page must have at most 200 characters; got " + '"/' + "x" * 58 + "…."),
        ({"page": ""}, 'page must be a path on this server, such as /lessons; got "".'),
    ],
)
def test_what_a_teacher_gets_wrong_is_said_in_words(room: Room, patch: dict[str, Any], rule: str) -> None:
    refused = room.ask("PATCH", "", patch)
    assert refused.status_code == 422
    assert refused.json["errors"] == [{"field": next(iter(patch)), "message": rule}]
