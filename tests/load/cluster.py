"""What a cluster carries beside what one machine does, on the same cores, one after the other:

    python -m tests.cluster.loopback python -m tests.load.cluster sessions|crowds|webs|many [RUNNERS]

`sessions`: 30 and 100, each with a viewer, on both fleets. `crowds`: 1,000 viewers of one session at 12 frames a second
and 3,000 at 5, on both fleets. `webs`: 6,000 viewers with one and with two web processes. `many`: 800 sessions with a
viewer each, before one web process; their runners only pretend to train.
"""

from __future__ import annotations

import asyncio
import os
import queue
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from tests.cluster import machines, postgres
from tests.load import __main__ as load
from tests.load import crowd
from tests.serving import Server

SECONDS = 12.0
RUNNERS = 2
MANY_RUNNERS, MANY_SESSIONS, FPS, FRAME_BYTES = 20, 800, 12.0, 3_200


def main() -> None:
    """Measure what is named and print it."""
    {"sessions": sessions, "crowds": crowds, "webs": webs, "many": many}[sys.argv[1]]()


def sessions() -> None:
    """30 and 100 sessions on both fleets."""
    frames = {}
    for count in (30, 100):
        for fleet in (local, cluster):
            with fleet() as server:
                figures = asyncio.run(load.measure(server, count, 0, SECONDS))
            frames[count, fleet] = figures["own: frames a second, mean"]
            show(f"{count} sessions, {fleet.__name__}", figures)
        print(f"{count} sessions: the cluster has {frames[count, cluster] / frames[count, local]:.2f} of the frames")


def crowds() -> None:
    """One session for many on both fleets."""
    for count, fps in ((1000, 12.0), (3000, 5.0)):
        for fleet in (local, cluster):
            with fleet() as server:
                show(f"{count} viewers, {fleet.__name__}", crowd.measure(server, count, SECONDS, fps))


def webs() -> None:
    """More viewers than one web process can serve."""
    rates, costs = [], []
    for count in (1, 2):
        with cluster(web_processes=count) as server:
            figures = crowd.measure(server, 6000, SECONDS, FPS)
        rates.append(figures[crowd.RATES][0])
        costs.append(sum(figures[crowd.WEB_CPU]) / rates[-1])
        show(f"6000 viewers, web processes: {count}", figures)
    print(f"two web processes carry {rates[1] / rates[0]:.2f} times what one does,", end=" ")
    print(f"at {costs[1] / costs[0]:.2f} times the work a frame")


def many() -> None:
    """One web process before 20 runners, or as many as are named: two cores are too few for 20 processes."""
    runners = int(sys.argv[2]) if len(sys.argv) > 2 else MANY_RUNNERS
    with cluster(cores=runners, runners=runners, pretends=True) as server:
        paths = [f"/api/v1/sessions/v{secrets.token_urlsafe(16)}/stream" for _ in range(MANY_SESSIONS)]
        figures = crowd.measure_paths(server, paths, SECONDS, f"e{secrets.token_urlsafe(16)}")
        show(f"{MANY_SESSIONS} sessions of {runners} runners", figures)


@contextmanager
def local() -> Iterator[Server]:
    """A server with child processes and a file."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), runners=RUNNERS, max_streams=10_000)
        yield server.start()
        server.stop()


@contextmanager
def cluster(
    *, cores: int = RUNNERS, runners: int = RUNNERS, web_processes: int = 1, pretends: bool = False
) -> Iterator[Server]:
    """A server on a head, a machine and PostgreSQL."""
    made = machines.Machines(1, cores=cores)
    database = postgres.Server(fsync="on")
    with tempfile.TemporaryDirectory() as folder:
        server = Server(
            Path(folder), database=database.new_database(), ray=made.address, runners=runners, max_streams=10_000
        )
        server.environment |= {**made.environment, "WEB_CONCURRENCY": str(web_processes)}
        try:
            if pretends:
                pretend(server, runners)
            yield server.start()
        finally:
            if server.process is not None:
                server.stop()
            made.close()
            database.close()


def show(title: str, figures: dict[str, Any]) -> None:
    """Print the figures, and what all processors have done."""
    print(f"\n{title}; {psutil.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for name, value in figures.items():
        print(f"    {name:45} {value}", flush=True)


def pretend(server: Server, runners: int) -> None:
    """Give the runners' names to actors that only send frames."""
    os.environ.update({name: value for name, value in server.environment.items() if name.startswith("RAY_")})
    import ray  # which reads its settings now

    from nnlab.fleet.ray.cluster import NAMESPACE, Cluster, names_of
    from nnlab.settings import Settings

    cluster = Cluster(Settings(ray=server.environment["NNLAB_RAY"]))
    cluster.join()
    options = {"namespace": NAMESPACE, "lifetime": "detached", "num_cpus": 0.5, "max_concurrency": 1000}
    made = [ray.remote(_pretender()).options(name=name, **options).remote({}) for name in names_of(runners)]
    ray.get([one.pid.remote() for one in made])
    cluster.leave()


def _pretender() -> type:
    """A runner's actor whose runner trains nothing and sends frames of the usual size to whoever watches."""
    from nnlab.fleet.ray.actor import RunnerActor
    from nnlab.fleet.wire import Beat, Call, Event, Reply, Unwatch, Watch

    class Pretender(RunnerActor):
        def _run(self) -> None:
            watched: dict[tuple[str, Any], None] = {}
            piece, due_s = secrets.token_bytes(FRAME_BYTES), time.monotonic()
            while True:
                try:
                    message = self._inbox.get(timeout=max(0.0, due_s - time.monotonic()))
                except queue.Empty:
                    due_s = max(due_s + 1 / FPS, time.monotonic())  # what it could not do in time it leaves out
                    self.send(Beat(0, 0), *(Event(view_id, "frame", want, piece) for view_id, want in watched))
                    continue
                match message:
                    case Call():
                        self.send(Reply(message.request_id, _answer(message)))
                    case Watch():
                        watched[message.view_id, message.want] = None
                    case Unwatch():
                        watched.pop((message.view_id, message.want), None)

    def _answer(call: Call) -> Any:
        return {"revision": 1} if type(call.command).__name__ != "Exists" else None

    return Pretender


if __name__ == "__main__":
    main()
