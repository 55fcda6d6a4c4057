"""Looks at trained networks of a study: what their units do on the training points, what they say on a grid."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.network.network import Network
from nnlab.engine.specs import Examples
from nnlab.engine.step.evaluator import Evaluator, network_inputs

SATURATED_BELOW = 0.01  # local gradient
Float64s = NDArray[np.float64]


def slopes(network: Network, examples: Examples) -> list[Float64s]:
    """The local gradients f'(z) (H, N) of each hidden layer on the training points."""
    inputs = network_inputs(network, examples.coordinates[~examples.held_out])
    with np.errstate(all="ignore"):
        activations = Evaluator(network).activations(inputs)[:-1]
    pairs = zip(network.shapes[:-1], activations, strict=True)
    return [ACTIVATIONS[shape.activation].slope_of(h).astype(np.float64) for shape, h in pairs]


def dead_shares(network: Network, examples: Examples) -> list[float]:
    """Share of units of each hidden layer whose gradient is zero on every training point."""
    return [float(np.mean(slope.max(axis=1) == 0.0)) for slope in slopes(network, examples)]


def saturated_share(network: Network, examples: Examples) -> float:
    """Share of (unit, point) pairs of all hidden layers with a local gradient below 0.01."""
    return float(np.mean(np.concatenate([slope.ravel() for slope in slopes(network, examples)]) < SATURATED_BELOW))


def curve(network: Network, x: Sequence[float] | Float64s) -> Float64s:
    """What a network of curve fitting says at these x."""
    points = np.stack([np.asarray(x, np.float64), np.zeros(len(x))], axis=1)
    inputs = network_inputs(network, points)
    return Evaluator(network).scores(inputs)[0].astype(np.float64)
