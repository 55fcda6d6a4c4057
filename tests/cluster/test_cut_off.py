"""A machine that is cut off, with its web process: old frames can be told from new ones, and one side acknowledges."""

from __future__ import annotations

import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster import postgres as servers
from tests.cluster.crowd import API, wait_for
from tests.cluster.machines import Machines
from tests.cluster.network import Host, Network
from tests.cluster.test_servers import running
from tests.faults.tools import answer
from tests.serving import Server

SESSIONS, RUNNERS = 6, 2
GIVES_UP_S = 10.0  # in place of the 60 s of deploy/ray.env
NOTICED_S = 10.0  # until a machine knows that it is cut off
BACK_S = 40.0  # until others have its sessions; 8 s on a quiet machine
LATELY_S = 2.0
LATE_S = 8.0  # on a machine that does much else


class Views:
    """Streams of sessions at one server: when each frame came, and of which claim it was."""

    def __init__(self, host: Host, server: Server, ids: list[str]) -> None:
        self.frames: dict[str, list[tuple[float, int]]] = {one: [] for one in ids}
        with host.inside():
            for one in ids:
                threading.Thread(target=self._read, args=(f"{server.url}{API}/{one}/stream", one), daemon=True).start()

    def _read(self, url: str, session_id: str) -> None:
        try:
            for line in urllib.request.urlopen(url, timeout=60):
                if line.startswith(b"id: "):
                    self.frames[session_id].append((time.monotonic(), int(line[4:].partition(b"-")[0])))
        except OSError:
            pass

    def term(self, session_id: str) -> int:
        """Of the newest frame."""
        return self.frames[session_id][-1][1]

    def is_alive(self, session_id: str) -> bool:
        """Whether frames have come lately."""
        return any(at > time.monotonic() - LATELY_S for at, _ in self.frames[session_id][-1:])


@pytest.fixture
def network() -> Iterator[Network]:
    """Three machines."""
    network = Network("middle", "left", "right")
    yield network
    network.close()


@pytest.fixture
def database(network: Network) -> Iterator[str]:
    """The address of a database in the middle."""
    with network["middle"].inside():
        server = servers.Server(listen_addresses="*")
    server.listen_to("10.9.0.0/24")
    yield server.new_database(network["middle"].address)
    server.close()


@pytest.fixture
def machines(network: Network) -> Iterator[Machines]:
    """The head in the middle, and a machine on either side."""
    patience = {"RAY_gcs_rpc_server_reconnect_timeout_s": f"{GIVES_UP_S:g}"}
    with network["middle"].inside():
        machines = Machines(0, cores=RUNNERS, at=network["middle"].address, **patience)
    for side in ("left", "right"):
        with network[side].inside():
            machines.add(network[side].address)
    yield machines
    machines.close()


@pytest.fixture
def sides(network: Network, machines: Machines, database: str, tmp_path: Path) -> Iterator[dict[str, Server]]:
    """A web process on either side."""
    made = {}
    for side in ("left", "right"):
        (tmp_path / side).mkdir()
        with network[side].inside():
            made[side] = Server(tmp_path / side, database=database, ray=machines.address, runners=RUNNERS)
            made[side].environment |= machines.environment
            made[side].start()
    yield made
    for server in made.values():
        server.kill()


class Writer:
    """Adds points to a session, by way of either side, and knows which were acknowledged."""

    def __init__(self, network: Network, sides: dict[str, Server], session_id: str) -> None:
        self._network, self._sides, self._path = network, sides, f"{API}/{session_id}"
        self._before = self.points("right")
        self.acknowledged: set[int] = set()

    def add(self, side: str) -> int:
        """Add a point; the status of the answer."""
        with self._network[side].inside():
            status, body = answer(self._sides[side], "POST", f"{self._path}/points", {"points": [{"x": 0, "y": 0}]})
        if status == 201:
            self.acknowledged.add(body["points"][0]["id"])
        return status

    def points(self, side: str) -> set[int]:
        """Points of the session, as this side knows them."""
        with self._network[side].inside():
            return {point["id"] for point in self._sides[side].get(self._path)["document"]["points"]}

    def added(self, side: str) -> set[int]:
        """Those that were not there at first."""
        return self.points(side) - self._before


def test_a_web_process_cut_off_with_its_machine_shows_old_frames_for_a_while_and_acknowledges_nothing(
    network: Network, machines: Machines, sides: dict[str, Server]
) -> None:
    with network["right"].inside():
        ids = [running(sides["right"]) for _ in range(SESSIONS)]
    views = {side: Views(network[side], sides[side], ids) for side in sides}
    wait_for(lambda: all(view.is_alive(one) for view in views.values() for one in ids))
    before = {one: views["right"].term(one) for one in ids}

    network["left"].pull()
    cut_s = time.monotonic()
    wait_for(lambda: any(views["right"].term(one) > before[one] for one in ids), BACK_S)
    wait_for(lambda: all(views["right"].is_alive(one) for one in ids), BACK_S)
    print(f"back with the others after {time.monotonic() - cut_s:.1f} s")
    moved = [one for one in ids if views["right"].term(one) > before[one]]
    writer = Writer(network, sides, moved[0])
    assert views["left"].term(moved[0]) == before[moved[0]]  # what a page that has seen the others' drops
    assert writer.add("left") != 201
    assert [writer.add("right") for _ in range(5)] == [201] * 5

    wait_for(lambda: not any(views["left"].is_alive(one) for one in ids), GIVES_UP_S + NOTICED_S + BACK_S)
    shown_s = max(at for one in ids for at, _ in views["left"].frames[one]) - cut_s
    print(f"old frames for {shown_s:.1f} s")
    assert shown_s < GIVES_UP_S + NOTICED_S + LATE_S

    network["left"].plug()
    machines.machines[0].process.wait(BACK_S)  # as a service it would be started again now, and the web process too
    sides["left"].kill()
    with network["left"].inside():
        machines.replace(machines.machines[0], network["left"].address)
        sides["left"].start()
    assert writer.add("left") == 201
    assert writer.added("left") == writer.added("right") == writer.acknowledged
