"""deploy/nginx.conf before two web processes: pages, the API, streams, uploads, and one of the two that is killed."""

from __future__ import annotations

import http.client
import json
import shutil
import subprocess
import time
import urllib.error
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nnlab.web.api.tables import MOST_TABLE_BYTES
from tests.cluster.crowd import API, slowness, wait_for
from tests.cluster.test_servers import Stream, new_server, running
from tests.serving import ROOT, Server, hold_port

__all__ = ["new_server"]

MAIN = """
user root;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/nnlab.conf;
}}
"""
PREFIX = "/lab"


class Proxy(Server):
    """nginx as it is deployed, with these servers in place of web-1 and web-2. `url` is the proxy's."""

    def __init__(self, folder: Path, servers: list[Server]) -> None:
        self.port, _ = hold_port()
        self.url = f"http://127.0.0.1:{self.port}{PREFIX}"
        text = (ROOT / "deploy/nginx.conf").read_text().replace("listen 80;", f"listen 127.0.0.1:{self.port};")
        for number, server in enumerate(servers, 1):
            text = text.replace(f"web-{number}:8000", f"127.0.0.1:{server.port}")
        (folder / "nnlab.conf").write_text(text)
        (folder / "main.conf").write_text(MAIN.format(folder=folder))
        self.process = subprocess.Popen([nginx(), "-c", str(folder / "main.conf"), "-p", str(folder)])
        self._folder = folder

    def log(self) -> str:
        """What nginx has complained of."""
        return (self._folder / "error.log").read_text()


@pytest.fixture
def servers(new_server: Callable[..., Server]) -> list[Server]:
    """Two web processes that live under a prefix."""
    return [new_server(prefix=PREFIX) for _ in range(2)]


@pytest.fixture
def proxy(servers: list[Server], tmp_path: Path) -> Iterator[Proxy]:
    """nginx before them."""
    folder = tmp_path / "nginx"
    folder.mkdir()
    proxy = Proxy(folder, servers)
    wait_for(lambda: status(proxy, "GET", "/healthz") == 200)
    yield proxy
    assert proxy.stop() == 0


def nginx() -> str:
    """The program's path."""
    found = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    assert found, "nginx is not there: tests/install-nginx installs it."
    return found


def status(
    proxy: Proxy,
    method: str,
    path: str,
    body: bytes | None = None,
    kind: str = "",
    headers: dict[str, str] | None = None,
) -> int:
    """The status of a reply; 0 without one."""
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=30)
    try:
        connection.request(method, PREFIX + path, body, {"Content-Type": kind, **(headers or {})} if kind else {})
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def test_nginx_passes_everything_on_and_hides_a_web_process_that_is_killed(proxy: Proxy, servers: list[Server]) -> None:
    assert status(proxy, "GET", "/") == 200
    here = {"Origin": f"http://127.0.0.1:{proxy.port}"}
    assert status(proxy, "POST", API, b"{}", "application/json", here) == 201
    session_id = running(proxy)
    check_uploads(proxy, session_id)
    check_stream(proxy, session_id)
    servers[0].kill()
    assert [status(proxy, "GET", "/healthz") for _ in range(20)] == [200] * 20
    points: list[Any] = [proxy.post(f"{API}/{session_id}/points", {"points": [{"x": 0, "y": 0}]}) for _ in range(20)]
    assert len({reply["points"][0]["id"] for reply in points}) == 20
    check_stream(proxy, session_id)


def check_uploads(proxy: Proxy, session_id: str) -> None:
    """As large as NNLab takes them, whose own word it is that one is too large."""
    line = b"1.25,2.5,a\n"
    table = b"x,y,kind\n" + line * ((MOST_TABLE_BYTES - 100) // len(line))
    path = f"{API}/{session_id}/points/preview"
    assert status(proxy, "POST", path, table, "text/csv") == 200
    assert status(proxy, "POST", path, table + line * 100, "text/csv") == 413
    with pytest.raises(urllib.error.HTTPError) as refused:
        proxy.request("POST", f"{API}/{session_id}/points", {"points": [], "x": "x" * 300_000})
    assert json.load(refused.value)["code"] == "request_entity_too_large"


def check_stream(proxy: Proxy, session_id: str) -> None:
    """Frames come one by one as they are made."""
    stream = Stream(proxy, session_id)
    began_s = time.monotonic()
    wait_for(lambda: time.monotonic() > began_s + 3 and stream.has_new(10))
    gaps = [later - at for at, later in zip(stream.frames, stream.frames[1:], strict=False)]
    assert max(gaps) < 1.0 * slowness()
