"""A trained network as a Python script that needs NumPy alone and computes the same loss."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import indent

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.features import INPUTS
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.network.graph import sources_of_layers
from nnlab.engine.network.network import LayerWeights, Network
from nnlab.engine.specs import Examples, TrainingSpec

SCRIPT = '''"""A network trained in NNLab. Needs NumPy alone; run it to see its loss on the training points."""

import numpy as np

L2, L1 = {l2!r}, {l1!r}  # the loss adds 1/2 L2 sum(W^2) + L1 sum(abs(W))

# The first layer sees (inputs - SHIFT) / SIZE.
SHIFT, SIZE = np.array({shift}), np.array({size})

# Each layer: weights (inputs, units) and biases (units,); a maxout layer has one such matrix a piece.
LAYERS = [
{layers}]

{classes}# Training points: x, y and the label or target.
POINTS = np.array({points}, dtype=np.float64).reshape(-1, 3)

ACTIVATIONS = {{
{activations}}}


def scores_of(coordinates):
    """The scores (N, K) of coordinates (N, 2)."""
    x, y = coordinates[:, 0], coordinates[:, 1]
    inputs = np.stack([{inputs}], axis=1)
    h = [((inputs - SHIFT) / SIZE).astype(np.float32)]
    for activation, sources, weights, biases in LAYERS:
        z = np.concatenate([h[source] for source in sources], axis=1) @ weights + biases
        h.append(ACTIVATIONS[activation](z))
    return h[-1].astype(np.float64)


def losses_of(scores, targets):
    """The data loss (N,) of each point: {loss_name}."""
{loss}


def loss():
    """The mean data loss plus the regularization loss."""
    weights = np.concatenate([layer[2].ravel() for layer in LAYERS]).astype(np.float64)
    penalty = 0.5 * L2 * (weights**2).sum() + L1 * np.abs(weights).sum()
    return losses_of(scores_of(POINTS[:, :2]), POINTS[:, 2]).mean() + penalty


if __name__ == "__main__":
    print(f"loss {{loss():.9f}}" if len(POINTS) else "no training points")
'''


def export_python(network: Network, training: TrainingSpec, examples: Examples, *, classes: Sequence[str] = ()) -> str:
    """Return a script that defines the network and its training points and prints its loss, to 1e-6 the engine's.

    `classes`: what the labels 0, 1, ... are called.
    """
    spec, layers = network.spec, network.layers()
    kept = ~examples.held_out
    points = np.column_stack([examples.coordinates[kept], examples.targets[kept]])
    return SCRIPT.format(
        l2=training.l2,
        l1=training.l1,
        layers="".join(
            _layer_code(layer, sources) for layer, sources in zip(layers, sources_of_layers(spec), strict=True)
        ),
        classes=f"CLASSES = {list(classes)!r}  # what the labels 0, 1, ... are called\n\n" if classes else "",
        points=_numbers(points),
        activations="".join(
            f'    "{name}": lambda z: {ACTIVATIONS[name].python},\n'
            for name in sorted({each.activation for each in layers})
        ),
        shift=list(network.scale.shift),
        size=list(network.scale.size),
        inputs=", ".join(INPUTS[name].python for name in spec.inputs),
        loss_name=spec.loss,
        loss=indent(LOSSES[spec.loss].python, "    "),
    )


def _layer_code(layer: LayerWeights, sources: tuple[int, ...]) -> str:
    weights, biases = _numbers(layer.weights), _numbers(layer.biases)
    if layer.activation == "maxout":  # (pieces, H) -> (pieces, 1, H), to be added to every point
        biases = f"np.array({biases})[:, None]"
    return (
        f'    ("{layer.activation}", {list(sources)},\n     np.array({weights}, dtype=np.float32),\n'
        f"     np.array({biases}, dtype=np.float32)),\n"
    )


def _numbers(array: NDArray[np.floating]) -> str:
    """Return nested lists whose numbers read back to the same bits in the array's own precision."""
    if array.ndim == 0:
        return str(array)
    return "[" + ", ".join(_numbers(part) for part in array) + "]"
