"""A loop that makes sessions, or changes one, is slowed down, and told so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from nnlab.settings import Settings
from nnlab.web import create_app
from nnlab.web.http.allowance import Changes
from tests.api.conftest import API


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Callable[..., FlaskClient]]:
    """Makes a client of an application with limits of its own, for which no time goes by, however slow the machine."""
    made = []

    def make(**limits: int) -> FlaskClient:
        settings = Settings(database=tmp_path / "nnlab.sqlite3", runners=1, **limits)
        app = create_app(settings)
        app.extensions["nnlab.changes"] = Changes(settings.changes_per_session, clock=lambda: 0.0)
        made.append(app)
        return app.test_client()

    yield make
    for app in made:
        app.extensions["nnlab.fleet"].close()


def test_beyond_the_limit_creating_and_forking_are_429_and_all_else_goes_on(
    limited: Callable[..., FlaskClient],
) -> None:
    client = limited(creations_per_address=3)
    replies = [client.post(f"{API}/sessions", json={}) for _ in range(4)]
    assert [reply.status_code for reply in replies] == [201, 201, 201, 429]
    assert replies[3].json["code"] == "too_many_requests"
    assert 1 <= int(replies[3].headers["Retry-After"]) <= 20
    session_id = replies[0].json["id"]
    assert client.post(f"{API}/sessions/{session_id}/fork").status_code == 429
    assert client.patch(f"{API}/sessions/{session_id}", json={"title": "on"}).status_code == 200


def test_a_session_that_is_changed_too_often_is_as_it_was_and_can_be_read(limited: Callable[..., FlaskClient]) -> None:
    client = limited(changes_per_session=1)
    one, other = (client.post(f"{API}/sessions", json={}).json for _ in range(2))
    path = f"{API}/sessions/{one['id']}"
    for _ in range(3):  # who may only watch takes nothing away from who may edit
        client.patch(f"{API}/sessions/{one['view_id']}", json={"title": "not mine"})
    replies = [client.patch(path, json={"title": f"{number}"}) for number in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    assert replies[2].json["code"] == "too_many_requests"
    assert replies[2].headers["Retry-After"] == "1"
    assert client.post(f"{path}/step").status_code == 429
    assert client.get(path).json["document"]["title"] == "1"
    assert client.post(f"{path}/predict", json={"points": [[0, 0]]}).status_code == 200
    assert client.patch(f"{API}/sessions/{other['id']}", json={"title": "on"}).status_code == 200
