"""One application with one runner for all API tests; each test makes sessions of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psutil
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from nnlab.settings import Settings
from nnlab.web import create_app
from tests.cluster.plugin import new_fleet, stop_runners
from tests.unit.making import wait_until

API = "/api/v1"
RAY_ENDS_WITHIN_S = 10.0  # the process of an actor that has been told to end


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application with a real runner process, which must be gone at the end."""
    settings = Settings(
        database=os.environ.get("TESTS_DATABASE") or tmp_path_factory.mktemp("api") / "nnlab.sqlite3",
        runners=1,
        ray=os.environ.get("TESTS_ON_RAY", ""),  # see tests/cluster/plugin.py
        creations_per_address=10**6,
        creations=10**6,
        changes_per_session=10**6,
    )
    app = create_app(settings, new_fleet(settings) if settings.ray else None)
    fleet = app.extensions["nnlab.fleet"]
    fleet.start()
    yield app
    studies = app.extensions["nnlab.studies"]
    processes = [psutil.Process(pid) for pid in fleet.pids() + studies.pids()]
    app.extensions["nnlab.rooms"].close()
    studies.close()
    fleet.close()
    if settings.ray:
        stop_runners(settings)
    _, alive = psutil.wait_procs(processes, timeout=RAY_ENDS_WITHIN_S if settings.ray else 0.0)
    assert not alive, "runners outlive the fleet"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the application."""
    return app.test_client()


@dataclass
class Session:
    """A session as an API caller holds it."""

    client: FlaskClient
    id: str
    view_id: str

    def get(self, path: str = "", **options: Any) -> TestResponse:
        """GET below the session's address."""
        return self.client.get(f"{API}/sessions/{self.id}{path}", **options)

    def post(self, path: str, body: Any = None) -> TestResponse:
        """POST JSON below the session's address."""
        return self.client.post(f"{API}/sessions/{self.id}{path}", json=body if body is not None else {})

    def patch(self, body: Any, path: str = "", **options: Any) -> TestResponse:
        """PATCH the session, or what is below it."""
        return self.client.patch(f"{API}/sessions/{self.id}{path}", json=body, **options)

    def put(self, path: str, body: Any) -> TestResponse:
        """PUT JSON below the session's address."""
        return self.client.put(f"{API}/sessions/{self.id}{path}", json=body)

    def delete(self, path: str = "") -> TestResponse:
        """DELETE the session, or what is below it."""
        return self.client.delete(f"{API}/sessions/{self.id}{path}")

    @property
    def document(self) -> dict[str, Any]:
        """The document as it now stands."""
        document: dict[str, Any] = self.get().json["document"]
        return document

    @property
    def snapshot(self) -> dict[str, Any]:
        """The run state as it now stands."""
        snapshot: dict[str, Any] = self.get().json["snapshot"]
        return snapshot


@pytest.fixture
def new_session(client: FlaskClient) -> Any:
    """Makes sessions of a document, and deletes them after the test."""
    made: list[Session] = []

    def make(document: dict[str, Any] | None = None) -> Session:
        reply = client.post(f"{API}/sessions", json=document or {})
        assert reply.status_code == 201, reply.json
        session = Session(client, reply.json["id"], reply.json["view_id"])
        made.append(session)
        return session

    yield make
    for session in made:
        assert session.delete().status_code in (204, 404)


@pytest.fixture
def session(new_session: Any) -> Session:
    """A session with the default document and no points."""
    made: Session = new_session()
    return made


@pytest.fixture
def circle(session: Session) -> Session:
    """A session with a small circle data set."""
    session.post("/dataset", {"name": "circle", "points": 60, "noise": 0.05, "seed": 3})
    return session


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
