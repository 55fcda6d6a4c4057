"""The classroom by its API: opened, joined, conducted, watched, judged, ended and deleted."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.api.conftest import API
from tests.unit.making import DEADLINE_S, wait_until


class Room:
    """A room as its teacher holds it."""

    def __init__(self, client: FlaskClient, **fields: Any) -> None:
        self.client = client
        reply = client.post(f"{API}/rooms", json=fields)
        assert reply.status_code == 201, reply.json
        self.reply: dict[str, Any] = reply.json
        self.id, self.code = self.reply["id"], self.reply["code"]

    def ask(self, method: str, path: str = "", body: Any = None, *, by: str | None = None) -> Any:
        """The response to a request by the teacher or by whoever has this id."""
        return self.client.open(f"{API}/rooms/{by or self.id}{path}", method=method, json=body)

    def tell(self, method: str, path: str = "", body: Any = None, *, by: str | None = None) -> Any:
        """The reply to what must go well."""
        response = self.ask(method, path, body, by=by)
        assert response.status_code < 300, response.json
        return response.json

    def join(self, nickname: str) -> dict[str, Any]:
        """The reply to a new member."""
        response = self.client.post(f"{API}/rooms/{self.code}/join", json={"nickname": nickname})
        assert response.status_code == 201, response.json
        reply: dict[str, Any] = response.json
        return reply

    def session(self, member: dict[str, Any]) -> dict[str, Any]:
        """A member's session as it stands."""
        reply: dict[str, Any] = self.client.get(f"{API}/sessions/{member['member']['session']['id']}").json
        return reply

    def wait_until_carried_out(self) -> None:
        """Wait until all members have been told."""
        wait_until(lambda: self.tell("GET")["is_carried_out"])


@pytest.fixture
def room(client: FlaskClient) -> Iterator[Room]:
    room = Room(client, title="Class 9b")
    yield room
    assert room.ask("DELETE").status_code in (204, 404)


def events_of(app: Flask, address: str) -> list[tuple[str, dict[str, Any]]]:
    """The events of a stream that ends by itself."""
    text = app.test_client().get(address).get_data(as_text=True)
    pieces = [dict(line.split(": ", 1) for line in piece.splitlines() if ": " in line) for piece in text.split("\n\n")]
    return [(piece["event"], json.loads(piece["data"])) for piece in pieces if "event" in piece]


def read_until(wanted: bytes, pieces: Iterator[bytes]) -> None:
    """Read a stream until it says what is wanted; it says something every 15 seconds in any case."""
    end_s, said = time.monotonic() + DEADLINE_S, b""
    while wanted not in said:
        said += next(pieces)
        assert time.monotonic() < end_s, said


def test_a_room_is_opened_and_looked_up_by_its_code(room: Room) -> None:
    assert room.reply["actor"] == "teacher"
    assert room.tell("GET", by=room.code.lower()) == {
        "code": room.code,
        "title": "Class 9b",
        "state": "open",
        "members": 0,
        "most_members": 300,
    }


def test_a_member_joins_and_has_a_session_of_the_rooms_task(client: FlaskClient) -> None:
    task = client.post(f"{API}/sessions", json={"title": "Ours", "dataset": {"name": "moons", "points": 20}}).json
    room = Room(client, session=task["view_id"])
    member = room.join("Ada")
    assert member["actor"] == "member"
    session = room.session(member)
    assert (session["document"]["title"], len(session["document"]["points"])) == ("Ours", 20)
    assert [one["nickname"] for one in room.tell("GET")["members"]] == ["Ada"]
    assert room.tell("GET", by=member["id"])["member"]["session"] == member["member"]["session"]
    assert room.ask("DELETE").status_code == 204
    assert client.get(f"{API}/sessions/{session['id']}").status_code == 404


def test_a_task_is_pushed_to_all(room: Room, client: FlaskClient) -> None:
    members = [room.join(name) for name in ("Ada", "Bob", "Cyd")]
    task = client.post(f"{API}/sessions", json={"title": "New", "network": {"hidden": []}}).json
    room.tell("POST", "/task", {"session": task["id"]})
    room.wait_until_carried_out()
    assert [room.session(one)["document"]["title"] for one in members] == ["New"] * 3
    room.tell("POST", "/task", {"patch": {"training": {"learning_rate": 0.5}}})
    room.wait_until_carried_out()
    for one in members:
        document = room.session(one)["document"]
        assert (document["title"], document["training"]["learning_rate"]) == ("New", 0.5)
    late = room.join("Dan")
    assert room.session(late)["document"]["training"]["learning_rate"] == 0.5


def test_the_stream_shows_the_room_and_frames_of_members(room: Room, app: Flask) -> None:
    member = room.join("Ada")
    events = events_of(app, f"{API}/rooms/{room.id}/stream?members=1-40&resolution=24&max_events=3")
    shown = [data for kind, data in events if kind == "room"]
    assert shown[0]["members"][0]["nickname"] == "Ada"
    frames = [data for kind, data in events if kind == "frame"]
    assert frames and frames[0]["member"] == member["member"]["number"] and frames[0]["regions"]["rows"] == 24
    own = events_of(app, f"{API}/rooms/{member['id']}/stream?max_events=1")
    assert own[0][0] == "room" and own[0][1]["member"]["nickname"] == "Ada"


def test_a_students_experiment_comes_over_the_rooms_stream(room: Room, app: Flask) -> None:
    member = room.join("Ada")
    stream, view_id = f"{API}/rooms/{member['id']}/stream", member["member"]["session"]["view_id"]
    events = events_of(app, f"{stream}?own={view_id};parts=regions,units;resolution=30&max_events=3")
    assert {kind for kind, _ in events} == {"room", "document", "frame"}
    (frame,) = [data for kind, data in events if kind == "frame"]
    assert (frame["session"], frame["regions"]["rows"], "units" in frame) == (view_id, 30, True)
    assert room.ask("GET", "/stream?own=nobody", by=member["id"]).status_code == 404
    assert room.ask("GET", f"/stream?own={view_id};parts=all", by=member["id"]).status_code == 422


# What came of it


def test_results_are_a_table_in_the_readers_convention(room: Room) -> None:
    first = room.join("=1+1")
    room.join("Bob")
    room.client.post(f"{API}/sessions/{first['member']['session']['id']}/dataset", json={"name": "moons", "points": 20})
    room.client.post(f"{API}/sessions/{first['member']['session']['id']}/step", json={"steps": 5})
    shown = room.tell("GET", "/results")
    assert [one["step"] for one in shown["rows"]] == [5, 0]
    table = room.client.get(f"{API}/rooms/{room.id}/results.csv?separator=semicolon&decimal=comma")
    assert table.headers["Content-Disposition"] == "attachment; filename=class-9b-results.csv"
    head, row, other = table.get_data(as_text=True).splitlines()
    assert head.startswith("number;nickname;network;step;epoch;train_accuracy;")
    assert row.startswith("1;'=1+1;6 tanh 2 tanh;5;") and "," in row
    assert other.startswith("2;Bob;")


def test_only_the_teacher_reads_results(room: Room) -> None:
    member = room.join("Ada")
    for other in (member["id"], room.reply["screen"]):
        assert room.ask("GET", "/results", by=other).status_code == 403


def test_the_code_is_a_picture_made_here(room: Room) -> None:
    picture = room.client.get(f"{API}/rooms/{room.code}/qr.svg")
    assert picture.mimetype == "image/svg+xml"
    assert f"http://localhost/join/{room.code}" in picture.get_data(as_text=True)


# Misuse


@pytest.mark.parametrize("code", ["ZZZZZZ", "ABC", "ABCDEO", "%2e%2e", "<script>"])
def test_a_wrong_code_is_no_room(client: FlaskClient, code: str) -> None:
    for method, path in (("GET", ""), ("POST", "/join"), ("GET", "/qr.svg")):
        response = client.open(f"{API}/rooms/{code}{path}", method=method, json={"nickname": "Ada"})
        assert response.status_code == 404, path


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
    assert client.get(f"{API}/rooms/{first['code']}").status_code == 404


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


# Polls, hands, hints, challenges


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


def test_a_poll_shows_its_votes_to_who_has_voted(room: Room) -> None:
    ada, bob = room.join("Ada"), room.join("Bob")
    room.tell("POST", "/poll", {"question": "Will it learn?", "options": ["yes", "no"]})
    assert room.tell("GET", by=ada["id"])["poll"]["votes"] is None
    assert room.tell("POST", "/vote", {"option": 1}, by=ada["id"])["poll"]["votes"] == [0, 1]
    assert room.tell("GET", by=bob["id"])["poll"] == {
        "question": "Will it learn?",
        "options": ["yes", "no"],
        "votes": None,
        "own": None,
    }
    assert room.tell("GET")["poll"]["votes"] == [0, 1]
    assert room.tell("DELETE", "/poll")["poll"] is None


def test_replies_tell_which_of_them_is_newer(room: Room) -> None:
    ada = room.join("Ada")
    before = room.tell("GET")["revision"]
    raised = room.tell("POST", "/hand", {"is_raised": True}, by=ada["id"])["revision"]
    assert raised > before
    assert room.tell("GET")["revision"] == room.tell("GET", by=ada["id"])["revision"] == raised


def test_hands_and_hints_are_between_teacher_and_member(room: Room) -> None:
    ada, bob = room.join("Ada"), room.join("Bob")
    room.tell("POST", "/hand", {"is_raised": True}, by=ada["id"])
    shown = room.tell("GET")["members"]
    assert [one["is_raised"] for one in shown] == [True, False]
    room.tell("PATCH", "/members/1", {"hint": "Try tanh", "is_raised": False})
    assert room.tell("GET", by=ada["id"])["member"]["hint"] == "Try tanh"
    assert "Try tanh" not in room.ask("GET", by=bob["id"]).get_data(as_text=True)
    assert "Try tanh" not in room.ask("GET", by=room.reply["screen"]).get_data(as_text=True)
    assert room.tell("PATCH", "/members/1", {"hint": None})["members"][0]["hint"] is None


def test_a_challenge_is_judged_by_the_server(room: Room) -> None:
    member = room.join("Ada")
    assert room.ask("POST", "/submit", by=member["id"]).status_code == 409
    room.tell("POST", "/challenge", {"name": "straight_line"})
    room.wait_until_carried_out()
    address = f"{API}/sessions/{member['member']['session']['id']}"
    assert not room.tell("POST", "/submit", by=member["id"])["passed"]
    room.client.patch(address, json={"network": {"hidden": []}, "training": {"learning_rate": 0.1}})
    room.client.post(f"{address}/step", json={"steps": 300})
    result = room.tell("POST", "/submit", by=member["id"])
    assert (result["passed"], result["parameters"], result["steps"]) == (True, 6, 300)
    assert [row["nickname"] for row in result["room"]["leaderboard"]] == ["Ada"]
    room.tell("PATCH", "", {"has_leaderboard": False})
    assert room.tell("GET", by=member["id"])["leaderboard"] is None
    assert room.client.post(f"{address}/points", json={"points": [{"x": 0, "y": 0}]}).status_code == 423


def test_challenges_speak_the_readers_language(client: FlaskClient) -> None:
    german = client.get(f"{API}/challenges", headers={"Accept-Language": "de"}).json["challenges"]
    english = client.get(f"{API}/challenges").json["challenges"]
    assert len(german) == len(english) == 6
    assert all(one["title"] != other["title"] for one, other in zip(german, english, strict=True))


def test_a_whole_number_may_be_written_with_a_point_as_in_documents(client: FlaskClient) -> None:
    room = Room(client, keep_days=3.0)
    assert room.reply["keep_days"] == 3
    member = room.join("Ada")
    assert room.tell("PATCH", "", {"spotlight": 1.0})["spotlight"] == 1
    room.tell("POST", "/poll", {"question": "?", "options": ["a", "b"]})
    assert room.tell("POST", "/vote", {"option": 1.0}, by=member["id"])["poll"]["own"] == 1
    room.ask("DELETE")


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


def test_a_spotlight_leads_to_a_session_for_everybody(room: Room, client: FlaskClient) -> None:
    member = room.join("Ada")
    own = client.post(f"{API}/sessions", json={}).json
    room.tell("PATCH", "", {"session": own["id"], "spotlight": "teacher"})
    assert room.tell("GET", by=member["id"])["spotlight_view_id"] == own["view_id"]
    room.tell("PATCH", "", {"spotlight": 1})
    assert room.tell("GET", by=room.reply["screen"])["spotlight_view_id"] == member["member"]["session"]["view_id"]
    assert room.ask("PATCH", "", {"spotlight": 99}).status_code == 404
