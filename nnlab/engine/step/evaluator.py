"""Scores of many points at once, without dropout or noise: for losses, predictions and decision regions."""

from __future__ import annotations

import numpy as np

from nnlab.engine.buffers.cache_lines import lined_up
from nnlab.engine.buffers.tape import Floats, Tape, replay
from nnlab.engine.menus.features import input_rows
from nnlab.engine.network.network import Network
from nnlab.engine.step.passes import forward
from nnlab.engine.step.products import best_block
from nnlab.engine.step.workspace import Workspace

# What the buffers of one block may take, so that they stay in a core's second-level cache: a 100 x 100 picture of
# 2-20-20-2 takes 202 us with 128 KB, 164 us with 384 KB.
CACHE_BYTES = 384 * 1024
WHOLE = 32  # columns; blocks of a multiple of it fit the widest vectors


class Evaluator:
    """Runs a network, or S stacked ones, forward in blocks of columns; buffers are made once for a number of points."""

    def __init__(self, network: Network, num_points: int) -> None:
        self._num_points = num_points
        rows = 1 + network.num_inputs + sum(shape.rows + shape.units for shape in network.shapes)
        self._stack = network.stack
        block = best_block(network, CACHE_BYTES // (rows * network.stack * network.dtype.itemsize))
        self.block = min(num_points, max(WHOLE, block // WHOLE * WHOLE))
        self.work = Workspace(network, self.block, backward=False)
        self._inputs = lined_up((network.num_inputs + 1, self.block), network.dtype, 1.0)
        self._tape: Tape = forward(network, self.work, self._inputs)

    def starts(self) -> list[int]:
        """Return the first column of each block. The last block overlaps the one before: all have the same size."""
        if self._num_points == 0:
            return []
        return [*range(0, self._num_points - self.block, self.block), self._num_points - self.block]

    def run_block(self, inputs: Floats, start: int) -> Floats:
        """Run columns [start, start + block) of inputs (D + 1, N); return the scores (K, S * block) in a buffer."""
        self._inputs[...] = inputs[:, start : start + self.block]
        replay(self._tape)
        return self.work.scores

    def scores(self, inputs: Floats) -> Floats:
        """Return the scores (K, N) of inputs (D + 1, N), whose last row is ones."""
        scores = np.empty((len(self.work.scores), self._num_points), self.work.dtype)
        with np.errstate(all="ignore"):
            for start in self.starts():
                scores[:, start : start + self.block] = self.run_block(inputs, start)
        return scores

    def stacked_scores(self, inputs: Floats) -> Floats:
        """Return the scores (K, S, N) of each of S stacked networks, of inputs (D + 1, N) that all of them see."""
        num_scores = len(self.work.scores)
        scores = np.empty((num_scores, self._stack, self._num_points), self.work.dtype)
        with np.errstate(all="ignore"):
            for start in self.starts():
                block = self.run_block(inputs, start).reshape(num_scores, self._stack, self.block)
                scores[:, :, start : start + self.block] = block
        return scores

    def activation(self, inputs: Floats, layer: int, units: tuple[int, ...]) -> Floats:
        """Return h (len(units), N) of units of a layer, 1-based, the output layer last."""
        result = np.empty((len(units), self._num_points), self.work.dtype)
        h = self.work.layers[layer - 1].h
        with np.errstate(all="ignore"):
            for start in self.starts():
                self.run_block(inputs, start)
                for row, unit in zip(result, units, strict=True):
                    row[start : start + self.block] = h[unit]
        return result

    def activations(self, inputs: Floats) -> list[Floats]:
        """Return h (H, N) of every layer, the scores last."""
        results = [np.empty((len(layer.h), self._num_points), self.work.dtype) for layer in self.work.layers]
        with np.errstate(all="ignore"):
            for start in self.starts():
                self.run_block(inputs, start)
                for result, layer in zip(results, self.work.layers, strict=True):
                    result[:, start : start + self.block] = layer.h
        return results


def network_inputs(network: Network, coordinates: np.ndarray) -> Floats:
    """Return the network's input rows (D + 1, N) for coordinates (N, 2): its features, scaled, in its dtype."""
    with np.errstate(all="ignore"):
        features = input_rows(network.spec.inputs, np.asarray(coordinates, np.float64))
        return network.scale.apply(features).astype(network.dtype)
