"""The door: nothing about who may do what, and under which conditions, is decided anywhere else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from flask import Flask

from nnlab.errors import NotFound, ReadOnly
from nnlab.session import commands
from nnlab.web.api import door
from nnlab.web.http.needs import needs, needs_of
from nnlab.web.ids import new_id, view_id_of

API = Path(door.__file__).parent
AT_THE_DOOR = {"nnlab.web.ids", "nnlab.web.http.allowance", "nnlab.web.api.once", "nnlab.web.api.preconditions"}
ROOMS = {"door.py", "room_door.py", "once.py", "preconditions.py"}


class Calls:
    """A fleet that notes what it is asked."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, object]] = []

    def call(self, view_id: str, command: object) -> str:
        self.heard.append((view_id, command))
        return "answered"


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
def app(calls: Calls) -> Flask:
    app = Flask(__name__)
    app.extensions["nnlab.fleet"] = calls

    @app.patch("/guarded")
    @needs(revision=True)
    def guarded() -> None: ...

    app.patch("/plain")(lambda: None)
    return app


def imports_of(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text()))
    return {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("path", [*API.glob("*.py"), API.parent / "streams.py"], ids=lambda path: path.name)
def test_routes_leave_ids_keys_revisions_and_the_fleet_to_the_door(path: Path) -> None:
    if path.name not in ROOMS:
        assert not imports_of(path) & (AT_THE_DOOR | {"nnlab.web.state"})


def test_either_id_may_ask_and_only_the_secret_one_may_tell(app: Flask, calls: Calls) -> None:
    secret = new_id()
    view_id = view_id_of(secret)
    with app.test_request_context("/plain", method="PATCH"):
        for session_id in (secret, view_id):
            assert door.ask(session_id, commands.Read()) == "answered"
        assert door.tell(secret, commands.Pause()) == "answered"
        with pytest.raises(ReadOnly):
            door.tell(view_id, commands.Pause())
        with pytest.raises(NotFound):
            door.ask("nothing", commands.Read())
    assert calls.heard == [(view_id, commands.Read())] * 2 + [(view_id, commands.Pause())]


def test_a_change_carries_its_key_and_its_gesture(app: Flask, calls: Calls) -> None:
    with app.test_request_context("/plain", method="PATCH", headers={"Idempotency-Key": "k" * 20}):
        door.tell(new_id(), commands.RemovePoint(point_id=1), gesture=7)
        door.tell(new_id(), commands.RemovePoint(point_id=1, gesture=3), gesture=7)
    once = [command for _, command in calls.heard if isinstance(command, commands.Once)]
    assert [one.key for one in once] == ["k" * 20] * 2
    assert [one.command for one in once] == [commands.RemovePoint(point_id=1, gesture=gesture) for gesture in (7, 3)]


def test_the_revision_is_heeded_where_a_route_says_so(app: Flask, calls: Calls) -> None:
    for path, revision in (("/guarded", 14), ("/plain", None)):
        with app.test_request_context(path, method="PATCH", headers={"If-Match": '"14"'}):
            door.tell(new_id(), commands.Patch(patch={}))
        assert calls.heard[-1][1] == commands.Patch(patch={}, if_revision=revision)


def test_a_route_without_needs_has_none(app: Flask) -> None:
    with app.app_context():
        assert needs_of("guarded").revision
        assert not needs_of("nowhere").revision and not needs_of(None).revision
