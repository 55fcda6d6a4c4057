"""How long the studies take: `python -m tests.load.studies [NAME ...]`, on a machine that does nothing else.

Each with its default settings on two processes that are started for it: seconds until the first part and until the end,
against the limits. Then, on a server, until the first partial figure. Then 100 networks as a study trains them, against
the engine itself (E1 of `make bench`). Then what 30 watched sessions notice of studies that run one after the other.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from nnlab.engine.ensemble import Ensemble, Member
from nnlab.studies.processes import Processes
from nnlab.studies.registry import STUDIES
from nnlab.studies.runs import Runs
from nnlab.studies.store import StudyStore
from nnlab.studies.training import Case, Stack, final
from tests.bench.engine.workloads import ENSEMBLE_SIZE, ENSEMBLE_STEPS, TRAINING, WORKLOADS, examples, network_spec
from tests.load.starving import Attack, measure, no_attack, with_server
from tests.serving import Server
from tests.study_pictures import timed

WORKERS = 2
FIRST_S, END_S = 2.0, 20.0  # the limits
NOTHING_YET, LOOK_EVERY_S = 404, 0.05
MOST_RATIO = 1.2  # of a study's time to the engine's
ROUNDS = 7
SESSIONS, SECONDS = 30, 20.0
LEAST_FRAMES = 11.5


def main() -> None:
    """Measure and print; the exit status says whether all limits are kept."""
    names = sys.argv[1:] or list(STUDIES)
    kept = [each_alone(name) for name in names]
    kept.append(first_figures(names))
    kept.append(ensembles())
    kept.append(beside_sessions())
    sys.exit(0 if all(kept) else 1)


def each_alone(name: str) -> bool:
    """One study with its defaults, from cold: print how long it took; whether it kept the limits."""
    runs = Runs(StudyStore(None), lambda: Processes(WORKERS), workers=WORKERS)
    expected_s = runs.estimate(name, {}).seconds
    first_s, end_s, standing = timed(runs, name)
    runs.close()
    is_kept = standing.state == "done" and first_s <= FIRST_S and end_s <= END_S
    print(
        f"{name:18} first part {first_s:5.2f} s   end {end_s:6.2f} s   estimate {expected_s:6.2f} s"
        f"   {'' if is_kept else 'TOO SLOW'}",
        flush=True,
    )
    return is_kept


def first_figures(names: list[str]) -> bool:
    """From the click to the first partial figure, which a process draws; the first one also waits for that to start."""
    waits_s = {}
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder)).start()
        try:
            for name in names:
                began = time.monotonic()
                run = server.post(f"/api/v1/studies/{name}/runs")["id"]
                wait_for_figure(f"{server.url}/api/v1/runs/{run}/figure")
                waits_s[name] = time.monotonic() - began
                server.request("DELETE", f"/api/v1/runs/{run}")
        finally:
            server.stop()
    for name, wait_s in waits_s.items():
        print(f"{name:18} first figure {wait_s:5.2f} s   {'' if wait_s <= FIRST_S else 'TOO SLOW'}", flush=True)
    return max(waits_s.values()) <= FIRST_S


def wait_for_figure(url: str) -> None:
    """Ask until there is one."""
    while True:
        try:
            with urllib.request.urlopen(url, timeout=60):
                return
        except urllib.error.HTTPError as error:
            if error.code != NOTHING_YET:
                raise
            time.sleep(LOOK_EVERY_S)


def ensembles() -> bool:
    """The networks of E1 as a study makes, trains and judges them, and as the engine trains them; medians in turn."""
    engine_s, study_s = [], []
    for _ in range(ROUNDS):
        engine_s.append(seconds_of(engine_ensemble()))
        study_s.append(seconds_of(lambda: final(Stack(study_cases()))))
    engine, study = statistics.median(engine_s), statistics.median(study_s)
    ratio = study / engine
    print(
        f"100 networks 2-20-2, 500 steps: engine {1000 * engine:.0f} ms, study {1000 * study:.0f} ms, {ratio:.2f} times"
    )
    return ratio <= MOST_RATIO


def engine_ensemble() -> Callable[[], None]:
    """E1 as `make bench` times it: made beforehand."""
    own = next(workload for workload in WORKLOADS if workload.name == "E1")
    training = TRAINING.__class__(**{**vars_of(TRAINING), "batch_size": own.batch})
    ensemble = Ensemble(network_spec(own), [Member(seed, training) for seed in range(ENSEMBLE_SIZE)], examples(own))
    return lambda: ensemble.step(ENSEMBLE_STEPS)


def study_cases() -> list[Case]:
    """The same networks as cases of a study."""
    points = [
        {"id": number, "x": x, "y": y, "label": number % 2}
        for number, (x, y) in enumerate(examples(WORKLOADS[-1]).coordinates.tolist(), start=1)
    ]
    training = {name: vars_of(TRAINING)[name] for name in ("optimizer", "learning_rate", "momentum", "l2")}
    return [
        Case(
            {"seed": seed},
            {
                "points": points,
                "network": {"hidden": [{"units": 20, "activation": "relu"}], "seed": seed},
                "training": training | {"batch_size": len(points)},
            },
            ENSEMBLE_STEPS,
        )
        for seed in range(ENSEMBLE_SIZE)
    ]


def vars_of(spec: object) -> dict[str, object]:
    """The fields of a frozen spec."""
    return {name: getattr(spec, name) for name in spec.__dataclass_fields__}  # type: ignore[attr-defined]


def seconds_of(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def beside_sessions() -> bool:
    """Frames a second of the sessions without and with studies beside them."""

    async def studies(server: Server, attack: Attack) -> None:
        for name in STUDIES:
            run = await asyncio.to_thread(server.post, f"/api/v1/studies/{name}/runs", {})
            while (await asyncio.to_thread(server.get, f"/api/v1/runs/{run['id']}"))["state"] in ("queued", "running"):
                await asyncio.sleep(0.2)
            attack.statuses[200] += 1

    async def row(server: Server, attack: Attack) -> str:
        return await measure(server, attack, SESSIONS, SECONDS)

    rows = [with_server(row, Attack(title, begin)) for title, begin in (("none", no_attack), ("studies", studies))]
    print(
        f"{'beside 30 sessions':22} {'frames/s':>9} {'slowest':>8} {'gap ms':>7} {'POST ms p50':>12} {'p99':>6}   done"
    )
    for line in rows:
        print(line)
    return float(rows[1][22:].split()[0]) >= LEAST_FRAMES


if __name__ == "__main__":
    main()
