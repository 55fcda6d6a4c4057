"""A cluster whose database is killed, or frozen: changes are refused, and nobody who watches notices anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.cluster import postgres as servers
from tests.cluster.crowd import Crowd

AWAY_S, FROZEN_S = 4.0, 8.0
SHARE = 0.8  # of the frames before; on a quiet machine they are 12 a second throughout
MOST_LEFT_S = 2.0  # without a frame, for sessions that nobody changes


@pytest.fixture
def database() -> Iterator[servers.Server]:
    """A server that no other test has."""
    server = servers.Server()
    yield server
    server.close()


def test_streams_go_on_while_the_database_is_away_and_nothing_acknowledged_is_lost(
    new_app: Callable[..., Flask], database: servers.Server
) -> None:
    app = new_app(database=database.new_database())
    with Crowd(app, 5) as crowd:
        before = crowd.slowest_fps(AWAY_S)
        database.kill()
        killed = crowd.slowest_fps(AWAY_S)
        assert "does not answer" in str(app.extensions["nnlab.fleet"].trouble())
        database.start()
        crowd.wait_for_changes(10)
        database.freeze()
        frozen = crowd.slowest_fps(FROZEN_S)
        database.thaw()
        crowd.wait_for_changes(10)
    print(f"frames a second: {before:.1f}, database killed {killed:.1f}, frozen {frozen:.1f}")
    assert min(killed, frozen) > SHARE * before
    assert set(crowd.refused) == {503}
    assert not crowd.lost_changes()
