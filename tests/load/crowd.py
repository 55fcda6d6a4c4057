"""`python -m tests.load.crowd`: many viewers of one session, and changes to another session beside them.

The viewers are sockets in a process of their own that does as little as it can: it counts events by their chunks.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import selectors
import socket
import statistics
import tempfile
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil

from tests.load.__main__ import make_session, quantile
from tests.load.viewer import SMALLEST_EVENT_BYTES
from tests.serving import Server

SETTLE_S = 2.0  # the events of the crowd's arrival do not count
POST_EVERY_S = 0.05
ELSEWHERE = ("127.0.0.2", 0)  # a crowd from one address waits for itself; who comes from another one does not

REFUSED_LOST = "viewers refused, lost"
RATES = "events a second: mean, slowest viewer"
WEB_CPU = "CPU of one core, percent: web processes"
ANSWERED = "change answered, ms: p50, p95, p99"


class Viewer:
    """Counts the events of one stream by their chunks, without looking into them."""

    def __init__(self, port: int, session_id: str, *, path: str = "") -> None:
        self.arrivals: list[float] = []
        self.refused = False
        self._rest = b""
        self._in_head = True
        self._missing = 0  # of the chunk that is being read
        self.socket = socket.create_connection(("127.0.0.1", port), 30)
        address = path or f"/api/v1/sessions/{session_id}/stream"
        self.socket.sendall(f"GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode())
        self.socket.setblocking(False)

    def take(self) -> bool:
        """Read what is there; whether the stream goes on."""
        data = self._rest + self.socket.recv(65536)
        if len(data) == len(self._rest):
            return False
        if self._in_head:
            head, end, data = data.partition(b"\r\n\r\n")
            if not end:
                self._rest = head
                return True
            self._in_head, self.refused = False, b" 200 " not in head[:16]
        self._rest = b"" if self.refused else self._take_chunks(data)
        return True

    def _take_chunks(self, data: bytes) -> bytes:
        at = 0
        while at < len(data):
            if self._missing:
                step = min(self._missing, len(data) - at)
                self._missing -= step
                at += step
                continue
            end = data.find(b"\r\n", at)
            if end < 0:
                break
            size = int(data[at:end], 16)
            self._missing = size + 2
            at = end + 2
            if size >= SMALLEST_EVENT_BYTES:
                self.arrivals.append(time.monotonic())
        return data[at:]


def watch(port: int, paths: list[str], seconds: float, result: Connection) -> None:
    """The viewers' process, one for each path."""
    selector = selectors.DefaultSelector()
    viewers = []
    for path in paths:
        viewers.append(Viewer(port, "", path=path))
        selector.register(viewers[-1].socket, selectors.EVENT_READ, viewers[-1])
    result.send(None)
    start = time.monotonic() + SETTLE_S
    lost = 0
    while (now := time.monotonic()) < start + seconds:
        for key, _ in selector.select(max(0.0, start + seconds - now)):
            if not key.data.take():
                selector.unregister(key.fileobj)
                lost += 1
    arrivals = [[at for at in one.arrivals if at >= start] for one in viewers]
    gaps = sorted(b - a for times in arrivals for a, b in zip(times, times[1:], strict=False))
    rates = [len(times) / seconds for times in arrivals]
    result.send(
        {
            "viewers": len(viewers),
            REFUSED_LOST: [sum(one.refused for one in viewers), lost],
            RATES: [round(statistics.fmean(rates), 2), round(min(rates), 2)],
            "interval, ms: p50, p99": [round(1000 * quantile(gaps, q)) for q in (0.5, 0.99)],
        }
    )


class Poster:
    """Somebody at another address who renames another session, again and again, and notes how long that takes."""

    def __init__(self, port: int, session_id: str, *, path: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=ELSEWHERE)
        self._path = f"/api/v1/sessions/{session_id}"
        self._ended = threading.Event()
        self._took: list[tuple[float, float]] = []  # when sent, how long, in seconds
        self._thread = threading.Thread(target=self._post)

    def __enter__(self) -> Poster:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()
        self._connection.close()

    def _post(self) -> None:
        while not self._ended.wait(POST_EVERY_S):
            sent, body = time.monotonic(), json.dumps({"title": str(len(self._took))})
            self._connection.request("PATCH", self._path, body, {"Content-Type": "application/json"})
            self._connection.getresponse().read()
            self._took.append((sent, time.monotonic() - sent))

    def answered_ms(self, start: float, end: float) -> list[float]:
        """p50, p95 and p99 of those that were sent in this time."""
        took = sorted(took for sent, took in self._took if start <= sent < end)
        return [round(1000 * quantile(took, q), 1) for q in (0.5, 0.95, 0.99)]


def measure(server: Server, count: int, seconds: float, fps: float | None = None) -> dict[str, Any]:
    """The figures of one crowd, which wants so many frames a second, or as many as there are."""
    path = f"/api/v1/sessions/{make_session(server, 1)}/stream{f'?fps={fps:g}' if fps else ''}"
    return measure_paths(server, [path] * count, seconds, server.post("/api/v1/sessions")["id"])


def measure_paths(server: Server, paths: list[str], seconds: float, other: str) -> dict[str, Any]:
    """The figures of a crowd with a stream for each path, while session `other` is changed."""
    mine, theirs = multiprocessing.Pipe()
    crowd = multiprocessing.get_context("spawn").Process(target=watch, args=(server.port, paths, seconds, theirs))
    with Poster(server.port, other) as poster:
        began = time.monotonic()
        crowd.start()
        mine.recv()
        came = time.monotonic()
        assert server.process is not None
        webs = psutil.Process(server.process.pid).children()
        processes = [*webs, psutil.Process(crowd.pid)]
        for process in processes:
            process.cpu_percent()
        figures: dict[str, Any] = mine.recv()
        ended = time.monotonic()
        *cpu, viewers_cpu = [process.cpu_percent() for process in processes]
    crowd.join()
    web = webs[0]
    return {
        **figures,
        ANSWERED: poster.answered_ms(came + SETTLE_S, ended),
        "the same while they come": poster.answered_ms(began, came + SETTLE_S),
        WEB_CPU: [round(one) for one in cpu],
        "the same: the viewers' program": round(viewers_cpu),
        "memory of the web process, MB; threads": [round(web.memory_info().rss / 2**20), web.num_threads()],
        "seconds until all were there": round(came - began, 1),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.crowd")
    parser.add_argument("--viewers", type=int, action="append", help="default: 300 and 1000")
    parser.add_argument("--seconds", type=float, default=8.0)
    arguments = parser.parse_args()
    for count in arguments.viewers or [300, 1000]:
        with tempfile.TemporaryDirectory() as folder:
            server = Server(Path(folder), max_streams=max(count, 384)).start()
            try:
                for name, value in measure(server, count, arguments.seconds).items():
                    print(f"{name:45} {value}", flush=True)
            finally:
                server.stop()


if __name__ == "__main__":
    main()
