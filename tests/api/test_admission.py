"""A server that is full answers whoever wants to begin with a place in line; who is there already notices nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nnlab.web.http.admission import Admission
from tests.api.conftest import API


@pytest.fixture
def full(app: Flask) -> Iterator[Callable[[float], None]]:
    """Says how busy the runners are."""
    loads, before = [1.0], app.extensions["nnlab.admission"]
    app.extensions["nnlab.admission"] = Admission(lambda: loads[-1])
    yield loads.append
    app.extensions["nnlab.admission"] = before


def begin(client: FlaskClient, key: str, path: str = "/sessions", **body: Any) -> Any:
    return client.post(f"{API}{path}", json=body, headers={"Idempotency-Key": f"{key}-{'k' * 22}"})


def test_newcomers_are_told_their_place_and_keep_it(client: FlaskClient, full: Callable[[float], None]) -> None:
    for place, key in ((1, "first"), (2, "second"), (1, "first")):
        answer = begin(client, key)
        assert (answer.status_code, answer.json["code"]) == (503, "server_full")
        assert int(answer.headers["Retry-After"]) > 0
        assert f"number {place} in line" in answer.json["detail"]
    full(0.5)
    assert begin(client, "second").status_code == 503  # the other one was here before
    assert begin(client, "first").status_code == 201


def test_who_only_lost_the_answer_has_it_at_once(client: FlaskClient, full: Callable[[float], None]) -> None:
    full(0.0)
    made = [begin(client, "session"), begin(client, "room", "/rooms")]
    joining = f"/rooms/{made[1].json['code']}/join"
    made.append(begin(client, "member", joining, nickname="Mia"))
    full(1.0)
    assert begin(client, "newcomer").status_code == 503
    again = [
        begin(client, "session"),
        begin(client, "room", "/rooms"),
        begin(client, "member", joining, nickname="Mia"),
    ]
    assert [(one.status_code, one.json["id"]) for one in again] == [(201, one.json["id"]) for one in made]
    assert "number 2 in line" in begin(client, "other").json["detail"]  # they do not stand in line for it


def test_joining_waits_too_and_those_who_are_there_go_on(client: FlaskClient, full: Callable[[float], None]) -> None:
    full(0.0)
    own = begin(client, "own").json["id"]
    room = client.post(f"{API}/rooms", json={}).json
    full(1.0)
    joining = f"/rooms/{room['code']}/join"
    assert begin(client, "newcomer", joining, nickname="Nora").json["code"] == "server_full"
    assert client.post(f"{API}/sessions/{own}/run").status_code == 200
    full(0.0)
    assert begin(client, "newcomer", joining, nickname="Nora").status_code == 201
