"""`python -m tests.bench.engine`: NNLab's engine against its peers, interleaved in one run on one core.

Prints medians and ratios, writes docs/bench-engine.json and docs/bench-engine.svg.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from typing import Any

from tests.bench.engine import environment, table
from tests.bench.engine.workloads import WORKLOADS, Workload, as_json

SLOW_S = 2.0  # a peer slower than this for one timing is asked for fewer steps


class Peer:
    """A process that answers one JSON line with another."""

    def __init__(self, command: list[str], settings: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=settings
        )

    def ask(self, **request: Any) -> dict[str, Any]:
        """Send a request and wait for its answer."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"peer ended: {self._process.args}")
        return json.loads(line)

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=10)


class Timings:
    """One peer's timings of one workload, in seconds a unit: a step, a picture, or an ensemble."""

    def __init__(self, peer: Peer, workload: Workload, answer: dict[str, Any]) -> None:
        self._peer, self._workload = peer, workload
        self.loss = answer["loss"]
        self.seconds: list[float] = []
        self._count = 1
        self._once()  # warms up
        first = self._once()
        self._count = max(1, min(workload.steps, int(SLOW_S / 10 / max(first, 1e-9))))

    def _once(self) -> float:
        return float(self._peer.ask(op="run", name=self._workload.name, n=self._count)["seconds"]) / self._count

    def add(self) -> None:
        """Time it once more."""
        self.seconds.append(self._once())

    @property
    def median(self) -> float:
        """Median of the timings so far."""
        return statistics.median(self.seconds)


def measure(workload: Workload, peers: dict[str, Peer], rounds: int) -> dict[str, Timings]:
    """Time all peers in turn, `rounds` times."""
    data = as_json(workload)
    timings = {name: Timings(peer, workload, peer.ask(op="prepare", workload=data)) for name, peer in peers.items()}
    for _ in range(rounds):
        for timing in timings.values():
            timing.add()
    return timings


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", default=",".join(workload.name for workload in WORKLOADS))
    parser.add_argument("--peers", default="nnlab,floor,jax,torch,sklearn,convnetjs")
    parser.add_argument("--no-files", action="store_true", help="print only, write nothing under docs/")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # the peers inherit it: one core for all
    settings = environment.variables()
    commands = environment.commands()
    peers = {name: Peer(commands[name], settings) for name in options.peers.split(",")}
    results = {}
    try:
        for workload in WORKLOADS:
            if workload.name in options.only.split(","):
                print(f"{workload.name} {workload.title}", file=sys.stderr)
                results[workload.name] = measure(workload, peers, options.rounds)
    finally:
        for peer in peers.values():
            peer.close()
    figures = {
        name: {
            peer: {"seconds": timing.median, "best": min(timing.seconds), "loss": timing.loss}
            for peer, timing in timings.items()
        }
        for name, timings in results.items()
    }
    print(table.text(figures))
    if not options.no_files:
        table.write(figures, environment.ROOT / "docs")


if __name__ == "__main__":
    main()
