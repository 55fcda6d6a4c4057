"""The OpenAPI document: valid, complete, and true of the server (schemathesis calls every operation it describes)."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from nnlab.errors import Broken
from tests.api.conftest import API, Session

# Rules that JSON Schema cannot say (a label below `classes`, a patch that fits the document) make the server refuse
# input that the schema allows, so what is checked is that every answer is one that the document promises.
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)

schema = schemathesis.pytest.from_fixture("api_schema")


@pytest.fixture(scope="session")
def api_schema(app: Flask) -> Any:
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


@pytest.mark.thorough
@schema.parametrize()
@settings(
    max_examples=2 if "TESTS_ON_RAY" in os.environ else 12,  # what a runner makes of them does not depend on the fleet
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_answers_as_documented(case: Any, circle: Session) -> None:
    if "session_id" in case.path_parameters:
        case.path_parameters["session_id"] = circle.id
    if case.path.endswith("/stream"):
        case.query = {**(case.query or {}), "max_events": 2}
        case.query.pop("fps", None)  # at the slowest, a frame comes every 20 seconds
    case.headers = {**(case.headers or {}), "Accept-Encoding": "identity"}
    case.call_and_validate(checks=CHECKS)


def test_the_document_is_openapi_3_1_and_names_every_route(app: Flask, client: FlaskClient) -> None:
    document = client.get("/openapi.json").json
    assert document["openapi"].startswith("3.1")
    described = {(method.upper(), path) for path, operations in document["paths"].items() for method in operations}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith((API, "/healthz", "/readyz", "/metrics")):
            path = rule.rule.replace("<int:", "{").replace("<", "{").replace(">", "}")
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                assert (method, path) in described, f"{method} {path} is not described"


def operations_of(client: FlaskClient) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of every operation."""
    for path, operations in client.get("/openapi.json").json["paths"].items():
        for method, operation in operations.items():
            yield method, path, operation


def test_every_change_is_described_as_refused_to_pages_of_other_sites(client: FlaskClient) -> None:
    for method, path, operation in operations_of(client):
        if method != "get":
            address = re.sub("{.*?}", "1", path)
            reply = client.open(address, method=method, headers={"Origin": "http://elsewhere.example"})
            assert (reply.status_code, reply.json["code"]) == (403, "foreign_site"), f"{method} {path}"
            assert "403" in operation["responses"], f"{method} {path}"


def test_what_only_a_teacher_may_read_is_described_so(client: FlaskClient) -> None:
    code = client.post(f"{API}/rooms", json={}).json["code"]
    member = client.post(f"{API}/rooms/{code}/join", json={"nickname": "Ada"}).json["id"]
    for path in ("/rooms/{room_id}/results", "/rooms/{room_id}/results.csv"):
        assert client.get(API + path.format(room_id=member)).status_code == 403
        assert "403" in client.get("/openapi.json").json["paths"][API + path]["get"]["responses"]


def test_every_reading_of_a_session_may_find_it_broken(client: FlaskClient) -> None:
    for _, path, operation in operations_of(client):
        if "{session_id}" in path:
            assert str(Broken.status) in operation["responses"], path


def test_every_error_is_described_as_a_problem_document(client: FlaskClient) -> None:
    for method, path, operation in operations_of(client):
        for status, reply in operation["responses"].items():
            if status >= "400":
                assert [*reply["content"]] == ["application/problem+json"], f"{method} {path} {status}"


def test_if_match_is_described_where_it_is_heeded(client: FlaskClient) -> None:
    heeding = {
        (method, path)
        for method, path, operation in operations_of(client)
        if any(one["name"] == "If-Match" for one in operation.get("parameters", []))
    }
    assert heeding == {("patch", f"{API}/sessions/{{session_id}}")}


def test_the_events_of_a_stream_are_described(client: FlaskClient, circle: Session) -> None:
    document = client.get("/openapi.json").json
    schemas = document["components"]["schemas"]
    for path, query in ((f"{API}/stream", f"of={circle.id}&"), (f"{API}/sessions/{{session_id}}/stream", "")):
        (content,) = document["paths"][path]["get"]["responses"]["200"]["content"].values()
        assert content["x-events"].keys() == {"document", "frame", "bye"}
        address = path.replace("{session_id}", circle.id)
        text = client.get(f"{address}?{query}parts=regions,units,weights,warp,scores&max_events=2").text
        events = re.findall(r"event: (\w+)\ndata: (.*)\n", text)
        assert [name for name, _ in events] == ["document", "frame"]
        for name, data in events:
            shape = content["x-events"][name]
            assert shape["$ref"].rpartition("/")[2] in schemas
            validator = jsonschema_rs.validator_for({**shape, "components": document["components"]})
            validator.validate(json.loads(data))


def test_the_events_of_rooms_and_runs_are_described(client: FlaskClient) -> None:
    document = client.get("/openapi.json").json
    room = client.post(f"{API}/rooms", json={}).json["id"]
    run = client.post(f"{API}/studies/seed_variance/runs", json={"hidden": [2], "seeds": 3, "steps": 100}).json["id"]
    for path, of, name in (("/rooms/{room_id}/stream", room, "room"), ("/runs/{run_id}/stream", run, "run")):
        (content,) = document["paths"][API + path]["get"]["responses"]["200"]["content"].values()
        text = client.get(f"{API}{re.sub('{.*}', of, path)}?max_events=1").text
        event, data = re.findall(r"event: (\w+)\ndata: (.*)\n", text)[0]
        assert event == name and "bye" in content["x-events"]
        shape = {**content["x-events"][name], "components": document["components"]}
        jsonschema_rs.validator_for(shape).validate(json.loads(data))


def test_every_operation_has_a_summary_and_every_parameter_a_description(client: FlaskClient) -> None:
    for path, operations in client.get("/openapi.json").json["paths"].items():
        for method, operation in operations.items():
            assert operation.get("summary"), f"{method} {path}"
            for parameter in operation.get("parameters", []):
                assert parameter.get("description"), f"{method} {path} {parameter['name']}"


def test_every_field_of_the_document_has_label_help_and_bounds_in_the_catalog(client: FlaskClient) -> None:
    fields = client.get(f"{API}/catalog").json["fields"]
    for path, row in fields.items():
        assert row["label"] and row["help"], path
        if row["type"] in ("number", "integer"):
            assert {"minimum", "exclusive_minimum"} & set(row), path
            assert {"maximum", "exclusive_maximum"} & set(row), path
        if row["type"] == "choice":
            assert all(choice["label"] for choice in row["choices"]), path


def test_the_docs_page_needs_nothing_from_outside(client: FlaskClient) -> None:
    page = client.get("/docs").text
    assert "http" not in page.replace("http-equiv", "")
    for line in page.split('"'):
        if line.startswith("/"):
            with client.get(line) as reply:
                assert reply.status_code == 200, line


@pytest.mark.parametrize("path", ["/", "/docs", f"{API}/catalog", "/s/nothing"])
def test_every_response_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert "script-src" not in headers["Content-Security-Policy"]
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
