"""A trained network as an ONNX model, for other programs. Needs the package `onnx`, which the server can do without."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.features import INPUTS
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.network.graph import sources_of_layers
from nnlab.engine.network.network import LayerWeights, Network
from nnlab.engine.network.scale import InputScale
from nnlab.errors import NnlabError

OPSET = 17  # everything used is older; evaluators of the last years read it
IR_VERSION = 8


class OnnxMissing(NnlabError):
    """The server was installed without the package."""

    code = "onnx_missing"
    status = 501
    title = "Not installed"


def is_installed() -> bool:
    """Whether the package is there, without loading it."""
    return find_spec("onnx") is not None


def export_onnx(network: Network, classes: Sequence[str] = ()) -> bytes:
    """The model: points (N, 2) in; scores (N, K) out, and probabilities (N, classes) where the loss has them.

    `classes`, what the labels 0, 1, ... are called, stands in its metadata as a JSON list.

    Raises OnnxMissing.
    """
    spec, layers = network.spec, network.layers()
    graph = Graph()
    graph.inputs(spec.inputs, network.scale)
    for number, (layer, sources) in enumerate(zip(layers, sources_of_layers(spec), strict=True), start=1):
        graph.layer(number, layer, [f"h{source}" for source in sources])
    return graph.model(f"h{len(layers)}", spec.loss, classes)


class Graph:
    """Collects the nodes and constants of the model. A layer's output is called h1, h2, ..., the input h0."""

    def __init__(self) -> None:
        try:
            self._onnx: Any = import_module("onnx")
        except ImportError:
            raise OnnxMissing(
                "ONNX export needs `pip install onnx` on the server; npz and python work without."
            ) from None
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def inputs(self, names: Sequence[str], scale: InputScale) -> None:
        """h0 <- the features of the points, side by side and scaled; in double precision, as the engine's."""
        self._node("Cast", ["points"], "exact_points", to=self._onnx.TensorProto.DOUBLE)
        for column, name in enumerate(("x", "y")):
            index = self._constant(f"column_{name}", np.array([column]), np.int64)
            self._node("Gather", ["exact_points", index], name, axis=1)
        for position, name in enumerate(names):
            operator, operands = INPUTS[name].onnx
            self._node(operator, list(operands), f"input_{position}")
        self._node("Concat", [f"input_{position}" for position in range(len(names))], "features", axis=1)
        shift = self._constant("input_shift", np.array(scale.shift), np.float64)
        size = self._constant("input_size", np.array(scale.size), np.float64)
        self._node("Sub", ["features", shift], "shifted")
        self._node("Div", ["shifted", size], "scaled")
        self._node("Cast", ["scaled"], "h0", to=self._onnx.TensorProto.FLOAT)

    def layer(self, number: int, layer: LayerWeights, sources: list[str]) -> None:
        """h_number <- f(sources @ W + b)."""
        source = sources[0]
        if len(sources) > 1:
            source = f"sources_{number}"
            self._node("Concat", sources, source, axis=1)
        operator, options = ACTIVATIONS[layer.activation].onnx
        if layer.activation == "maxout":
            pieces = zip(layer.weights, layer.biases, strict=True)
            sums = [self._sum(f"{number}_{piece}", source, *parts) for piece, parts in enumerate(pieces)]
            self._node(operator, sums, f"h{number}", **options)
            return
        total = self._sum(str(number), source, layer.weights, layer.biases)
        self._node(operator, [total], f"h{number}", **options)

    def model(self, scores: str, loss: str, classes: Sequence[str]) -> bytes:
        """The file, with the last layer's output as the scores."""
        helper = self._onnx.helper
        self._node("Identity", [scores], "scores")
        outputs = ["scores", *self._probabilities(loss)]
        graph = helper.make_graph(
            self._nodes,
            "nnlab",
            [helper.make_tensor_value_info("points", self._onnx.TensorProto.FLOAT, ["N", 2])],
            [helper.make_tensor_value_info(name, self._onnx.TensorProto.FLOAT, ["N", None]) for name in outputs],
            self._constants,
        )
        opsets = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(graph, producer_name="NNLab", opset_imports=opsets, ir_version=IR_VERSION)
        helper.set_model_props(model, {"classes": json.dumps(list(classes), ensure_ascii=False)})
        self._onnx.checker.check_model(model)
        content: bytes = model.SerializeToString()
        return content

    def _probabilities(self, loss: str) -> list[str]:
        operator, one_score = LOSSES[loss].onnx, LOSSES[loss].one_score
        if operator is None:
            return []
        if one_score:
            self._node(operator, ["scores"], "of_class_1")
            one = self._constant("one", np.ones(1, np.float32))
            self._node("Sub", [one, "of_class_1"], "of_class_0")
            self._node("Concat", ["of_class_0", "of_class_1"], "probabilities", axis=1)
        else:
            self._node(operator, ["scores"], "probabilities", axis=1)
        return ["probabilities"]

    def _sum(self, name: str, source: str, weights: np.ndarray, biases: np.ndarray) -> str:
        operands = [source, self._constant(f"W{name}", weights), self._constant(f"b{name}", biases)]
        self._node("Gemm", operands, f"z{name}")
        return f"z{name}"

    def _node(self, operator: str, operands: list[str], output: str, **options: Any) -> None:
        self._nodes.append(self._onnx.helper.make_node(operator, operands, [output], **options))

    def _constant(self, name: str, values: np.ndarray, kind: type = np.float32) -> str:
        self._constants.append(self._onnx.numpy_helper.from_array(np.ascontiguousarray(values, kind), name))
        return name
