"""The classroom by its API: opened, joined, conducted, watched, judged, ended and deleted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.api.conftest import API
from tests.unit.making import wait_until


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


# What came of it


def test_results_are_a_table_in_the_readers_convention(room: Room) -> None:
    first = room.join("=1+1")
    room.join("Bob")
    room.client.post(f"{API}/sessions/{first['member']['session']['id']}/dataset", json={"name": "moons", "points": 20})
    room.client.post(f"{API}/sessions/{first['member']['session']['id']}/step", json={"steps": 5})
    shown = room.tell("GET", "/results")
    assert [one["step"] for one in shown["members"]] == [5, 0]
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
