"""The three matrix products of a layer, for one network or for S stacked ones.

One network: plain 2-D products with ndarray.dot, which costs half of np.matmul at these sizes (350 against 760 ns).
S stacked networks: activations are (H, S * N), the examples of one network after those of another, so everything
elementwise treats them as one wide network; weights are (H * S, D). Only here are they told apart: np.matmul over views
(S, H, N). Inputs (D, N) that all networks share make it one 2-D product again.
"""

from __future__ import annotations

import numpy as np

from nnlab.engine.buffers.cache_lines import lined_up
from nnlab.engine.buffers.tape import Call, Floats, Tape, assign, call
from nnlab.engine.network.network import Network

# OpenBLAS multiplies matrices with rows * columns * depth up to this without packing them first: 6.6 us for two halves
# of 150 examples against 14.6 us for 300 at 64 units. Its kernel for dz @ inputs^T is slow there (11.0 us, or 2.6 to
# turn the inputs and 6.1 us), so the inputs are turned, unless the product is tiny.
SMALL_PRODUCT = 1_000_000
TURN_ABOVE = 250_000
SMALLEST_BLOCK = 75  # examples; below, cutting a minibatch up costs more than it gains


def product(weights: Floats, inputs: Floats, z: Floats, stack: int) -> Call:
    """z <- W @ inputs."""
    if stack == 1:
        return call(weights.dot, inputs, z)
    if _shared(inputs, z, stack):
        return call(weights.dot, inputs, z.reshape(len(weights), -1))
    return call(np.matmul, _by_row(weights, stack), _apart(inputs, stack), _apart(z, stack))


def product_with_transpose(dz: Floats, inputs: Floats, dweights: Floats, stack: int) -> Tape:
    """dW <- dz @ inputs^T. In the range where it pays, with the inputs turned first."""
    if not _shared(inputs, dz, stack):
        return [call(np.matmul, _apart(dz, stack), _apart(inputs, stack).swapaxes(1, 2), _by_row(dweights, stack))]
    flat = dz.reshape(len(dweights), -1)
    if not TURN_ABOVE < dz.size * len(inputs) <= SMALL_PRODUCT:
        return [call(flat.dot, inputs.T, dweights)]
    turned = lined_up(inputs.shape[::-1], inputs.dtype)
    return [assign(turned, inputs.T), call(flat.dot, turned, dweights)]


def product_of_transpose(weights: Floats, dz: Floats, dinputs: Floats, stack: int) -> Call:
    """dinputs <- W^T @ dz."""
    if stack == 1:
        return call(weights.T.dot, dz, dinputs)
    return call(np.matmul, _by_row(weights, stack).swapaxes(1, 2), _apart(dz, stack), _apart(dinputs, stack))


def best_block(network: Network, most: int) -> int:
    """Return how many examples, `most` at most, a pass should take at once, to keep the largest product small."""
    largest = max(link.rows * (link.width + 1) for shape in network.shapes for link in shape.links)
    block = min(most, SMALL_PRODUCT // largest)
    return block if block >= SMALLEST_BLOCK else most


def _shared(inputs: Floats, z: Floats, stack: int) -> bool:
    return inputs.shape[1] * stack == z.shape[1]


def _apart(wide: Floats, stack: int) -> Floats:
    """(H, S * N) -> view (S, H, N)."""
    return wide.reshape(len(wide), stack, -1).swapaxes(0, 1)


def _by_row(weights: Floats, stack: int) -> Floats:
    """(H * S, D) -> view (S, H, D)."""
    return weights.reshape(-1, stack, weights.shape[1]).swapaxes(0, 1)
