"""What the network says and what it is made of, as plain JSON values."""

from __future__ import annotations

from typing import Any

import numpy as np

from nnlab.engine.network import LayerWeights
from nnlab.session.session import Session


def prediction_json(session: Session, places: tuple[tuple[float, float], ...], *, activations: bool) -> dict[str, Any]:
    """Scores, probabilities and labels (or values) at `places`, a row per place; per hidden layer h, if asked for."""
    found = session.trainer.predict(np.array(places, dtype=np.float64), activations=activations)
    reply = {
        "scores": found.scores.tolist(),
        "probabilities": None if found.probabilities is None else found.probabilities.tolist(),
        "labels": None if found.labels is None else found.labels.tolist(),
        "values": None if found.values is None else found.values.tolist(),
    }
    if found.activations is not None:
        reply["activations"] = [h.tolist() for h in found.activations]
    return reply


def model_json(session: Session) -> dict[str, Any]:
    """All weights and biases, layer by layer, the output layer last."""
    return {"layers": [_layer_json(layer) for layer in session.trainer.layers()]}


def _layer_json(layer: LayerWeights) -> dict[str, Any]:
    return {"activation": layer.activation, "weights": layer.weights.tolist(), "biases": layer.biases.tolist()}
