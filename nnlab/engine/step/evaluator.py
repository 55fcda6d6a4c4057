"""Scores of many points at once, without dropout or noise: for losses, predictions and decision regions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from copy import copy
from weakref import WeakValueDictionary

import numpy as np

from nnlab.engine.buffers.cache_lines import lined_up, lined_up_like, round_up
from nnlab.engine.buffers.tape import Floats, Tape, replay
from nnlab.engine.menus.features import input_rows
from nnlab.engine.network.network import Network
from nnlab.engine.step.passes import forward
from nnlab.engine.step.products import best_block
from nnlab.engine.step.workspace import Workspace

# What the buffers of one block may take, so that they stay in a core's second-level cache: a 100 x 100 picture of
# 2-20-20-2 takes 202 us with 128 KB, 164 us with 384 KB and no less with more, but 40 x 40 is one block with 640 KB,
# which takes an eighth less than two.
CACHE_BYTES = 640 * 1024
BLOCKS_KEPT = 6  # the examples, the points, the grids of frames, unit maps and warp; each takes up to 0.8 MB
WHOLE = 32  # columns; blocks of a multiple of it fit the widest vectors


class Evaluator:
    """Runs a network, or S stacked ones, forward on any points; what the numbers of points asked last need is kept.

    It follows changes in the network's parameters, as long as they stay in the same array.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self._blocks: dict[int, Blocks] = {}

    def blocks(self, num_points: int) -> Blocks:
        """Return the blocks for that many points."""
        if num_points not in self._blocks:
            if len(self._blocks) >= BLOCKS_KEPT:
                self._blocks.clear()
            self._blocks[num_points] = SHARED.of(self.network, num_points)
        return self._blocks[num_points]

    def scores(self, inputs: Floats) -> Floats:
        """Return the scores (K, N) of inputs (D + 1, N), whose last row is ones."""
        return self.stacked_scores(inputs)[:, 0]

    def stacked_scores(self, inputs: Floats) -> Floats:
        """Return the scores (K, S, N) of each of S stacked networks, of inputs (D + 1, N) that all of them see."""
        blocks, stacked = self.blocks(inputs.shape[1]), (self.network.num_scores, self.network.stack)
        scores = np.empty((*stacked, inputs.shape[1]), self.network.dtype)
        work = blocks.work.scores.reshape(*stacked, blocks.size)
        with np.errstate(all="ignore"):
            for columns in blocks.run(self.network.params, inputs):
                scores[:, :, columns] = work
        return scores

    def activation(self, inputs: Floats, layer: int, units: tuple[int, ...]) -> Floats:
        """Return h (len(units), N) of units of a layer, which count from 1, the output layer last."""
        blocks = self.blocks(inputs.shape[1])
        result = np.empty((len(units), inputs.shape[1]), self.network.dtype)
        h = blocks.work.layers[layer - 1].h
        with np.errstate(all="ignore"):
            for columns in blocks.run(self.network.params, inputs):
                for row, unit in zip(result, units, strict=True):
                    row[columns] = h[unit]
        return result

    def activations(self, inputs: Floats) -> list[Floats]:
        """Return h (H, N) of every layer, the scores last."""
        blocks = self.blocks(inputs.shape[1])
        results = [np.empty((len(layer.h), inputs.shape[1]), self.network.dtype) for layer in blocks.work.layers]
        with np.errstate(all="ignore"):
            for columns in blocks.run(self.network.params, inputs):
                for result, layer in zip(results, blocks.work.layers, strict=True):
                    result[:, columns] = layer.h
        return results


class Blocks:
    """The forward pass of all networks of one form over N points, in blocks of `size` columns; `work` holds one block's
    activations until the next pass of any of them.
    """

    def __init__(self, network: Network, num_points: int) -> None:
        self._num_points = num_points
        rows = 1 + network.num_inputs + sum(shape.rows + shape.units for shape in network.shapes)
        block = best_block(network, CACHE_BYTES // (rows * network.stack * network.dtype.itemsize))
        most = max(WHOLE, block // WHOLE * WHOLE)
        parts = max(1, -(-num_points // most))  # of equal size, or the last one would do much again
        self.size = min(num_points, round_up(-(-num_points // parts), WHOLE))
        self._network = copy(network)
        self._network.params = lined_up_like(network.params)
        self._inputs = lined_up((network.num_inputs + 1, self.size), network.dtype, 1.0)
        self.work = Workspace(network, self.size, backward=False)
        self._tape: Tape = forward(self._network, self.work, self._inputs)

    def run(self, params: Floats, inputs: Floats) -> Iterator[slice]:
        """Run inputs (D + 1, N) forward through the network with these parameters block by block; yield the columns
        whose activations `work` holds then. NumPy warns of overflows unless the caller has it ignore them.
        """
        self._network.params[...] = params
        for start in self._starts():
            columns = slice(start, start + self.size)
            self._inputs[...] = inputs[:, columns]
            replay(self._tape)
            yield columns

    def _starts(self) -> list[int]:
        """The first column of each block. The last block overlaps the one before: all have the same size."""
        if self._num_points == 0:
            return []
        return [*range(0, self._num_points - self.size, self.size), self._num_points - self.size]


class SharedBlocks(threading.local):
    """The blocks of all networks of one form in a thread.

    Calls and buffers stay in the processor's cache while one network after another is looked at, and are a third of a
    megabyte.
    """

    def __init__(self) -> None:
        self._known: WeakValueDictionary[object, Blocks] = WeakValueDictionary()

    def of(self, network: Network, num_points: int) -> Blocks:
        """The blocks for so many points; making them costs as much as a small network's whole look."""
        form = (network.shapes, network.num_inputs, network.stack, network.dtype, num_points)
        found = self._known.get(form)
        if found is None:
            found = self._known[form] = Blocks(network, num_points)
        return found


SHARED = SharedBlocks()


def network_inputs(network: Network, coordinates: np.ndarray) -> Floats:
    """Return the network's input rows (D + 1, N) for coordinates (N, 2): its features, scaled, in its dtype."""
    with np.errstate(all="ignore"):
        features = input_rows(network.spec.inputs, np.asarray(coordinates, np.float64))
        return network.scale.apply(features).astype(network.dtype)
