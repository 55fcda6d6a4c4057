"""What scenarios are made of: how long others wait, how neighbours fare, and who writes while something dies."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import socket
import threading
import time
import urllib.error
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.load.__main__ import make_session, post_points, quantile
from tests.load.viewer import Watched, watch
from tests.serving import Server

SESSIONS = "/api/v1/sessions"
PATIENCE_S = 10.0  # whoever has no answer by then has waited so long, at least
ASK_EVERY_S = 0.05
SETTLE_S = 1.0
ELSEWHERE = ("127.0.0.3", 0)  # what harms comes from an address of its own, so that limits by address can tell
FAILURES = (urllib.error.URLError, http.client.HTTPException, OSError, TimeoutError)


def connect(
    server: Server, said: bytes = b"", *, receive_buffer: int | None = None, source: tuple[str, int] = ELSEWHERE
) -> socket.socket:
    """A plain connection on which something has been said."""
    connection = socket.socket()
    if receive_buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.settimeout(PATIENCE_S)
    connection.bind(source)
    connection.connect(("127.0.0.1", server.port))
    connection.sendall(said)
    return connection


@contextlib.contextmanager
def connections(server: Server, count: int, said: bytes, **options: Any) -> Iterator[list[socket.socket]]:
    """So many connections at once, closed at the end."""
    with contextlib.ExitStack() as closing:
        yield [closing.enter_context(connect(server, said, **options)) for _ in range(count)]


def status_of(server: Server, said: bytes) -> int:
    """The status with which the server answers these bytes, as of a proxy before it; 0 if it closes without one."""
    with connect(server, said, source=("127.0.0.1", 0)) as connection:
        connection.shutdown(socket.SHUT_WR)
        first = connection.recv(12).split()
        return int(first[1]) if len(first) > 1 else 0


def waited_s(server: Server, path: str = "/healthz") -> float:
    """Seconds until a new visitor has what was asked for; all of the patience for a refusal or no answer."""
    began = time.monotonic()
    visitor = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_S)
    try:
        visitor.request("GET", path)
        reply = visitor.getresponse()
        reply.read()
        return time.monotonic() - began if reply.status == 200 else PATIENCE_S
    except FAILURES:
        return PATIENCE_S
    finally:
        visitor.close()


def longest_wait_s(server: Server, seconds: float) -> float:
    """The longest wait among visitors who come one after the other for so long."""
    end, longest = time.monotonic() + seconds, 0.0
    while time.monotonic() < end and longest < PATIENCE_S:
        longest = max(longest, waited_s(server))
        time.sleep(ASK_EVERY_S)
    return longest


def answer(server: Server, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    """Status and JSON value of a request, whatever it is; (0, None) without an answer."""
    visitor = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_S, source_address=ELSEWHERE)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        content = None if body is None else json.dumps(body)
        visitor.request(method, path, content, {"Content-Type": "application/json", **named})
        reply = visitor.getresponse()
        text = reply.read()
        return reply.status, json.loads(text) if text[:1] in b"{[" and text else None
    except (*FAILURES, ValueError):
        return 0, None
    finally:
        visitor.close()


def wait_for(condition: Callable[[], Any], deadline_s: float = 12.0) -> Any:
    """Wait until the condition holds; its value, or what is false at the deadline."""
    end = time.monotonic() + deadline_s
    while not (value := condition()) and time.monotonic() < end:
        time.sleep(0.02)
    return value


def wait_until(moment: float) -> None:
    """Wait until the steady clock shows it: what is done to a server is done at a time of its own."""
    wait_for(lambda: time.monotonic() >= moment, moment - time.monotonic())


# Neighbours


@dataclass(frozen=True)
class Neighbours:
    """How watched, running sessions fared: frames a second of the slowest, longest gap, and the wait for a POST."""

    slowest_fps: float
    longest_gap_s: float
    post_p99_s: float

    def __str__(self) -> str:
        return (
            f"slowest neighbour {self.slowest_fps:.1f} fps, longest gap {self.longest_gap_s:.2f} s, "
            f"POST p99 {1000 * self.post_p99_s:.0f} ms"
        )

    @property
    def unharmed(self) -> bool:
        """The bound of the promise."""
        return self.slowest_fps >= 11.0 and self.post_p99_s < 0.150


def neighbours(
    server: Server, act: Callable[[float], object], *, sessions: int = 6, seconds: float = 6.0
) -> Neighbours:
    """Watch so many running sessions, and post points to them, while `act` goes on until the steady clock's time."""
    own = [make_session(server, seed) for seed in range(sessions)]
    start = time.monotonic() + SETTLE_S
    *seen, posts, _ = asyncio.run(together(server, own, act, start, start + seconds))
    kept = [[t for t in one.arrivals if t >= start] for one in seen]
    ends = [[start, *times, start + seconds] for times in kept]
    gaps = [b - a for times in ends for a, b in zip(times, times[1:], strict=False)]
    waits = sorted(answered - sent for _, sent, answered, _ in posts)
    return Neighbours(min(len(times) / seconds for times in kept), max(gaps), quantile(waits, 0.99) if waits else 99.0)


async def together(
    server: Server, own: list[str], act: Callable[[float], object], start: float, end: float
) -> list[Any]:
    """Viewers, a poster and what happens beside them, all until `end`."""
    watching = [watch(server.port, session_id, end, read_content=False) for session_id in own]
    posting = asyncio.to_thread(patient_posts, server, own, start, end - 0.3)
    return list(await asyncio.gather(*watching, posting, asyncio.to_thread(act, end)))


def patient_posts(server: Server, own: list[str], start: float, end: float) -> list[tuple[str, float, float, int]]:
    """Points posted as in the load test; none if the server fails in between."""
    with contextlib.suppress(*FAILURES):
        return post_points(server, own, start, end)
    return []


def in_threads(count: int, work: Callable[[int], object]) -> None:
    """Do the work in so many threads and wait for all."""
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def seen_frames(server: Server, session_id: str, seconds: float) -> Watched:
    """What one viewer sees in so many seconds."""
    return asyncio.run(watch(server.port, session_id, time.monotonic() + seconds, read_content=False))


# A writer


class Writer:
    """Adds points one by one to a session, and knows which were acknowledged."""

    def __init__(self, server: Server, session_id: str) -> None:
        self.acknowledged: list[int] = []
        self._path = f"{SESSIONS}/{session_id}"
        self._server = server
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> Writer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _write(self) -> None:
        while not self._stop.is_set():
            status, reply = answer(self._server, "POST", f"{self._path}/points", {"points": [{"x": 0, "y": 0}]})
            if status == 201:
                self.acknowledged.append(reply["points"][0]["id"])

    def wait_for_more(self, count: int) -> None:
        """Until so many more are acknowledged."""
        enough = len(self.acknowledged) + count
        wait_for(lambda: len(self.acknowledged) >= enough)

    def lost(self) -> int:
        """How many acknowledged points the session does not have."""
        document = self._server.get(self._path)["document"]
        return len(set(self.acknowledged) - {point["id"] for point in document["points"]})
