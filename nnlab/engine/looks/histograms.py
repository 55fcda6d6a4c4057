"""Histograms of a layer's weights, activations and weight gradients: how values are spread, on demand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnlab.engine.buffers.tape import Floats
from nnlab.engine.looks.gradient_check import copy_in_double, full_gradient
from nnlab.engine.network.network import LayerShape, Network
from nnlab.engine.specs import Examples, TrainingSpec
from nnlab.engine.step.evaluator import Evaluator
from nnlab.engine.step.run import ExampleRows

BINS = 20
LARGEST = 1e307  # what is beyond counts as not finite: a range that reaches so far both ways is still a number
SMALLEST = float(np.finfo(float).tiny)  # below it numbers have few digits


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts in equal bins from low to high."""

    low: float
    high: float
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LayerHistograms:
    """One layer: its weights, its h over all training points, and the gradient of its weights over the full batch."""

    weights: Histogram
    activations: Histogram | None
    gradients: Histogram | None


def histogram(values: Floats, bins: int = BINS) -> Histogram:
    """Return the histogram of all values over their own range; what is not finite is left out."""
    finite = values[np.abs(values) < LARGEST]
    counts, edges = np.histogram(finite, bins, _range(finite, bins))
    return Histogram(float(edges[0]), float(edges[-1]), tuple(int(count) for count in counts))


def _range(values: Floats, bins: int) -> tuple[float, float]:
    """Return the least and the greatest value or, where rounding alone tells them apart, limits further out."""
    if not values.size:
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    spacing = float(np.spacing(max(-low, high)))
    narrowest = max(2 * bins * spacing, SMALLEST)  # with less, rounding lets edges fall together
    if high - low >= narrowest:
        return low, high
    margin = max(0.5, narrowest)
    return low - margin, high + margin


def layer_histograms(network: Network, training: TrainingSpec, examples: Examples) -> tuple[LayerHistograms, ...]:
    """Return the histograms of every layer, the output layer last; of the weights alone without training points."""
    double = copy_in_double(network)
    rows = ExampleRows(double, examples)
    if not rows.num_training:
        return tuple(LayerHistograms(histogram(_weights(shape, double.params)), None, None) for shape in double.shapes)
    inputs = rows.inputs[:, : rows.num_training]
    activations = Evaluator(double).activations(inputs)
    gradient = full_gradient(double, training, examples)
    return tuple(
        LayerHistograms(histogram(_weights(shape, double.params)), histogram(h), histogram(_weights(shape, gradient)))
        for shape, h in zip(double.shapes, activations, strict=True)
    )


def _weights(shape: LayerShape, flat: Floats) -> Floats:
    return np.concatenate([link.weights(flat).ravel() for link in shape.links])
