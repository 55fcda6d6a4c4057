"""POST /sessions/{id}/compare: one setting at several values, everything else alike."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.conftest import API, Session


def compare(session: Session, path: str, values: list[Any], **options: Any) -> list[Session]:
    reply = session.client.post(
        f"{API}/sessions/{session.id}/compare", json={"path": path, "values": values}, **options
    )
    assert reply.status_code == 201, reply.json
    assert [each["value"] for each in reply.json["sessions"]] == values
    return [Session(session.client, each["id"], each["view_id"]) for each in reply.json["sessions"]]


def test_each_value_gets_a_session_of_its_own_at_the_start(circle: Session) -> None:
    circle.post("/step", {"steps": 50})
    before = circle.document
    made = compare(circle, "network.hidden.units", [3, 6, 20])
    assert [[layer["units"] for layer in one.document["network"]["hidden"]] for one in made] == [
        [3] * 2,
        [6] * 2,
        [20] * 2,
    ]
    assert all(one.document["points"] == before["points"] for one in made)
    assert {one.document["network"]["seed"] for one in made} == {before["network"]["seed"]}
    assert {one.snapshot["step"] for one in made} == {0}
    assert (circle.document, circle.snapshot["step"]) == (before, 50)


def test_those_that_differ_in_nothing_yet_begin_with_the_same_weights(circle: Session) -> None:
    norms = {one.snapshot["weight_norm"] for one in compare(circle, "training.learning_rate", [0.01, 0.1, 1])}
    assert len(norms) == 1


def test_other_noise_is_the_same_data_set_drawn_anew(circle: Session) -> None:
    calm, noisy = compare(circle, "dataset.noise", [0, 0.5])
    assert len(calm.document["points"]) == len(noisy.document["points"]) == 60
    assert calm.document["points"] != noisy.document["points"]
    assert calm.document["dataset"]["seed"] == noisy.document["dataset"]["seed"]


def test_a_view_id_will_do(circle: Session, client: FlaskClient) -> None:
    body = {"path": "training.l2", "values": [0, 0.1]}
    assert client.post(f"{API}/sessions/{circle.view_id}/compare", json=body).status_code == 201


def test_under_a_key_they_are_made_once(circle: Session) -> None:
    headers = {"Idempotency-Key": secrets.token_urlsafe(16)}
    first, second = (compare(circle, "training.l2", [0, 0.1], headers=headers) for _ in range(2))
    assert [one.id for one in first] == [one.id for one in second]
    assert len({one.id for one in first}) == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"path": "training.l2", "values": [0.1]}, "values"),
        ({"path": "training.l2", "values": [1, 2, 3, 4, 5, 6, 7]}, "values"),
        ({"path": "training.l2", "values": [0.1, 0.1]}, "values"),
        ({"path": "training.l2", "values": [0.1, -1]}, "training.l2"),
        ({"path": "view.x_range", "values": [[0, 1], [0, 2]]}, "path"),
    ],
)
def test_what_cannot_be_compared_is_refused_and_nothing_is_made(circle: Session, body: Any, field: str) -> None:
    refused = circle.post("/compare", body)
    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == field
