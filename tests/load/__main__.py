"""`make load`: N sessions with one viewer each and one session with M viewers, at the same time.

Prints frames a second, intervals between frames, bytes a frame, the time from a POSTed point to the first frame that
has it, the latency of the POST itself, CPU and memory. Intervals of all streams are pooled.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from tests.load.viewer import Watched, watch
from tests.serving import Server

HIDDEN = [{"units": 20, "activation": "tanh"}, {"units": 20, "activation": "tanh"}]
SETTLE_S = 2.0  # frames of the first moments, while viewers are still arriving, do not count


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="make load")
    parser.add_argument("--sessions", type=int, default=30, help="running sessions with one viewer each")
    parser.add_argument("--viewers", type=int, default=300, help="viewers of one more running session")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--json", type=Path, help="also write the figures here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder)).start()
        try:
            figures = asyncio.run(measure(server, arguments.sessions, arguments.viewers, arguments.seconds))
        finally:
            server.stop()
    for name, value in figures.items():
        print(f"{name:45} {value}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n")


async def measure(server: Server, sessions: int, viewers: int, seconds: float) -> dict[str, Any]:
    """Run both loads for `seconds` and return the figures."""
    own = [make_session(server, seed) for seed in range(sessions)]
    shared = make_session(server, sessions) if viewers else None
    began = time.monotonic()
    until = began + SETTLE_S + seconds
    processes = server_processes(server)
    for process in processes:
        process.cpu_percent()
    watching = [watch(server.port, session_id, until, read_content=True) for session_id in own]
    watching += [watch(server.port, shared, until, read_content=False) for _ in range(viewers)] if shared else []
    poster = asyncio.to_thread(post_points, server, own, began + SETTLE_S, until - 1.0) if own else _nothing()
    *seen, posts = await asyncio.gather(*watching, poster)
    cpu = [process.cpu_percent() for process in processes]
    memory = [process.memory_info().rss / 2**20 for process in processes]
    figures: dict[str, Any] = {}
    for name, part in (("own", seen[:sessions]), ("shared", seen[sessions:])):
        if part:
            figures |= {f"{name}: {key}": value for key, value in describe(part, began + SETTLE_S, seconds).items()}
    if posts:
        figures |= describe_posts(posts, dict(zip(own, seen, strict=False)))
    figures["CPU of one core, percent: web"] = round(cpu[0])
    figures["CPU of one core, percent: runners"] = [round(value) for value in cpu[1:]]
    figures["memory, MB: web, runners"] = [round(value) for value in memory]
    return figures


async def _nothing() -> list[Any]:
    return []


def make_session(server: Server, seed: int) -> str:
    """A running spiral with a 2-20-20-2 network."""
    document = {"network": {"hidden": HIDDEN, "seed": seed}, "training": {"learning_rate": 0.05}}
    session_id: str = server.post("/api/v1/sessions", document)["id"]
    server.post(f"/api/v1/sessions/{session_id}/dataset", {"name": "spiral", "points": 200, "seed": seed})
    server.post(f"/api/v1/sessions/{session_id}/run")
    return session_id


def server_processes(server: Server) -> list[psutil.Process]:
    """The web process, or the first of several, and its runners."""
    assert server.process is not None
    web, *_ = psutil.Process(server.process.pid).children()
    return [web, *web.children()]


def post_points(server: Server, sessions: list[str], start: float, end: float) -> list[tuple[str, float, float, int]]:
    """Add a point to one session after another: (session, sent, answered, revision)."""
    draw = random.Random(1)
    posts = []
    time.sleep(max(0.0, start - time.monotonic()))
    while time.monotonic() < end:
        session_id = draw.choice(sessions)
        point = {"x": draw.uniform(-5, 5), "y": draw.uniform(-5, 5), "label": draw.randrange(2)}
        sent = time.monotonic()
        reply = server.post(f"/api/v1/sessions/{session_id}/points", {"points": [point]})
        posts.append((session_id, sent, time.monotonic(), reply["revision"]))
        time.sleep(draw.uniform(0, 0.1))  # so that posts meet every moment between two frames
    return posts


def describe(part: list[Watched], start: float, seconds: float) -> dict[str, Any]:
    """Figures over the streams of one kind."""
    kept = [[t for t in one.arrivals if t >= start] for one in part]
    gaps = sorted(b - a for times in kept for a, b in zip(times, times[1:], strict=False))
    rates = [len(times) / seconds for times in kept]
    sizes = [size for one in part for size in one.sizes]
    return {
        "streams": len(part),
        "streams refused": sum(one.status != 200 for one in part),
        "frames a second, mean": round(statistics.fmean(rates), 2),
        "frames a second, slowest stream": round(min(rates), 2),
        "interval, ms: p50, p99, longest": [round(1000 * quantile(gaps, q)) for q in (0.5, 0.99, 1)],
        "bytes a frame: median, largest": [round(statistics.median(sizes)), max(sizes)],
    }


def describe_posts(posts: list[tuple[str, float, float, int]], seen: dict[str, Watched]) -> dict[str, Any]:
    """Latency of the POST and of the first frame that contains the point."""
    answers = sorted(answered - sent for _, sent, answered, _ in posts)
    shown = []
    for session_id, sent, _, revision in posts:
        arrivals = [t for t, r in seen[session_id].revisions if r >= revision]
        if arrivals:
            shown.append(arrivals[0] - sent)
    shown.sort()
    return {
        "points posted, points seen in a frame": [len(posts), len(shown)],
        "POST answered, ms: p50, p95, p99": [round(1000 * quantile(answers, q), 1) for q in (0.5, 0.95, 0.99)],
        "point in a frame, ms: p50, p95, p99": [round(1000 * quantile(shown, q), 1) for q in (0.5, 0.95, 0.99)],
    }


def quantile(ordered: list[float], q: float) -> float:
    """The q-th quantile of ordered values."""
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))] if ordered else float("nan")


if __name__ == "__main__":
    main()
