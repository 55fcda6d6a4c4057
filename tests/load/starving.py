"""What others notice of a session that asks for much: `python -m tests.load.starving`.

Thirty watched sessions run (2-20-20-2) while one more is attacked in each of several ways. For each way it prints the
others' frames a second, the longest wait between two of their frames and how long their POSTs took, and how many of
the attack's requests were answered and refused. The first row has no attack: compare with it. At the end, how much of
its pace a session keeps while its title changes.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.load.__main__ import make_session, quantile
from tests.load.viewer import Watched, watch
from tests.serving import Server

SETTLE_S = 2.0
PACE = "pace under changes"
CHANGES_A_SECOND = (0, 15, 40)
POSTS_A_SECOND = 20
GIANT = {
    "network": {"hidden": [{"units": 128, "activation": "tanh"}] * 8},
    "training": {"batch_size": 2000, "learning_rate": 0.003},
    "pace": {"resolution": 200},
}


@dataclass
class Attack:
    """One way to ask for much: how it begins on a server, and what came of its requests."""

    name: str
    begin: Callable[[Server, Attack], Awaitable[None]]
    statuses: Counter[int] = field(default_factory=Counter)


class Connection:
    """One kept-alive connection; one request after another."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def request(self, method: str, path: str, body: Any = None) -> int:
        """Send, read the answer whole and throw it away; its status."""
        content = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        message = f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content
        try:
            return await self._exchange(message)
        except (ConnectionError, asyncio.IncompleteReadError):  # the server has closed an idle connection
            self.close()
            return await self._exchange(message)

    async def _exchange(self, message: bytes) -> int:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=2**24)
        reader, writer = self._streams
        writer.write(message)
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        fields = dict(line.lower().split(": ", 1) for line in head.splitlines()[1:] if ": " in line)
        if "content-length" in fields:
            await reader.readexactly(int(fields["content-length"]))
        if fields.get("connection") == "close":
            self.close()
        return int(head.split()[1])

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def in_parallel(server: Server, attack: Attack, lines: int, requests: Callable[[], tuple[Any, ...]]) -> None:
    """So many lines, each asking as soon as it is answered, until cancelled."""

    async def line() -> None:
        connection = Connection(server.port)
        try:
            while True:
                status = await connection.request(*requests())
                attack.statuses[status] += 1
                if status in (429, 503):
                    await asyncio.sleep(0.05)
        finally:
            connection.close()

    await asyncio.gather(*(line() for _ in range(lines)))


async def at_a_rate(server: Server, attack: Attack, per_second: float, request: Callable[[], tuple[Any, ...]]) -> None:
    """So many requests a second, whether or not the earlier ones are answered."""
    free: list[Connection] = []
    began = time.monotonic()

    async def one() -> None:
        connection = free.pop() if free else Connection(server.port)
        attack.statuses[await connection.request(*request())] += 1
        free.append(connection)

    async with asyncio.TaskGroup() as group:
        for number in itertools.count():
            await asyncio.sleep(max(0.0, began + number / per_second - time.monotonic()))
            group.create_task(one())


def make_giant(server: Server) -> str:
    """The largest session there may be, running."""
    session_id: str = server.post("/api/v1/sessions", GIANT)["id"]
    server.post(f"/api/v1/sessions/{session_id}/dataset", {"name": "spiral", "points": 2000})
    server.post(f"/api/v1/sessions/{session_id}/run")
    return session_id


async def no_attack(server: Server, attack: Attack) -> None:
    """Nothing."""


async def patches(server: Server, attack: Attack) -> None:
    """160 changes of the learning rate a second."""
    session_id = await asyncio.to_thread(make_session, server, 99)
    rates = itertools.cycle((0.01, 0.02, 0.03))
    path = f"/api/v1/sessions/{session_id}"
    await at_a_rate(server, attack, 160, lambda: ("PATCH", path, {"training": {"learning_rate": next(rates)}}))


async def giant(server: Server, attack: Attack) -> None:
    """The largest session, running, watched with all views."""
    session_id = await asyncio.to_thread(make_giant, server)
    async with watched(server, session_id) as seen:
        try:
            await asyncio.Event().wait()
        finally:
            attack.statuses[200] += len(seen.arrivals)


@asynccontextmanager
async def watched(server: Server, session_id: str) -> AsyncIterator[Watched]:
    """All that a frame can have of it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=2**24)
    views = "units,weights,scores,warp"
    path = f"/api/v1/sessions/{session_id}/stream?views={views}"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: identity\r\n\r\n".encode())
    seen = Watched()

    async def read() -> None:
        while data := await reader.read(2**20):
            seen.arrivals += [time.monotonic()] * data.count(b"event: frame")

    reading = asyncio.create_task(read())
    try:
        yield seen
    finally:
        reading.cancel()
        writer.close()


def looks(lines: int, query: str) -> Callable[[Server, Attack], Awaitable[None]]:
    """So many parallel lines of one look at the largest session, which rests."""

    async def begin(server: Server, attack: Attack) -> None:
        session_id = await asyncio.to_thread(make_giant, server)
        await asyncio.to_thread(server.post, f"/api/v1/sessions/{session_id}/pause")
        path = f"/api/v1/sessions/{session_id}/{query}"
        await in_parallel(server, attack, lines, lambda: ("GET", path))

    return begin


async def study(server: Server, attack: Attack) -> None:
    """A long study, and its figure again and again, as its page asks for it."""
    body = {"hidden": [3, 6, 20, 50], "seeds": 200, "steps": 20_000}
    connection = Connection(server.port)
    run = await asyncio.to_thread(server.post, "/api/v1/studies/seed_variance/runs", body)
    try:
        while True:
            await asyncio.sleep(1.0)
            attack.statuses[await connection.request("GET", f"/api/v1/runs/{run['id']}/figure")] += 1
    finally:
        connection.close()


ATTACKS = {
    "none": no_attack,
    "160 PATCHes a second": patches,
    "one giant, watched": giant,
    "32 figures": looks(32, "figure?resolution=200"),
    "16 diagnostics": looks(16, "diagnostics"),
    "8 Python exports": looks(8, "model?format=python"),
    "a study": study,
    "16 PNGs": looks(16, "regions?resolution=200&format=png"),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.starving")
    parser.add_argument("--seconds", type=float, default=8.0, help="of each attack")
    parser.add_argument("--sessions", type=int, default=30, help="running sessions with one viewer each")
    parser.add_argument("--only", choices=[*ATTACKS, PACE], action="append", help="only this one")
    arguments = parser.parse_args()
    wanted = arguments.only or [*ATTACKS, PACE]
    print(
        f"{'attack':22} {'frames/s':>9} {'slowest':>8} {'gap ms':>7} {'POST ms p50':>12} {'p99':>6}   attack's replies"
    )
    for name in ATTACKS:
        if name in wanted:
            print(with_server(attack_row, name, arguments.sessions, arguments.seconds), flush=True)
    if PACE in wanted:
        shares = [with_server(pace_kept, per_second, arguments.seconds) for per_second in CHANGES_A_SECOND]
        print(f"{PACE}: share of 600 steps a second kept at {CHANGES_A_SECOND} changes of the title a second: {shares}")


def with_server(measured: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
    """What is measured on a server of its own."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder)).start()
        try:
            return asyncio.run(measured(server, *arguments))
        finally:
            server.stop()


async def attack_row(server: Server, name: str, sessions: int, seconds: float) -> str:
    """One row of the table."""
    return await measure(server, Attack(name, ATTACKS[name]), sessions, seconds)


async def measure(server: Server, attack: Attack, sessions: int, seconds: float) -> str:
    """One row of the table."""
    others = [await asyncio.to_thread(make_session, server, seed) for seed in range(sessions)]
    attacking = asyncio.ensure_future(attack.begin(server, attack))
    began = time.monotonic() + SETTLE_S
    until = began + seconds
    watching = [watch(server.port, session_id, until, read_content=False) for session_id in others]
    *seen, posts = await asyncio.gather(*watching, post_points(server, others, began, until))
    attacking.cancel()
    await asyncio.gather(attacking, return_exceptions=True)
    kept = [[at for at in one.arrivals if at >= began] for one in seen]
    gaps = [b - a for times in kept for a, b in itertools.pairwise(times)]
    rates = [len(times) / seconds for times in kept]
    p50, p99 = (1000 * quantile(sorted(posts), q) for q in (0.5, 0.99))
    return (
        f"{attack.name:22} {statistics.fmean(rates):9.2f} {min(rates):8.2f} {1000 * max(gaps, default=seconds):7.0f}"
        f" {p50:12.1f} {p99:6.0f}   {dict(attack.statuses)}"
    )


async def post_points(server: Server, sessions: list[str], start: float, end: float) -> list[float]:
    """Add points to one session after another, at a rate; how long each took."""
    draw = random.Random(1)
    connections = [Connection(server.port) for _ in range(8)]
    took: list[float] = []
    await asyncio.sleep(max(0.0, start - time.monotonic()))

    async def one(connection: Connection) -> None:
        point = {"x": draw.uniform(-5, 5), "y": draw.uniform(-5, 5), "label": draw.randrange(2)}
        sent = time.monotonic()
        await connection.request("POST", f"/api/v1/sessions/{draw.choice(sessions)}/points", {"points": [point]})
        took.append(time.monotonic() - sent)

    async def line(connection: Connection) -> None:
        while time.monotonic() < end:
            await one(connection)
            await asyncio.sleep(len(connections) / POSTS_A_SECOND * draw.uniform(0.5, 1.5))
        connection.close()

    await asyncio.gather(*map(line, connections))
    return took


async def pace_kept(server: Server, per_second: float, seconds: float) -> float:
    """Change an unwatched session's title so often for so long; steps taken over steps asked for."""
    session_id = await asyncio.to_thread(make_session, server, 1)
    path, attack = f"/api/v1/sessions/{session_id}", Attack("titles", no_attack)
    titles = itertools.count()

    def step() -> int:
        found: int = server.get(path)["snapshot"]["step"]
        return found

    changes = asyncio.ensure_future(
        at_a_rate(server, attack, per_second, lambda: ("PATCH", path, {"title": str(next(titles))}))
        if per_second
        else asyncio.sleep(seconds)
    )
    await asyncio.sleep(0.5)
    before, began = await asyncio.to_thread(step), time.monotonic()
    await asyncio.sleep(seconds)
    after, ended = await asyncio.to_thread(step), time.monotonic()
    changes.cancel()
    await asyncio.gather(changes, return_exceptions=True)
    await asyncio.to_thread(server.request, "DELETE", path)
    return round((after - before) / (600 * (ended - began)), 3)


if __name__ == "__main__":
    main()
