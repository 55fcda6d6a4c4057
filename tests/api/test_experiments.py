"""A saved experiment opens where it was, bit for bit, with the chart of its course; anything else is refused."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.conftest import API, Session


@pytest.fixture
def saved(circle: Session) -> dict[str, Any]:
    circle.patch({"training": {"optimizer": "adam", "keep_prob": 0.8, "input_noise": 0.1}})
    circle.post("/step", {"steps": 200})
    file: dict[str, Any] = circle.get("/experiment").json
    return file


def opened(client: FlaskClient, file: dict[str, Any]) -> Session:
    reply = client.post(f"{API}/experiments", json=file)
    assert reply.status_code == 201, reply.json
    return Session(client, reply.json["id"], reply.json["view_id"])


def test_an_opened_experiment_stands_where_it_was_and_goes_on_alike(
    client: FlaskClient, circle: Session, saved: dict[str, Any]
) -> None:
    session = opened(client, saved)
    assert session.get("/model").json == circle.get("/model").json == saved["model"]
    assert session.get("/history").json == circle.get("/history").json
    kept = ("step", "epoch", "loss", "test_loss", "accuracy", "state")
    assert [session.snapshot[name] for name in kept] == [circle.snapshot[name] for name in kept]
    assert session.snapshot["step"] == 200
    for each in (session, circle):
        each.post("/step", {"steps": 75})
    assert session.get("/model").json == circle.get("/model").json
    session.post("/back", {"to_step": 210})
    assert session.snapshot["step"] == 210
    session.delete()


def state_with(file: dict[str, Any], change: Callable[[bytes], bytes]) -> str:
    return base64.b64encode(change(base64.b64decode(file["training"]))).decode()


BROKEN: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "no base64": lambda file: {"training": "!" + file["training"]},
    "nothing": lambda file: {"training": ""},
    "cut": lambda file: {"training": state_with(file, lambda state: state[: len(state) // 2])},
    "another header": lambda file: {
        "training": state_with(file, lambda state: state.replace(b'"state": ', b'"stave": ', 1))
    },
    "a header that never ends": lambda file: {
        "training": state_with(file, lambda state: state[:14] + (10**5).to_bytes(4, "little") + b"[" * 10**5)
    },
    "numbers of no known kind": lambda file: {
        "training": state_with(file, lambda state: state.replace(b'"dtype": "<f4"', b'"dtype": "(,)"', 1))
    },
    "a counter below zero": lambda file: {
        "training": state_with(file, lambda state: state.replace(b'"counters": [200', b'"counters": [-20', 1))
    },
    "weights that are no numbers": lambda file: {
        "training": state_with(file, lambda state: state[:-200] + b"\xff" * 200)
    },
    "other points": lambda file: {"document": {**file["document"], "points": [], "dataset": None}},
    "another network": lambda file: {"document": {**file["document"], "network": {"hidden": []}}},
    "columns of different lengths": lambda file: {"series": {**file["series"], "loss": file["series"]["loss"][:-1]}},
    "steps that go down": lambda file: {"series": {**file["series"], "step": file["series"]["step"][::-1]}},
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_what_no_experiment_wrote_is_refused(
    client: FlaskClient, saved: dict[str, Any], broken: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    reply = client.post(f"{API}/experiments", json={**saved, **broken(saved)})
    assert reply.status_code == 422, reply.json
    assert reply.json["errors"][0]["field"].startswith(("training", "series"))


def test_whoever_may_watch_may_save(circle: Session) -> None:
    watching = Session(circle.client, circle.view_id, circle.view_id)
    assert watching.get("/experiment").status_code == 200
