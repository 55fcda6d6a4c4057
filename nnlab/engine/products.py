"""The three matrix products of a layer, for one network or for S stacked ones.

One network: plain 2-D products with ndarray.dot, which costs half of np.matmul at these sizes (350 against 760 ns).
S stacked networks: activations are (H, S * N), the examples of one network after those of another, so everything
elementwise treats them as one wide network; weights are (H * S, D). Only here are they told apart: np.matmul over views
(S, H, N). Inputs (D, N) that all networks share make it one 2-D product again.
"""

from __future__ import annotations

import numpy as np

from nnlab.engine.tape import Call, Floats, call


def product(weights: Floats, inputs: Floats, z: Floats, stack: int) -> Call:
    """z <- W @ inputs."""
    if stack == 1:
        return call(weights.dot, inputs, z)
    if _shared(inputs, z, stack):
        return call(weights.dot, inputs, z.reshape(len(weights), -1))
    return call(np.matmul, _by_row(weights, stack), _apart(inputs, stack), _apart(z, stack))


def product_with_transpose(dz: Floats, inputs: Floats, dweights: Floats, stack: int) -> Call:
    """dW <- dz @ inputs^T."""
    if stack == 1:
        return call(dz.dot, inputs.T, dweights)
    if _shared(inputs, dz, stack):
        return call(dz.reshape(len(dweights), -1).dot, inputs.T, dweights)
    return call(np.matmul, _apart(dz, stack), _apart(inputs, stack).swapaxes(1, 2), _by_row(dweights, stack))


def product_of_transpose(weights: Floats, dz: Floats, dinputs: Floats, stack: int) -> Call:
    """dinputs <- W^T @ dz."""
    if stack == 1:
        return call(weights.T.dot, dz, dinputs)
    return call(np.matmul, _by_row(weights, stack).swapaxes(1, 2), _apart(dz, stack), _apart(dinputs, stack))


def _shared(inputs: Floats, z: Floats, stack: int) -> bool:
    return inputs.shape[1] * stack == z.shape[1]


def _apart(wide: Floats, stack: int) -> Floats:
    """(H, S * N) -> view (S, H, N)."""
    return wide.reshape(len(wide), stack, -1).swapaxes(0, 1)


def _by_row(weights: Floats, stack: int) -> Floats:
    """(H * S, D) -> view (S, H, D)."""
    return weights.reshape(-1, stack, weights.shape[1]).swapaxes(0, 1)
