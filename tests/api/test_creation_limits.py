"""A loop that makes sessions is slowed down, and told so."""

from __future__ import annotations

from pathlib import Path

from nnlab.settings import Settings
from nnlab.web import create_app
from tests.api.conftest import API


def test_beyond_the_limit_creating_and_forking_are_429_and_all_else_goes_on(tmp_path: Path) -> None:
    app = create_app(Settings(database=tmp_path / "nnlab.sqlite3", runners=1, creations_per_address=3))
    client = app.test_client()
    try:
        replies = [client.post(f"{API}/sessions", json={}) for _ in range(4)]
        assert [reply.status_code for reply in replies] == [201, 201, 201, 429]
        assert replies[3].json["code"] == "too_many_requests"
        assert int(replies[3].headers["Retry-After"]) in (19, 20)
        session_id = replies[0].json["id"]
        assert client.post(f"{API}/sessions/{session_id}/fork").status_code == 429
        assert client.patch(f"{API}/sessions/{session_id}", json={"title": "on"}).status_code == 200
    finally:
        app.extensions["nnlab.fleet"].close()
