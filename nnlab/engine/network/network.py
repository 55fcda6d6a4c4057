"""A network: its layers' shapes, and one flat vector of parameters with a view for every weight matrix.

Everything is feature-major: activations are (H, N), a row per unit, with a row of ones below, and the weights of a link
are (H, D + 1), the biases being their last column. So z = W @ [h; 1] adds the biases for free, and their gradient comes
with the weights'. Callers outside the engine see the note's orientation instead, h @ W + b with W (D, H): see
`LayerWeights`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

import numpy as np
from numpy.typing import DTypeLike, NDArray

from nnlab.engine.buffers.tape import Floats
from nnlab.engine.menus.activations import activation_named
from nnlab.engine.menus.features import input_named
from nnlab.engine.menus.losses import loss_named
from nnlab.engine.network.graph import sources_of_layers
from nnlab.engine.network.scale import InputScale, unscaled
from nnlab.engine.specs import NetworkSpec
from nnlab.errors import FieldError, InvalidInput

LARGEST = float(np.finfo(np.float32).max)  # of a weight


@dataclass(frozen=True, slots=True)
class LayerWeights:
    """A layer as callers see it: weights (D, H) as in h @ W + b, biases (H,); maxout (pieces, D, H) and (pieces, H).

    With skip links D counts the units of all layers that feed this one, in the order of those layers.
    """

    activation: str
    weights: NDArray[np.floating]
    biases: NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Link:
    """The weights from layer `source` (0: the input) with `width` units (D) to a layer: a matrix in the flat vector.

    The link from the layer directly before comes last and carries the biases in one more column. In S stacked networks
    (ensemble.py) each row of weights is followed by the same row of the next network.
    """

    source: int
    width: int
    rows: int
    has_biases: bool
    offset: int
    stack: int = 1

    @property
    def size(self) -> int:
        """Parameters of the link, of all stacked networks together."""
        return self.rows * self.stack * (self.width + self.has_biases)

    def matrix(self, flat: Floats) -> Floats:
        """Return the view (rows, D + 1) of a flat vector, (rows, D) without biases; of stacked networks (rows * S, D +
        1).
        """
        return flat[self.offset : self.offset + self.size].reshape(self.rows * self.stack, -1)

    def weights(self, flat: Floats) -> Floats:
        """Return the view of the matrix without the biases."""
        return self.matrix(flat)[:, : self.width]


@dataclass(frozen=True, slots=True)
class LayerShape:
    """What is fixed about a layer: units H, pieces (1 but for maxout) and the links that feed it."""

    activation: str
    units: int
    pieces: int
    links: tuple[Link, ...]

    @property
    def rows(self) -> int:
        """Rows of the weight matrices: a row a unit, or a row a piece of a unit."""
        return self.units * self.pieces

    @property
    def fan_in(self) -> int:
        """D, the inputs of each unit."""
        return sum(link.width for link in self.links)

    @property
    def size(self) -> int:
        """Parameters of the layer."""
        return sum(link.size for link in self.links)

    def biases(self, flat: Floats) -> Floats:
        """Return the view (rows,) of the biases in a flat vector; of stacked networks (rows * S,)."""
        return self.links[-1].matrix(flat)[:, -1]


class Network:
    """The shapes of a network, or of `stack` networks S alike, and the parameters, a flat vector that an optimizer may
    own. `scale` is what the inputs are shifted and divided by; without one they are seen as they are.
    """

    def __init__(
        self, spec: NetworkSpec, *, dtype: DTypeLike = np.float32, stack: int = 1, scale: InputScale | None = None
    ) -> None:
        self.spec = spec
        self.stack = stack
        self.scale = scale or unscaled(len(spec.inputs))
        self.loss = loss_named(spec.loss)
        for name in spec.inputs:
            input_named(name)  # refuses unknown ones here, before anything is built on them
        self.shapes = layer_shapes(spec, stack)
        self.num_params = sum(shape.size for shape in self.shapes)
        self.params: Floats = np.zeros(self.num_params, dtype)

    @property
    def num_inputs(self) -> int:
        """D, the number of input features."""
        return len(self.spec.inputs)

    @property
    def num_scores(self) -> int:
        """K, the number of scores."""
        return self.spec.outputs

    @property
    def num_layers(self) -> int:
        """Layers with weights: the hidden ones and the output layer. [CS231n nn-1 #layers]"""
        return len(self.shapes)

    @property
    def num_units(self) -> int:
        """Units of all layers, the inputs not counted."""
        return sum(shape.units for shape in self.shapes)

    @property
    def dtype(self) -> np.dtype:
        """dtype of the parameters."""
        return self.params.dtype

    def weights_mask(self) -> Floats:
        """Return (P,) with 1 at weights and 0 at biases: what regularization may touch."""
        mask = np.ones(self.num_params, self.dtype)
        for shape in self.shapes:
            shape.biases(mask)[...] = 0.0
        return mask

    def layers(self) -> list[LayerWeights]:
        """Return copies of all weights and biases, the output layer last."""
        return [export_layer(shape, self.params) for shape in self.shapes]

    def set_layers(self, layers: Sequence[LayerWeights]) -> None:
        """Overwrite all parameters. Raises InvalidInput naming the field whose shape or content is wrong."""
        _check_count(len(layers), self.num_layers)
        fresh = np.empty_like(self.params)
        for number, (shape, layer) in enumerate(zip(self.shapes, layers, strict=True), start=1):
            import_layer(shape, layer, fresh, number=number)
        self.params[...] = fresh

    def set_entry(self, kind: str, layer: int, index: tuple[int, ...], value: float) -> float:
        """Set one entry of `kind` "weights" (piece, row, column) or "biases" (piece, unit) of layer 1.., output last.

        Return what it was. Raises InvalidInput if there is no such entry or the value is not finite.
        """
        layers = self.layers()
        if not 1 <= layer <= len(layers):
            _refuse("layer", f"must be from 1 to {len(layers)}, the output layer; got {layer}")
        array = getattr(layers[layer - 1], kind)
        array = array if layers[layer - 1].activation == "maxout" else array[None]
        names = ("piece", "row", "column") if kind == "weights" else ("piece", "unit")
        for name, position, length in zip(names, index, array.shape, strict=True):
            if not 0 <= position < length:
                _refuse(name, f"must be from 0 to {length - 1}; got {position}")
        if not abs(value) <= LARGEST:
            _refuse("value", f"must be a finite number; got {value}")
        former = float(array[index])
        array[index] = value
        self.set_layers(layers)
        return former


def layer_shapes(spec: NetworkSpec, stack: int = 1) -> tuple[LayerShape, ...]:
    """Lay the layers out in one flat vector, the output layer last."""
    units = [len(spec.inputs), *(layer.units for layer in spec.hidden), spec.outputs]
    kinds = [(layer.activation, layer.pieces) for layer in spec.hidden] + [("identity", 1)]
    shapes: list[LayerShape] = []
    offset = 0
    for index, sources in enumerate(sources_of_layers(spec)):
        activation, pieces = kinds[index]
        activation_named(activation)
        pieces = pieces if activation == "maxout" else 1
        links: list[Link] = []
        for source in sources:
            last = source == sources[-1]
            links.append(Link(source, units[source], units[index + 1] * pieces, last, offset, stack))
            offset += links[-1].size
        shapes.append(LayerShape(activation, units[index + 1], pieces, tuple(links)))
    return tuple(shapes)


def export_layer(shape: LayerShape, flat: Floats) -> LayerWeights:
    """Copy one layer out of a flat vector, into the callers' orientation."""
    matrix = np.concatenate([link.weights(flat) for link in shape.links], axis=1)
    weights = matrix.reshape(shape.pieces, shape.units, shape.fan_in).transpose(0, 2, 1)
    biases = shape.biases(flat).reshape(shape.pieces, shape.units)
    if shape.activation != "maxout":
        weights, biases = weights[0], biases[0]
    return LayerWeights(shape.activation, weights.copy(order="C"), biases.copy())


def import_layer(shape: LayerShape, layer: LayerWeights, flat: Floats, *, number: int) -> None:
    """Write layer `number`, from 1, into a flat vector. Raises InvalidInput naming the field that does not fit."""
    if layer.activation != shape.activation:
        _refuse_part(number, "activation", f"must be {shape.activation}; got {layer.activation}")
    lead = (shape.pieces,) if shape.activation == "maxout" else ()
    weights = _checked(number, "weights", layer.weights, (*lead, shape.fan_in, shape.units))
    biases = _checked(number, "biases", layer.biases, (*lead, shape.units))
    matrix = weights.reshape(shape.pieces, shape.fan_in, shape.units).swapaxes(1, 2).reshape(shape.rows, shape.fan_in)
    start = 0
    for link in shape.links:
        link.weights(flat)[...] = matrix[:, start : start + link.width]
        start += link.width
    shape.biases(flat)[...] = biases.reshape(shape.rows)


def _checked(number: int, part: str, values: object, shape: tuple[int, ...]) -> NDArray[np.float64]:
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        _refuse_part(number, part, f"must be numbers of shape {shape}; got something else")
    if array.shape != shape:
        _refuse_part(number, part, f"must have the shape {shape}; got {array.shape}")
    if not np.isfinite(array).all() or np.abs(array).max(initial=0.0) > LARGEST:
        _refuse_part(number, part, "must be finite numbers; got one that is not")
    return array


def _check_count(got: int, expected: int) -> None:
    if got != expected:
        _refuse("layers", f"must be {expected} layers, the output layer last; got {got}")


def _refuse_part(number: int, part: str, rule: str) -> NoReturn:
    """Refuse a part of a layer. The sentence counts layers from 1; the field's path is that of a list's item."""
    message = f"{part} of layer {number} {rule}."
    raise InvalidInput(message, errors=(FieldError(f"layers.{number - 1}.{part}", message),))


def _refuse(field: str, rule: str) -> NoReturn:
    message = f"{field} {rule}."
    raise InvalidInput(message, errors=(FieldError(field, message),))
