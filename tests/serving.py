"""A real server in a process of its own, for tests and measurements: gunicorn, a temporary database, a free port."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
READY_WITHIN_S = 120.0  # on a machine that does much else; else a second, and three on a cluster
LOOK_EVERY_S = 0.02


def hold_port() -> tuple[int, int]:
    """A port of the loopback address for one server to listen on, and the descriptor that keeps it from all others.

    Bound, but not listening: whoever asks for any free port gets another one, while a server that names this one, and
    reuses addresses, may listen there, again and again.
    """
    holder = socket.socket()
    holder.bind(("127.0.0.1", 0))
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return holder.getsockname()[1], holder.detach()


class Server:
    """`gunicorn app:app` on 127.0.0.1; start, stop, kill -9 and start again on the same port and database."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.port, held = hold_port()
        weakref.finalize(self, os.close, held)
        self.url = f"http://127.0.0.1:{self.port}"
        database = str(settings.pop("database", folder / "nnlab.sqlite3"))
        self.database = Path(database)
        self._folder = folder
        self.environment = {
            **os.environ,
            "PORT": str(self.port),
            "NNLAB_DATABASE": database,
            **{f"NNLAB_{name.upper()}": str(value) for name, value in settings.items()},
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        """Start and wait until every runner answers."""
        self.spawn()
        self.wait_until_ready()
        return self

    def spawn(self) -> None:
        """Start the server's process and do not wait."""
        with (self._folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "app:app"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Wait for /readyz."""
        deadline = time.monotonic() + READY_WITHIN_S
        while True:
            try:
                return self.get("/readyz") and None
            except (urllib.error.URLError, ConnectionError):
                if time.monotonic() > deadline:
                    raise TimeoutError(self.log()) from None
                time.sleep(LOOK_EVERY_S)

    def log(self) -> str:
        """What the server has printed."""
        return (self._folder / "server.log").read_text()

    def stop(self, number: int = signal.SIGTERM, *, to_all: bool = False) -> int:
        """Ask the server to stop: gunicorn alone, or all of its processes at once; return its exit status."""
        assert self.process is not None
        (os.killpg if to_all else os.kill)(self.process.pid, number)
        return self.process.wait(30)

    def kill(self) -> None:
        """kill -9 of the whole server: gunicorn, its worker and every runner at once; it may have ended by itself."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)

    def get(self, path: str) -> Any:
        """GET a JSON value."""
        return self.request("GET", path)

    def post(self, path: str, body: Any = None) -> Any:
        """POST a JSON value."""
        return self.request("POST", path, body if body is not None else {})

    def request(self, method: str, path: str, body: Any = None) -> Any:
        """Any request with a JSON body and a JSON reply. Raises HTTPError for 4xx and 5xx."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"} if data is not None else {}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as reply:
            content = reply.read()
        return json.loads(content) if content else None
