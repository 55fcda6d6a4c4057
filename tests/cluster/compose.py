"""deploy/compose.yaml carried out without containers: each service in a network of its own, its command as it stands.

Images are the programs of this machine: PostgreSQL's and nginx's packages, and this checkout with its environment.
"""

from __future__ import annotations

import os
import secrets
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg
import yaml

from tests.cluster import postgres as servers
from tests.cluster.crowd import wait_for
from tests.cluster.machines import ROOT, environment_of, settings_in
from tests.cluster.network import Network
from tests.cluster.test_nginx import MAIN, nginx

DEPLOY = ROOT / "deploy"
MARK = "TESTS_SERVICE"
# `restart: always`, with the hosts' names, which nobody else need be asked for.
ALWAYS = 'mount --bind "$0" /etc/hosts; mount --bind /dev/null /etc/resolv.conf; while :; do "$@"; sleep 0.3; done'


class Compose:
    """The services, started once those are well that they need to be; `close` ends them."""

    def __init__(self, **scale: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="nncm"))  # short: sockets are in it
        (self.folder / "ray.token").write_text(secrets.token_hex(32))
        self._services = services(secrets.token_hex(16))
        self.names = [name for service in self._services for name in _copies(service, scale.get(service, 1))]
        self.network = Network(*self.names)
        self._hosts = self.folder / "hosts"
        lines = [f"{self.network[name].address} {name}" for name in self.names]
        self._hosts.write_text("\n".join(["127.0.0.1 localhost", *lines, ""]))
        self._database = self._start_database()
        others = [name for name in self.names if name != "database"]
        for name in sorted(others, key=lambda name: len(self._needed(name))):
            wait_for(lambda name=name: all(map(self._is_healthy, self._needed(name))))
            self._start(name, self._command(name))

    def kill(self, name: str) -> None:
        """End all processes of a service, for good."""
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for process in _processes(name):
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(number)

    def log(self, name: str) -> str:
        """What a service has printed."""
        return (self.folder / f"{name}.log").read_text()

    def close(self) -> None:
        """End everything."""
        for name in self.names:
            self.kill(name)
        self._database.close()
        self.network.close()

    def _start_database(self) -> servers.Server:
        """PostgreSQL with the options of its command, as its image makes it from the environment."""
        service = self._services["database"]
        options = [part for part in service["command"][1:] if part != "-c"]
        with self.network["database"].inside():
            server = servers.Server(listen_addresses="*", **dict(option.split("=", 1) for option in options))
        server.listen_to("10.9.0.0/24", "scram-sha-256")
        names = {name.removeprefix("POSTGRES_").lower(): value for name, value in service["environment"].items()}
        with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
            connection.execute("CREATE ROLE {user} LOGIN PASSWORD '{password}'".format(**names).encode())
            connection.execute("CREATE DATABASE {db} OWNER {user}".format(**names).encode())
        return server

    def _needed(self, name: str) -> list[str]:
        """The services that are to be healthy before this one starts."""
        depends = self._service(name).get("depends_on", [])
        return [one for one in depends if isinstance(depends, dict) and depends[one]["condition"] == "service_healthy"]

    def _is_healthy(self, name: str) -> bool:
        _, *test = self._service(name)["healthcheck"]["test"]
        with self.network[name].inside():
            return subprocess.run(test, stderr=subprocess.DEVNULL).returncode == 0

    def _command(self, name: str) -> list[str]:
        if name == "proxy":
            (conf,) = self._service(name)["volumes"]
            (self.folder / "nnlab.conf").write_bytes((DEPLOY / conf.split(":")[0]).read_bytes())
            (self.folder / "main.conf").write_text(MAIN.format(folder=self.folder))
            return [nginx(), "-c", str(self.folder / "main.conf"), "-p", str(self.folder)]
        return shlex.split(self._service(name)["command"])

    def _service(self, name: str) -> dict[str, Any]:
        return self._services[name.partition(".")[0]]

    def _environment(self, name: str) -> dict[str, str]:
        """As the file says; what a container has at a place of its own is in the folder here."""
        service = self._service(name)
        found: dict[str, str] = {}
        for file in service.get("env_file", []):
            found |= settings_in(DEPLOY / file)
        found |= service.get("environment", {})
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        own = {"PATH": path, "HOME": os.environ["HOME"], "RAY_TMPDIR": str(self.folder), MARK: name}
        return {key: self._here(value) for key, value in found.items()} | own

    def _here(self, value: str) -> str:
        """With the places of containers in the folder."""
        places = {"/run/secrets/ray-token": "ray.token", "/var/lib/nnlab": ".", "/opt/nnlab": ROOT}
        for place, here in places.items():
            value = value.replace(place, str(self.folder / here))
        return value

    def _start(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log, self.network[name].inside():
            subprocess.Popen(
                ["unshare", "--mount", "sh", "-c", ALWAYS, str(self._hosts), *command],
                env=self._environment(name),
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


def services(password: str = "") -> dict[str, dict[str, Any]]:
    """What is in the file, by name."""
    text = (DEPLOY / "compose.yaml").read_text().replace("${POSTGRES_PASSWORD:?}", password)
    assert "${" not in text
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)["services"]
    return found


def _copies(service: str, count: int) -> list[str]:
    """Names of the machines of a service."""
    return [service, *(f"{service}.{number}" for number in range(2, count + 1))]


def _processes(name: str) -> Iterator[psutil.Process]:
    return (one for one in psutil.process_iter() if environment_of(one).get(MARK) == name)
