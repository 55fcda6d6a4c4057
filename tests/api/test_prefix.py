"""Under a path that a proxy puts before all addresses: the page, its files, the API, streams and its documentation."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import create_environ, run_wsgi_app

from nnlab.web.http.prefix import Prefixed
from tests.api.conftest import API, Session

HEADER = {"X-Forwarded-Prefix": "/lab"}
PAGES = (
    *("/lab/", "/lab/docs", "/lab/embed", "/lab/open"),
    *("/lab/studies", "/lab/studies/dead_units", "/lab/lessons", "/lab/lessons/power"),
    *("/lab/rooms", "/lab/join"),
)


@pytest.fixture(params=["passed on", "taken off"])
def path_of(request: pytest.FixtureRequest) -> object:
    """The path that arrives here for one of the proxy's."""
    return lambda path: path if request.param == "passed on" else path.removeprefix("/lab")


def test_every_address_of_a_page_has_the_prefix_and_leads_there(client: FlaskClient, path_of) -> None:  # type: ignore[no-untyped-def]
    for page in PAGES:
        text = client.get(path_of(page), headers=HEADER).text
        addresses = re.findall(r'(?:href|src|data-document)="(/[^"]*)"', text)
        assert len(addresses) > 5
        for address in addresses:
            assert address.startswith("/lab/"), (page, address)
            with client.get(path_of(address), headers=HEADER) as reply:
                assert reply.status_code == 200, address


def test_the_api_its_locations_and_streams_work_below_it(client: FlaskClient, path_of) -> None:  # type: ignore[no-untyped-def]
    made = client.post(path_of(f"/lab{API}/sessions"), json={}, headers=HEADER)
    location = made.headers["Location"]
    assert location == f"/lab{API}/sessions/{made.json['id']}"
    assert client.get(path_of(location), headers=HEADER).json["id"] == made.json["id"]
    stream = client.get(path_of(f"{location}/stream?max_events=1"), headers=HEADER)
    assert stream.text.count("event: document") == 1
    both = client.get(path_of(f"/lab{API}/stream?of={made.json['id']}&parts=units&max_events=1"), headers=HEADER)
    assert both.text.count("event: document") == 1
    assert client.delete(path_of(location), headers=HEADER).status_code == 204


def test_the_documentation_sends_its_tries_below_it(client: FlaskClient) -> None:
    assert client.get("/openapi.json", headers=HEADER).json["servers"] == [{"url": "/lab"}]
    assert "servers" not in client.get("/openapi.json").json


@pytest.mark.parametrize("named", ["", "lab", "//evil.example", "/a b", "/<script>", "/../x", "https://evil.example/"])
def test_what_is_no_plain_path_is_no_prefix(client: FlaskClient, named: str) -> None:
    assert 'href="/"' in client.get("/", headers={"X-Forwarded-Prefix": named}).text


def seen_by(app_prefix: str, path: str) -> tuple[str, str]:
    """SCRIPT_NAME and PATH_INFO as the application sees them."""
    seen: list[tuple[str, str]] = []

    def app(environ, start_response):  # type: ignore[no-untyped-def]
        seen.append((environ["SCRIPT_NAME"], environ["PATH_INFO"]))
        start_response("200 OK", [])
        return [b""]

    run_wsgi_app(Prefixed(app, app_prefix), create_environ(path))
    return seen[0]


@pytest.mark.parametrize(
    ("path", "expected"), [("/lab", "/"), ("/lab/", "/"), ("/lab/s/1", "/s/1"), ("/s/1", "/s/1"), ("/labs", "/labs")]
)
def test_the_settings_prefix_is_taken_off_once_where_it_stands(path: str, expected: str) -> None:
    assert seen_by("/lab", path) == ("/lab", expected)


def test_pictures_may_stand_on_pages_of_other_sites_and_nothing_else_may(circle: Session) -> None:
    for path in ("/regions?format=png", "/figure"):
        assert circle.get(path).headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    for path in ("/regions", "/points?format=csv", "", "/model?format=npz"):
        assert circle.get(path).headers["Cross-Origin-Resource-Policy"] == "same-origin"
