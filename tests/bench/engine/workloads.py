"""The workloads of the engine's benchmark: the same data, weights and minibatches for every peer.

W1-W5 train (microseconds a step), G1 and G2 draw decision regions (milliseconds a picture), E1 trains 100 networks for
500 steps (milliseconds). All: softmax, momentum 0.9, l2 0.001, learning rate 0.03.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnlab.engine.network.initializers import initialize
from nnlab.engine.network.network import Network
from nnlab.engine.specs import Examples, LayerSpec, NetworkSpec, TrainingSpec
from nnlab.engine.step.minibatches import Minibatches

SEED = 1
CHECK_STEPS = 100
INDEX_STEPS = 400  # minibatches handed to the peers, repeated when they run out
ENSEMBLE_SIZE, ENSEMBLE_STEPS = 100, 500
TRAINING = TrainingSpec(optimizer="momentum", learning_rate=0.03, momentum=0.9, l2=1e-3)


@dataclass(frozen=True)
class Workload:
    """One row of the table. `kind` is train, grid or ensemble; steps is how many updates one timing takes."""

    name: str
    kind: str
    title: str
    units: tuple[int, ...]
    activation: str
    classes: int
    points: int
    batch: int
    steps: int
    resolution: int = 0


WORKLOADS = (
    Workload("W1", "train", "2-6t-2t-2, minibatch 10 of 200", (6, 2), "tanh", 2, 200, 10, 4000),
    Workload("W2", "train", "2-20r-2, 50 points", (20,), "relu", 2, 50, 50, 4000),
    Workload("W3", "train", "2-20t-20t-2, 100 points", (20, 20), "tanh", 2, 100, 100, 2000),
    Workload("W4", "train", "2-64r-64r-64r-3, 300 points", (64, 64, 64), "relu", 3, 300, 300, 150),
    Workload("W5", "train", "2-256r-256r-2, 256 points", (256, 256), "relu", 2, 256, 256, 30),
    Workload("G1", "grid", "regions of W3's network, 100 x 100", (20, 20), "tanh", 2, 100, 100, 50, 100),
    Workload("G2", "grid", "regions of W4's network, 200 x 200", (64, 64, 64), "relu", 3, 300, 300, 3, 200),
    Workload("E1", "ensemble", "100 networks of W2, 500 steps", (20,), "relu", 2, 50, 50, 1),
)


def network_spec(workload: Workload) -> NetworkSpec:
    """Return the network, softmax on x and y."""
    hidden = tuple(LayerSpec(units, workload.activation) for units in workload.units)
    return NetworkSpec(("x", "y"), hidden, workload.classes, "softmax", seed=SEED)


def examples(workload: Workload) -> Examples:
    """Return points on as many spiral arms as there are classes."""
    rng = np.random.default_rng(7)
    labels = np.arange(workload.points) % workload.classes
    along = rng.random(workload.points)
    angle = 4.5 * along + 2 * np.pi * labels / workload.classes
    spiral = 4.5 * along * np.array([np.cos(angle), np.sin(angle)])
    noisy = spiral.T + 0.1 * rng.standard_normal((workload.points, 2))
    return Examples(noisy, labels.astype(np.float64), np.zeros(workload.points, bool))


def as_json(workload: Workload) -> dict[str, Any]:
    """Return all a peer needs: data, the weights to start from, and which points each step sees."""
    network = Network(network_spec(workload))
    generator = np.random.default_rng(SEED)
    initialize(network, generator)
    data = examples(workload)
    return {
        "name": workload.name,
        "kind": workload.kind,
        "units": list(workload.units),
        "activation": workload.activation,
        "classes": workload.classes,
        "batch": workload.batch,
        "steps": workload.steps,
        "resolution": workload.resolution,
        "points": np.float32(data.coordinates).tolist(),
        "labels": data.targets.astype(int).tolist(),
        "weights": [layer.weights.tolist() for layer in network.layers()],
        "indices": minibatch_indices(workload, generator),
        "learning_rate": TRAINING.learning_rate,
        "momentum": TRAINING.momentum,
        "l2": TRAINING.l2,
        "ensemble_size": ENSEMBLE_SIZE,
        "ensemble_steps": ENSEMBLE_STEPS,
        "check_steps": CHECK_STEPS,
    }


def minibatch_indices(workload: Workload, generator: np.random.Generator) -> list[list[int]]:
    """Return the points of each minibatch as the engine draws them, by giving it their numbers for inputs."""
    numbers = np.arange(workload.points, dtype=np.float64)[None]
    batches = Minibatches(numbers, 0, workload.batch, generator)
    drawn: list[list[int]] = []
    while len(drawn) < (1 if batches.full else INDEX_STEPS):
        batches.refill()
        drawn += batches.store[:, 0].astype(int).tolist()
    return drawn
