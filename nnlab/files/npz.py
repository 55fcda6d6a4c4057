"""A trained network as an npz file: its arrays, and a JSON text that says what they are."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.network.graph import sources_of_layers
from nnlab.engine.network.network import Network


def export_npz(network: Network, classes: Sequence[str] = ()) -> bytes:
    """Return an npz file: weights_1, biases_1, ... in order, the output layer last, and `about`, a JSON text.

    The first layer sees (inputs - input_shift) / input_size. `classes`: what the labels 0, 1, ... are called.
    """
    spec, layers = network.spec, network.layers()
    about = {
        "format": "nnlab-model/1",
        "inputs": list(spec.inputs),
        "scaling": spec.scaling,
        "loss": spec.loss,
        "classes": list(classes),
        "layers": [
            {"activation": layer.activation, "sources": sources}
            for layer, sources in zip(layers, sources_of_layers(spec), strict=True)
        ],
    }
    arrays: dict[str, NDArray[np.generic]] = {
        "about": np.array(json.dumps(about)),
        "input_shift": np.array(network.scale.shift),
        "input_size": np.array(network.scale.size),
    }
    for number, layer in enumerate(layers, start=1):
        arrays[f"weights_{number}"] = layer.weights
        arrays[f"biases_{number}"] = layer.biases
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()
