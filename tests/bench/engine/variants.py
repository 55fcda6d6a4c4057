"""`python -m tests.bench.engine.variants`: what each activation, loss, optimizer and regularization costs at W3.

Prints microseconds a step and NumPy calls a step; writes docs/bench-variants.json. W3 is 2-20-20-2 on 100 points, full
batch.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.menus.optimizers import OPTIMIZERS
from nnlab.engine.specs import LayerSpec, NetworkSpec, TrainingSpec
from nnlab.engine.trainer import Trainer
from tests.bench.engine.environment import ROOT
from tests.bench.engine.workloads import TRAINING, WORKLOADS, examples

W3 = next(workload for workload in WORKLOADS if workload.name == "W3")
BASE = replace(TRAINING, batch_size=W3.batch, learning_rate=1e-4)  # small: every variant must stay finite
ROUNDS, STEPS = 15, 1000
REGULARIZATIONS = {
    "none": {"l2": 0.0},
    "l2": {},
    "l1": {"l2": 0.0, "l1": 1e-3},
    "max_norm": {"max_norm": 3.0},
    "dropout": {"keep_prob": 0.8},
    "input noise": {"input_noise": 0.1},
    "decay": {"learning_rate_decay": 1e-6},
    "minibatch 10": {"batch_size": 10},
}


def trainer(activation: str = "tanh", loss: str = "softmax", training: TrainingSpec = BASE) -> Trainer:
    """Return W3's trainer with something changed."""
    outputs = 1 if LOSSES[loss].one_score else W3.classes
    hidden = tuple(LayerSpec(units, activation) for units in W3.units)
    return Trainer(NetworkSpec(("x", "y"), hidden, outputs, loss, seed=1), training, examples(W3))


def variants() -> Iterator[tuple[str, str, Trainer]]:
    """Yield kind, name and trainer of every variant."""
    for name in ACTIVATIONS:
        yield "activation", name, trainer(activation=name)
    for name in LOSSES:
        yield "loss", name, trainer(loss=name)
    for name in OPTIMIZERS:
        yield "optimizer", name, trainer(training=replace(BASE, optimizer=name))
    for name, changes in REGULARIZATIONS.items():
        yield "regularization", name, trainer(training=replace(BASE, **changes))


def main() -> None:
    """Time all variants in turn."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    found = list(variants())
    times: list[list[float]] = [[] for _ in found]
    for _ in range(ROUNDS):
        for (_, _, each), seconds in zip(found, times, strict=True):
            start = time.perf_counter()
            each.step(STEPS)
            seconds.append((time.perf_counter() - start) / STEPS)
    rows = [
        {"kind": kind, "name": name, "us": round(statistics.median(seconds) * 1e6, 2), "calls": each.calls_per_step}
        for (kind, name, each), seconds in zip(found, times, strict=True)
    ]
    for row in rows:
        print(f"{row['kind']:15}{row['name']:15}{row['us']:8.2f} us{row['calls']:5} calls")
    (ROOT / "docs/bench-variants.json").write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1" or "OPENBLAS_CORETYPE" in os.environ:
        settings = {name: value for name, value in os.environ.items() if name != "OPENBLAS_CORETYPE"}
        os.execve(sys.executable, [sys.executable, "-m", __spec__.name], settings | {"OPENBLAS_NUM_THREADS": "1"})
    main()
