"""All buffers of a forward and backward pass over N examples, made in one place, once."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from nnlab.engine.buffers.cache_lines import lined_up, round_up, rows_to_a_line
from nnlab.engine.buffers.tape import Floats
from nnlab.engine.menus.activations import ACTIVATIONS, LayerBuffers, SlopeBuffers
from nnlab.engine.network.network import LayerShape, Network

# Neighbouring layers up to this size get their slopes from one call, which saves 0.4 us of 7 at 2-6-2-2; larger ones
# would leave the first-level cache. In a layer larger still, slopes take the place of h, which has been used by then:
# less memory to go through, 160 instead of 178 us for 100 networks of 2-20-2.
MERGE_BYTES = 64 * 1024


class Workspace:
    """Buffers for `examples` (N) columns, or S * N for stacked networks.

    Layer l = 1..L is at index l - 1 of every list, the output layer last. outputs: (H + 1, N), what the next layer
    reads, h with a row of ones below, or h after dropout. received: (H + 1, N), dh as the next layer sends it back,
    with a last row, the gradient of the ones, that is never read. masks: (H, N) where dropout is on, else None. runs:
    by the index of its last layer, the slope buffers of each run of neighbouring layers with one activation.
    """

    def __init__(self, network: Network, examples: int, *, backward: bool = True, drops: tuple[bool, ...] = ()) -> None:
        self.columns = examples * network.stack
        self.dtype = network.dtype
        self._backward = backward
        drops = drops or (False,) * network.num_layers
        shapes = network.shapes
        line = rows_to_a_line(self.columns, self.dtype)
        *starts, total = accumulate((round_up(shape.units + 1, line) for shape in shapes), initial=0)
        self._rows = [slice(start, start + shape.units + 1) for start, shape in zip(starts, shapes, strict=True)]
        self._outputs = self._empty(total)
        self._outputs[...] = 1.0
        rows = total if backward else max(shape.units + 1 for shape in shapes)  # forward needs one layer's at a time
        self._slopes, self._zeros = self._empty(rows), self._empty(rows)
        self.outputs = [self._outputs[rows] for rows in self._rows]
        self.received = [self._empty(shape.units + 1) if backward else self._slopes for shape in shapes]
        self.masks = [self._empty(shape.units) if drop else None for shape, drop in zip(shapes, drops, strict=True)]
        self.layers = [self._layer(index, shape) for index, shape in enumerate(shapes)]
        self.runs = self._find_runs(shapes) if backward else {}
        skips = any(len(shape.links) > 1 for shape in shapes)
        self.link_scratch = self._empty(max(max(shape.rows, shape.fan_in + 1) for shape in shapes) if skips else 0)

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
        return self.layers[-1].slope

    def _empty(self, rows: int) -> Floats:
        return lined_up((rows, self.columns), self.dtype)

    def _layer(self, index: int, shape: LayerShape) -> LayerBuffers:
        units, maxout = shape.units, shape.activation == "maxout"
        h = self.outputs[index][:units] if self.masks[index] is None else self._empty(units)
        dh = self.received[index][:units]
        slopes = self._slopes[self._rows[index]] if self._backward else self._slopes
        return LayerBuffers(
            z=self._empty(shape.rows) if maxout else h,
            h=h,
            dh=dh,
            dz=self._empty(shape.rows) if maxout and self._backward else dh,
            slope=slopes[:units],
            zeros=self._zeros[:units],
        )

    def _find_runs(self, shapes: tuple[LayerShape, ...]) -> dict[int, SlopeBuffers]:
        """Group neighbouring hidden layers of one activation as far as they are small and their h lie together."""
        runs: dict[int, SlopeBuffers] = {}
        first = 0
        for index in range(len(shapes) - 1):
            if index + 1 < len(shapes) - 1 and self._merges(shapes, first, index + 1):
                continue
            if first == index:
                layer = self.layers[index]
                if ACTIVATIONS[shapes[index].activation].in_place and layer.h.nbytes > MERGE_BYTES:
                    layer = self.layers[index] = replace(layer, slope=layer.h)
                runs[index] = SlopeBuffers(layer.h, layer.slope, layer.zeros)
            else:
                rows = slice(self._rows[first].start, self._rows[index].stop - 1)
                count = rows.stop - rows.start
                runs[index] = SlopeBuffers(self._outputs[rows], self._slopes[rows], self._zeros[:count])
            first = index + 1
        return runs

    def _merges(self, shapes: tuple[LayerShape, ...], first: int, last: int) -> bool:
        alike = all(shape.activation == shapes[first].activation for shape in shapes[first : last + 1])
        whole = all(mask is None for mask in self.masks[first : last + 1])
        rows = self._rows[last].stop - self._rows[first].start
        return alike and whole and rows * self.columns * self.dtype.itemsize <= MERGE_BYTES
