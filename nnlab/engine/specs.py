"""What the engine is asked to build and to do: plain frozen specs, made by the document, read by the engine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """One hidden layer. `pieces` counts for maxout only; `keep_prob` None means the training's keep_prob."""

    units: int
    activation: str
    pieces: int = 2
    keep_prob: float | None = None


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """The shape and the starting point of a network.

    `inputs` are names of the INPUTS menu (D of them), `outputs` is the number of scores (K, or 1 for one-score losses).
    `skips` are extra links (from, to) between layers, 0 being the input and len(hidden) + 1 the output layer.
    `scaling` is a name of the SCALINGS menu: what is done to the inputs, fitted on the training points.
    """

    inputs: tuple[str, ...]
    hidden: tuple[LayerSpec, ...]
    outputs: int
    loss: str
    init: str = "he"
    init_scale: float = 1.0
    seed: int = 0
    skips: tuple[tuple[int, int], ...] = ()
    scaling: str = "none"


@dataclass(frozen=True, slots=True)
class TrainingSpec:
    """How a network is trained. All of it may change between two steps without losing weights."""

    optimizer: str = "sgd"
    learning_rate: float = 0.03
    learning_rate_decay: float = 0.0  # learning rate at step t is learning_rate / (1 + decay * t)
    momentum: float = 0.9
    batch_size: int = 10
    shuffle: bool = True  # a new order of the examples every epoch; else always theirs
    l2: float = 0.0
    l1: float = 0.0
    max_norm: float | None = None
    keep_prob: float = 1.0
    input_noise: float = 0.0


@dataclass(frozen=True, slots=True)
class Examples:
    """All points, in the order of the document.

    coordinates (N, 2) float64: x and y. targets (N,) float64: the label 0..K-1, or the target value in fitting tasks.
    held_out (N,) bool: kept out of training, used for the test loss and test accuracy only.
    """

    coordinates: NDArray[np.float64]
    targets: NDArray[np.float64]
    held_out: NDArray[np.bool_]
