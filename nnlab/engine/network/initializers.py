"""Starting weights: a normal distribution whose spread keeps signals alive through the layers; biases start at zero."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.network.network import LayerShape, Network
from nnlab.errors import InvalidInput

SMALL = 0.01  # standard deviation of small_random [CS231n nn-2 #init]


@dataclass(frozen=True, slots=True)
class Init:
    """An entry of the menu. `spread` is the standard deviation of a layer's weights, before init_scale;
    `formula` says it in LaTeX.
    """

    label: str
    help: str
    formula: str
    spread: Callable[[LayerShape], float]


def he_spread(shape: LayerShape) -> float:
    """Gain / sqrt(D), the gain being the activation's: sqrt(2) for ReLU.  [He et al. 2015, eq. 10]"""
    return ACTIVATIONS[shape.activation].gain / math.sqrt(shape.fan_in)


def xavier_spread(shape: LayerShape) -> float:
    """sqrt(2 / (D + H)).  [Glorot & Bengio 2010, eq. 12]"""
    return math.sqrt(2.0 / (shape.fan_in + shape.units))


INITS: dict[str, Init] = {
    "he": Init(
        label="He",
        help="For D inputs of a unit; the gain g is the square root of 2 for ReLU, 1 for tanh.",
        formula=r"\sigma = \frac{g}{\sqrt{D}}",
        spread=he_spread,
    ),
    "xavier": Init(
        label="Xavier",
        help="For D inputs of a unit and H units of the layer: meant for tanh.",
        formula=r"\sigma = \sqrt{\frac{2}{D + H}}",
        spread=xavier_spread,
    ),
    "small_random": Init(
        label="Small random",
        help="In deep networks the signal fades from layer to layer.",
        formula=r"\sigma = 0.01",
        spread=lambda shape: SMALL,
    ),
    "zero": Init(
        label="Zero",
        help="Every unit of a layer computes the same and learns the same; shown as a mistake to avoid.",
        formula=r"w = 0",
        spread=lambda shape: 0.0,
    ),
}


def init_named(name: str) -> Init:
    """Return the menu's entry; raise InvalidInput with the allowed names."""
    if name not in INITS:
        raise InvalidInput(f"unknown init: {name}. Use one of {', '.join(INITS)}.")
    return INITS[name]


def initialize(network: Network, generator: np.random.Generator) -> None:
    """Draw the network's weights, layer by layer and link by link, and set its biases to zero.

    Drawn in float64 and rounded, so that float32 and float64 networks of one seed start alike.
    """
    init = init_named(network.spec.init)
    network.params[...] = 0.0
    for shape in network.shapes:
        spread = init.spread(shape) * network.spec.init_scale
        for link in shape.links:
            weights = link.weights(network.params)
            weights[...] = spread * generator.standard_normal(weights.shape)
