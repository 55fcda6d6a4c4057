"""Text is compressed for those who accept it, and says the same either way."""

from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient

from tests.api.conftest import API, Session

GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("path", ["/", f"{API}/catalog", "/openapi.json", "/static/css/tokens.css", "/docs"])
def test_compressed_and_plain_replies_say_the_same(client: FlaskClient, path: str) -> None:
    with client.get(path) as plain, client.get(path, headers=GZIP) as packed:
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in plain.headers["Vary"]
        assert gzip.decompress(packed.data) == plain.data
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)


def test_a_small_reply_stays_as_it_is(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/healthz", headers=GZIP).headers


def test_the_etag_is_the_revision_either_way(session: Session) -> None:
    assert session.get(headers=GZIP).headers["ETag"] == session.get().headers["ETag"] == '"1"'


@pytest.mark.parametrize("path", ["/static/css/tokens.css", f"{API}/catalog"])
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, path: str) -> None:
    with client.get(path, headers=GZIP) as first:
        tag = first.headers["ETag"]
    with client.get(path, headers=GZIP | {"If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")
    with client.get(path, headers=GZIP | {"If-None-Match": '"another"'}) as other:
        assert other.status_code == 200


def test_reading_the_catalog_has_no_condition_but_that(client: FlaskClient) -> None:
    assert client.get(f"{API}/catalog", headers={"If-Match": '"another"'}).status_code == 200
