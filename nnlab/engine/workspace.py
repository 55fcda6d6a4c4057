"""All buffers of a forward and backward pass over N examples, made in one place, once."""

from __future__ import annotations

import numpy as np

from nnlab.engine.activations import LayerBuffers
from nnlab.engine.network import LayerShape, Network
from nnlab.engine.tape import Floats


class Workspace:
    """Buffers for `examples` (N) columns, or S * N for stacked networks. Layer l = 1..L is at index l - 1 of every list, the output layer last.

    outputs[l - 1] is (H + 1, N), what the next layer reads: h with a row of ones below, or h after dropout.
    received[l - 1] is (H + 1, N), dh as the next layer sends it back; its last row, the gradient of the ones, is never read.
    masks[l - 1] is (H, N) where dropout is on, else None.
    """

    def __init__(self, network: Network, examples: int, *, backward: bool = True, drops: tuple[bool, ...] = ()) -> None:
        self.columns = examples * network.stack
        self.dtype = network.dtype
        drops = drops or (False,) * network.num_layers
        self._backward = backward
        self.outputs: list[Floats] = []
        self.received: list[Floats] = []
        self.layers: list[LayerBuffers] = []
        self.masks: list[Floats | None] = []
        most_units = max(shape.units for shape in network.shapes)
        self._scratch = self._empty(most_units)
        self._zeros = np.zeros((most_units, self.columns), self.dtype)
        for shape, drop in zip(network.shapes, drops, strict=True):
            self._add_layer(shape, drop)
        self.link_scratch = self._empty(max(max(shape.rows, shape.fan_in + 1) for shape in network.shapes))

    @property
    def scores(self) -> Floats:
        """(K, N)."""
        return self.layers[-1].h

    @property
    def dscores(self) -> Floats:
        """(K, N)."""
        return self.layers[-1].dh

    @property
    def scratch(self) -> Floats:
        """(K, N), free for the loss."""
        return self.layers[-1].scratch

    def _empty(self, rows: int) -> Floats:
        return np.zeros((rows, self.columns), self.dtype)

    def _add_layer(self, shape: LayerShape, drop: bool) -> None:
        outputs = np.ones((shape.units + 1, self.columns), self.dtype)
        h = self._empty(shape.units) if drop else outputs[: shape.units]
        maxout = shape.activation == "maxout"
        received = self._empty(shape.units + 1) if self._backward else self._scratch
        dh = received[: shape.units]
        self.received.append(received)
        self.outputs.append(outputs)
        self.masks.append(self._empty(shape.units) if drop else None)
        self.layers.append(
            LayerBuffers(
                z=self._empty(shape.rows) if maxout else h,
                h=h,
                dh=dh,
                dz=self._empty(shape.rows) if maxout and self._backward else dh,
                scratch=self._scratch[: shape.units],
                zeros=self._zeros[: shape.units],
            )
        )
