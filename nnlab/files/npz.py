"""A trained network as an npz file: its arrays, and a JSON text that says what they are."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.network.graph import sources_of_layers
from nnlab.engine.network.network import LayerWeights
from nnlab.engine.specs import NetworkSpec


def export_npz(network: NetworkSpec, layers: Sequence[LayerWeights]) -> bytes:
    """Return an npz file: weights_1, biases_1, ... in order, the output layer last, and `about`, a JSON text."""
    about = {
        "format": "nnlab-model/1",
        "inputs": list(network.inputs),
        "loss": network.loss,
        "layers": [
            {"activation": layer.activation, "sources": sources}
            for layer, sources in zip(layers, sources_of_layers(network), strict=True)
        ],
    }
    arrays: dict[str, NDArray[np.generic]] = {"about": np.array(json.dumps(about))}
    for number, layer in enumerate(layers, start=1):
        arrays[f"weights_{number}"] = layer.weights
        arrays[f"biases_{number}"] = layer.biases
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()
