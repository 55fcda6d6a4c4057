"""Changes come from the server's own pages and from programs, never from pages of other sites."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nnlab.settings import Settings
from tests.api.conftest import API, Session
from tests.api.test_errors import assert_problem


@pytest.fixture
def go_by(app: Flask) -> Iterator[Callable[[str], None]]:
    """Sets NNLAB_HOSTS for a test."""
    before: Settings = app.extensions["nnlab.settings"]

    def set_hosts(hosts: str) -> None:
        app.extensions["nnlab.settings"] = before.model_copy(update={"hosts": hosts})

    yield set_hosts
    app.extensions["nnlab.settings"] = before


def rename(session: Session, host: str, origin: str | None = None, **headers: str) -> Any:
    """A change as it comes under this Host from a page of this Origin."""
    sent = {"Host": host, **headers} | ({"Origin": origin} if origin else {})
    return session.patch({"title": "renamed"}, headers=sent)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8000",
        "lab.localhost",
        "127.0.0.1:8000",
        "192.168.1.17:8000",
        "[::1]:8000",
        "[fe80::1]",
        socket.gethostname(),
        f"{socket.gethostname().upper()}.local:8000",
    ],
)
def test_the_names_that_nobody_else_can_have_are_ours(session: Session, host: str) -> None:
    assert rename(session, host).status_code == 200
    assert rename(session, host, f"http://{host}").status_code == 200
    assert rename(session, host, f"https://{host}").status_code == 200  # behind a proxy with TLS


def test_a_name_that_resolves_to_us_changes_nothing(session: Session) -> None:
    for origin in (None, "http://evil.example:8000"):
        problem = assert_problem(rename(session, "evil.example:8000", origin), 403, "foreign_site")
        assert "evil.example" in problem["detail"]
        assert "NNLAB_HOSTS" in problem["detail"]
    assert session.document["title"] == ""


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "http://localhost:3000", "http://localhost.evil.example", "null", "", "x", "http://["],
)
def test_a_page_of_another_site_changes_nothing(session: Session, origin: str) -> None:
    reply = session.patch({"title": "renamed"}, headers={"Host": "localhost:8000", "Origin": origin})
    assert_problem(reply, 403, "foreign_site")
    assert session.document["title"] == ""


def test_every_kind_of_change_is_refused(client: FlaskClient, session: Session) -> None:
    headers = {"Origin": "http://evil.example"}
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        reply = client.open(f"{API}/sessions/{session.id}", method=method, headers=headers)
        assert_problem(reply, 403, "foreign_site")
    assert_problem(client.post(f"{API}/sessions", json={}, headers=headers), 403, "foreign_site")


def test_reading_is_everybodys(client: FlaskClient, session: Session) -> None:
    headers = {"Host": "lab.example", "Origin": "http://evil.example"}
    assert client.get("/healthz", headers=headers).status_code == 200
    assert session.get(headers=headers).status_code == 200


def test_an_origin_that_the_browser_hides_is_judged_by_what_it_says_of_the_site(session: Session) -> None:
    assert rename(session, "localhost", "null", **{"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert rename(session, "localhost", "null", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_names_can_be_given(session: Session, go_by: Callable[[str], None]) -> None:
    assert rename(session, "lab.example").status_code == 403
    go_by("lab.example,Other.example")
    assert rename(session, "lab.example", "https://lab.example").status_code == 200
    assert rename(session, "OTHER.example").status_code == 200
    assert rename(session, "127.0.0.1:8000", "https://lab.example").status_code == 200  # a proxy's own Host
    assert rename(session, "lab.example", "https://evil.example").status_code == 403
    go_by("*")
    assert rename(session, "any.example", "https://evil.example").status_code == 200


@pytest.mark.parametrize("host", ["", "[", ":8000", "[::1"])
def test_a_host_that_is_none_is_refused(client: FlaskClient, host: str) -> None:
    assert_problem(client.get("/api/v1/catalog", headers={"Host": host}), 400, "bad_request")
