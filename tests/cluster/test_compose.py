"""deploy/compose.yaml, and that the units of systemd start the same."""

from __future__ import annotations

import http.client
import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest

from nnlab.fleet.environment import LARGE_PAGES
from tests.cluster.compose import DEPLOY, Compose, services
from tests.cluster.crowd import API, wait_for
from tests.cluster.machines import settings_in

FRAMES = 10
READY_S = 300.0


@pytest.fixture
def compose() -> Iterator[Compose]:
    """All of it, with two machines."""
    compose = Compose(machine=2)
    yield compose
    compose.close()


class Browser:
    """Whoever asks at the address that the file publishes."""

    def __init__(self, compose: Compose) -> None:
        self._compose = compose

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and JSON value; (0, None) without an answer."""
        return self._ask("127.0.0.1", 80, method, path, body)

    def sees_ready(self, service: str) -> bool:
        """Whether a web process says that it is ready, asked without the proxy."""
        return self._ask(self._compose.network[service].address, 8000, "GET", "/readyz")[0] in (200, 204)

    def _ask(self, host: str, port: int, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        with self._compose.network["proxy"].inside():
            connection = http.client.HTTPConnection(host, port, timeout=30)
            try:
                content = None if body is None else json.dumps(body)
                headers = {"Host": "localhost:8080", "Content-Type": "application/json"}
                connection.request(method, path, content, headers)
                reply = connection.getresponse()
                text = reply.read()
                return reply.status, json.loads(text) if text[:1] == b"{" else None
            except OSError:
                return 0, None
            finally:
                connection.close()

    def watch(self, path: str, frames: int) -> None:
        """Read a stream until there have been so many frames."""
        with self._compose.network["proxy"].inside():
            connection = http.client.HTTPConnection("127.0.0.1", 80, timeout=30)
            connection.request("GET", path, headers={"Host": "localhost:8080"})
            reply = connection.getresponse()
            while frames and (line := reply.readline()):
                frames -= line.startswith(b"event: frame")
            connection.close()
        assert frames == 0, f"The stream has ended with status {reply.status}"


def test_the_compose_file_starts_all_and_one_web_process_may_go(compose: Compose) -> None:
    browser = Browser(compose)
    wait_for(lambda: all(map(browser.sees_ready, ("web-1", "web-2"))), READY_S)
    wait_for(lambda: browser.ask("GET", "/readyz")[0] in (200, 204))
    _, session = browser.ask("POST", API, {})
    path = f"{API}/{session['id']}"
    assert browser.ask("POST", f"{path}/dataset", {"name": "moons", "points": 60})[0] == 200
    assert browser.ask("POST", f"{path}/run", {})[0] == 200
    browser.watch(f"{path}/stream", FRAMES)
    compose.kill("web-1")
    browser.watch(f"{path}/stream", FRAMES)
    assert [browser.ask("GET", "/healthz")[0] for _ in range(6)] == [200] * 6
    assert "address already in use" not in compose.log("web-2")


@pytest.mark.parametrize(("unit", "service"), [("nnlab-head", "head"), ("nnlab-machine", "machine")])
def test_units_start_what_the_compose_file_starts(unit: str, service: str) -> None:
    (line,) = re.findall(r"^ExecStart=(.*)$", (DEPLOY / f"systemd/{unit}.service").read_text(), re.MULTILINE)
    assert options(line) == options(services()[service]["command"])


def test_what_units_put_in_is_in_their_files() -> None:
    known = {name for file in DEPLOY.rglob("*.env") for name in settings_in(file)}
    used = {name for unit in DEPLOY.rglob("*.service") for name in re.findall(r"\$\{(\w+)\}", unit.read_text())}
    assert used and used <= known


def test_studies_have_half_of_the_cores() -> None:
    node = settings_in(DEPLOY / "systemd/node.env")
    assert int(node["STUDIES"]) * 2 == int(node["CORES"])
    command = services()["machine"]["command"]
    cores, places = (int(re.findall(pattern, command)[0]) for pattern in (r"--num-cpus=(\d+)", r'"study":(\d+)'))
    assert places * 2 == cores


def test_runners_have_the_memory_that_they_have_on_one_machine() -> None:
    assert settings_in(DEPLOY / "machine.env") == LARGE_PAGES


def options(command: str) -> set[str]:
    """Those of `ray start` that are the same everywhere."""
    _, *found = shlex.split(command)
    own = ("--address", "--node-ip-address", "--num-cpus=$", "--num-cpus=2", "--resources")
    return {option for option in found if not option.startswith(own)}
