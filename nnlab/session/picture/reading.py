"""What the network says and what it is made of, as plain JSON values."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.document.wording import broken_rule
from nnlab.engine.network.network import LayerWeights
from nnlab.session.session import Session

MOST_ACTIVATIONS = 250_000  # numbers in a reply: a tenth of a second of the runner's time


def prediction_json(session: Session, places: tuple[tuple[float, float], ...], *, activations: bool) -> dict[str, Any]:
    """Scores, probabilities and labels (or values) at `places`, a row per place; per hidden layer h, if asked for.

    Raises InvalidInput for more activations than a reply should carry.
    """
    units = sum(layer.units for layer in session.document.network.hidden)
    if activations and len(places) * units > MOST_ACTIVATIONS:
        raise broken_rule("points", f"must be at most {MOST_ACTIVATIONS // units} with activations", len(places))
    found = session.trainer.predict(np.array(places, dtype=np.float64), activations=activations)
    reply = {
        "scores": _finite(found.scores),
        "probabilities": None if found.probabilities is None else _finite(found.probabilities),
        "labels": None if found.labels is None else found.labels.tolist(),
        "values": None if found.values is None else _finite(found.values),
    }
    if found.activations is not None:
        reply["activations"] = [_finite(h) for h in found.activations]
    return reply


def _finite(values: NDArray[np.float64]) -> list[Any]:
    """Nested lists with null for what is not finite: JSON has no infinity."""
    if np.isfinite(values).all():
        return values.tolist()
    cells = values.astype(object)
    cells[~np.isfinite(values)] = None
    return cells.tolist()


def model_json(session: Session) -> dict[str, Any]:
    """What the inputs are shifted and divided by; all weights and biases by layer, the output layer last."""
    network = session.trainer.network
    scale = zip(network.spec.inputs, network.scale.shift, network.scale.size, strict=True)
    return {
        "inputs": [{"name": name, "shift": shift, "size": size} for name, shift, size in scale],
        "layers": [_layer_json(layer) for layer in session.trainer.layers()],
    }


def _layer_json(layer: LayerWeights) -> dict[str, Any]:
    return {"activation": layer.activation, "weights": layer.weights.tolist(), "biases": layer.biases.tolist()}
