"""A cluster as web processes use it: the same numbers, one owner, any number of watchers, new code while it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from socket import AF_INET

import psutil
import pytest
from flask import Flask

from nnlab.fleet.local.fleet import LocalFleet
from nnlab.session.picture.want import PLAIN
from nnlab.settings import Settings
from nnlab.web import create_app
from nnlab.web.ids import view_id_of
from tests.cluster.crowd import API, Crowd, slowness, wait_for


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Flask]:
    """An application of one machine."""
    settings = Settings(database=tmp_path / "nnlab.sqlite3", runners=1)
    fleet = LocalFleet(settings)
    yield create_app(settings, fleet)
    fleet.close()


def trained(app: Flask) -> bytes:
    """The weights of a session after some commands, as text that loses no bit."""
    client = app.test_client()
    session_id = client.post(API, json={}).json["id"]
    client.post(f"{API}/{session_id}/dataset", json={"name": "circle", "points": 120, "noise": 0.1, "seed": 3})
    assert client.post(f"{API}/{session_id}/step", json={"steps": 500}).status_code == 200
    reply = client.get(f"{API}/{session_id}/model")
    assert reply.status_code == 200
    model: bytes = reply.data
    return model


def test_both_fleets_train_the_same_bit_for_bit(new_app: Callable[..., Flask], local: Flask) -> None:
    assert trained(new_app()) == trained(local)


def test_of_two_owners_only_one_can_acknowledge(new_app: Callable[..., Flask]) -> None:
    """Two sets of runners on one database, which can only be when machines are cut off from each other."""
    clients = [new_app(name, runners=1).test_client() for name in ("one", "other")]
    session_id = clients[0].post(API, json={}).json["id"]
    acknowledged, refused = set(), 0
    for number in range(60):
        reply = clients[number // 3 % 2].post(f"{API}/{session_id}/points", json={"points": [{"x": number, "y": 0}]})
        if reply.status_code == 201:
            acknowledged.add(number)
        else:
            assert reply.status_code == 503
            refused += 1
    path = f"{API}/{session_id}"  # only its owner knows how it stands: who may write
    wait_for(lambda: clients[0].patch(path, json={"title": "mine"}).status_code == 200)
    assert {point["x"] for point in clients[0].get(path).json["document"]["points"]} == acknowledged
    assert acknowledged
    assert refused


def test_any_number_of_web_processes_watch_a_session(new_app: Callable[..., Flask]) -> None:
    apps = [new_app("shared") for _ in range(2)]
    session_id = apps[0].test_client().post(API, json={"title": "first"}).json["id"]
    viewers = [app.extensions["nnlab.fleet"].watch({view_id_of(session_id): PLAIN}) for app in apps]
    for title, app in (("from one", apps[0]), ("from the other", apps[1])):
        for viewer in viewers:
            while viewer.next(0.2):
                pass
        assert app.test_client().patch(f"{API}/{session_id}", json={"title": title}).status_code == 200
        for viewer in viewers:
            kinds: list[str] = []
            wait_for(lambda viewer=viewer, kinds=kinds: kinds.extend(kind for kind, _ in viewer.next(0.2)) or kinds)
            assert kinds[0] in ("document", "settings")
    for viewer in viewers:
        viewer.leave()


def test_a_wall_shows_who_is_there_by_way_of_another_web_process(new_app: Callable[..., Flask]) -> None:
    here, elsewhere = (new_app("class").test_client() for _ in range(2))
    room = here.post("/api/v1/rooms", json={}).json
    elsewhere.post(f"/api/v1/rooms/{room['code']}/join", json={"nickname": "Ada"})

    def state() -> str:
        (member,) = here.get(f"/api/v1/rooms/{room['id']}").json["members"]
        return str(member["state"])

    wait_for(lambda: state() != "away", 10.0)


def test_runners_are_restarted_one_by_one_and_nobody_loses_anything(new_app: Callable[..., Flask]) -> None:
    from nnlab.fleet.ray.crew import Crew

    app = new_app("restarted", runners=2)
    fleet = app.extensions["nnlab.fleet"]
    before = fleet.pids()
    with Crowd(app, 4) as crowd:
        crew = Crew(app.extensions["nnlab.settings"].model_copy(update={"runners": 3}), "restarted")
        steps = {one: crowd.step_of(one) for one in crowd.ids}
        said: list[str] = []
        took_s = crowd.outage_s(lambda: said.extend(crew.restart()))
        assert [line.split(",")[0] for line in said] == [
            "runner-0: at rest",
            "runner-1: at rest",
            "runner-2: was not there",
        ]
        wait_for(lambda: len(fleet.pids()) == 3)
        wait_for(lambda: fleet.trouble() is None)
        assert all(crowd.step_of(one) >= steps[one] for one in crowd.ids)
    assert not set(before) & set(fleet.pids())
    assert not crowd.lost_changes()
    assert took_s < 30 * slowness()


def test_runners_of_another_version_are_refused_with_a_word(
    new_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = new_app("versions", runners=1)
    monkeypatch.setattr("nnlab.fleet.channel.PROTOCOL", 10**6)
    from nnlab.fleet.ray.fleet import RayFleet

    fleet = RayFleet(app.extensions["nnlab.settings"], "versions")
    fleet.start()
    wait_for(lambda: "another version" in str(fleet.trouble()))
    with pytest.raises(Exception, match="another version of NNLab; restart them"):
        fleet.watch({"v" + "0" * 22: PLAIN})
    fleet.close()


def test_a_new_session_goes_where_there_is_room(new_app: Callable[..., Flask]) -> None:
    app = new_app("room", runners=2)
    fleet = app.extensions["nnlab.fleet"]
    client = app.test_client()
    places = [fleet.runner_of(view_id_of(client.post(API, json={}).json["id"])).name for _ in range(20)]
    assert 8 <= places.count("runner-0") <= 12


def test_nothing_listens_beyond_loopback(new_app: Callable[..., Flask]) -> None:
    new_app("ports", runners=1)
    addresses = {one.address for found in psutil.net_if_addrs().values() for one in found if one.family == AF_INET}
    assert addresses == {"127.0.0.1"}
