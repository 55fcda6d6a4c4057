"""The classroom by its API: opened, joined, conducted, watched, judged."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.api.conftest import API, Room


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


def test_a_students_experiment_comes_over_the_rooms_stream(room: Room, app: Flask) -> None:
    member = room.join("Ada")
    stream, view_id = f"{API}/rooms/{member['id']}/stream", member["member"]["session"]["view_id"]
    events = events_of(app, f"{stream}?own={view_id};parts=regions,units;resolution=30&max_events=3")
    assert {kind for kind, _ in events} == {"room", "document", "frame"}
    (frame,) = [data for kind, data in events if kind == "frame"]
    assert (frame["session"], frame["regions"]["rows"], "units" in frame) == (view_id, 30, True)
    assert room.ask("GET", "/stream?own=nobody", by=member["id"]).status_code == 404
    assert room.ask("GET", f"/stream?own={view_id};parts=all", by=member["id"]).status_code == 422


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


def test_a_table_of_results_has_the_rooms_title_for_a_name_whatever_its_letters(room: Room) -> None:
    room.tell("PATCH", "", {"title": "Größen"})
    name = room.client.get(f"{API}/rooms/{room.id}/results.csv").headers["Content-Disposition"]
    assert name == f"attachment; filename=nnlab-{room.code}-results.csv; filename*=UTF-8''gr%C3%B6%C3%9Fen-results.csv"


def test_only_the_teacher_reads_results(room: Room) -> None:
    member = room.join("Ada")
    for other in (member["id"], room.reply["screen"]):
        assert room.ask("GET", "/results", by=other).status_code == 403


def test_the_code_is_a_picture_made_here(room: Room) -> None:
    picture = room.client.get(f"{API}/rooms/{room.code}/qr.svg")
    assert picture.mimetype == "image/svg+xml"
    assert f"http://localhost/join/{room.code}" in picture.get_data(as_text=True)


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


def test_a_spotlight_leads_to_a_session_for_everybody(room: Room, client: FlaskClient) -> None:
    member = room.join("Ada")
    own = client.post(f"{API}/sessions", json={}).json
    room.tell("PATCH", "", {"session": own["id"], "spotlight": "teacher"})
    assert room.tell("GET", by=member["id"])["spotlight_view_id"] == own["view_id"]
    room.tell("PATCH", "", {"spotlight": 1})
    assert room.tell("GET", by=room.reply["screen"])["spotlight_view_id"] == member["member"]["session"]["view_id"]
    assert room.ask("PATCH", "", {"spotlight": 99}).status_code == 404


def test_a_whole_number_may_be_written_with_a_point_as_in_documents(client: FlaskClient) -> None:
    room = Room(client, keep_days=3.0)
    assert room.reply["keep_days"] == 3
    member = room.join("Ada")
    assert room.tell("PATCH", "", {"spotlight": 1.0})["spotlight"] == 1
    room.tell("POST", "/poll", {"question": "?", "options": ["a", "b"]})
    assert room.tell("POST", "/vote", {"option": 1.0}, by=member["id"])["poll"]["own"] == 1
    room.ask("DELETE")
