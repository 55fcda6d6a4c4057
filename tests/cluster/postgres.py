"""A PostgreSQL server for tests, from the system's package: on a socket in a folder of its own, gone with the tests.

Stop it, kill it in the midst of a write, freeze it, take single connections from it.
"""

from __future__ import annotations

import glob
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg

USER = "postgres"
START_S = 30.0
MISSING = "PostgreSQL is not there: tests/install-postgres installs it."


class Server:
    """A new one, started; `new_database` is the address of an empty database on it. To measure, say `fsync="on"`."""

    def __init__(self, **settings: object) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="nnpg"))  # short: a socket is in it
        # Whatever dies here is a process: what the system has been given is kept, and need not be waited for.
        kept = {"listen_addresses": "", "unix_socket_directories": self.folder, "fsync": "off"}
        self._settings = {**kept, **settings}
        self._numbers = itertools.count(1)
        self.process: subprocess.Popen[bytes] | None = None
        if os.geteuid() == 0:  # the server refuses to be root
            user = pwd.getpwnam(USER)
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        made = [
            "initdb",
            "-D",
            self.folder / "data",
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]
        self.run(*made)
        self.start()

    def run(self, program: str, *arguments: object, **options: object) -> str:
        """Run one of PostgreSQL's programs as the server's user; what it says."""
        command = [find(program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, **_user(), **options)  # type: ignore[call-overload]
        assert done.returncode == 0, f"{program}: {done.stderr}"
        return str(done.stdout)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [find("postgres"), "-D", str(self.folder / "data"), *options],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **_user(),  # type: ignore[arg-type]
            )
        deadline_s = time.monotonic() + START_S
        while True:
            try:
                psycopg.connect(self.address("postgres")).close()
                return
            except psycopg.OperationalError:
                assert self.process.poll() is None, (self.folder / "log").read_text()
                assert time.monotonic() < deadline_s, (self.folder / "log").read_text()
                time.sleep(0.02)

    def address(self, database: str, host: str = "") -> str:
        """The address of a database on it, by its socket or at a host."""
        return f"postgresql:///{database}?host={host or self.folder}&user={USER}"

    def new_database(self, host: str = "") -> str:
        """The address of a new, empty database."""
        name = f"test{next(self._numbers)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.address(name, host)

    def listen_to(self, network: str, method: str = "trust") -> None:
        """Let those in who come from there, by this method; `listen_addresses` must be a setting."""
        with (self.folder / "data/pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {network} {method}\n")
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute("SELECT pg_reload_conf()")

    def lose_connections(self, address: str) -> None:
        """End all connections to a database."""
        name = address.partition("///")[2].partition("?")[0]
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))

    def freeze(self) -> None:
        """Every process of it stands still; the system goes on acknowledging what is sent to it."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """kill -9 of all of it at once."""
        assert self.process is not None
        self._signal(signal.SIGSTOP)
        self._signal(signal.SIGKILL)
        self.process.wait(10)

    def close(self) -> None:
        """End it and remove its folder."""
        self.kill()
        shutil.rmtree(self.folder)

    def _signal(self, number: int) -> None:
        assert self.process is not None
        with suppress(psutil.NoSuchProcess):
            mother = psutil.Process(self.process.pid)
            for process in [mother, *mother.children()]:
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(number)


def find(program: str) -> str:
    """The path of one of PostgreSQL's programs."""
    newest_last = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{program}"), key=lambda path: int(path.split("/")[4]))
    found = newest_last[-1] if newest_last else shutil.which(program)
    assert found, MISSING
    return found


def _user() -> dict[str, object]:
    return {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
