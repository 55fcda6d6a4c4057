"""Regularization: the gradients of the l2 and l1 losses, the max_norm constraint, and dropout's masks.

    reg_loss = 1/2 l2 sum(W^2) + l1 sum(|W|)      weights only, against the mean data loss

[CS231n nn-2 #reg]
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.buffers.cache_lines import lined_up_like
from nnlab.engine.buffers.memory import Memory
from nnlab.engine.buffers.tape import Floats, Rate, Tape, assign, call, constant, maximum
from nnlab.engine.menus.optimizers import Penalty
from nnlab.engine.network.network import LayerShape, Network
from nnlab.engine.specs import NetworkSpec, TrainingSpec
from nnlab.engine.step.workspace import Workspace


def reg_loss(network: Network, training: TrainingSpec) -> float:
    """Return 1/2 l2 sum(W^2) + l1 sum(|W|) over the weights, summed in float64."""
    if not (training.l2 or training.l1):
        return 0.0
    weights = _all_weights(network)
    return float(0.5 * training.l2 * weights.dot(weights) + training.l1 * np.abs(weights).sum())


def weight_norm(network: Network) -> float:
    """Return sqrt(sum(W^2)) over the weights of all layers, biases left out, summed in float64."""
    weights = _all_weights(network)
    return float(np.sqrt(weights.dot(weights)))


def _all_weights(network: Network) -> NDArray[np.float64]:
    """Return (P,) in float64, 0 in place of each bias."""
    return network.params.astype(np.float64) * network.weights_mask()


def penalize(network: Network, memory: Memory, *, l2: Rate, l1: Rate) -> Penalty:
    """penalty <- l2 * W + l1 * sign(W), and 0 for the biases. l2 and l1 are numbers or (P,)."""
    mask = network.weights_mask()
    part, l2_each, l1_each = (lined_up_like(mask) for _ in range(3))
    l2_each[...], l1_each[...] = mask * l2, mask * l1
    tape: Tape = []
    if np.any(l2):
        tape.append(call(np.multiply, memory.params, l2_each, memory.penalty))
    if np.any(l1):
        tape.append(call(np.sign, memory.params, part))
        last = call(np.add, memory.penalty, part, memory.penalty) if tape[1:] else assign(memory.penalty, part)
        tape.append(call(np.multiply, part, l1_each, part))
        tape.append(last)
    return Penalty(tape, l2_each if np.any(l2) and not np.any(l1) else None)


def constrain(network: Network, max_norm: float | None) -> Tape:
    """W <- W * max_norm / max(norm, max_norm), norm of each unit's incoming weights.  [Srivastava et al. 2014]

    A norm beyond the range of numbers becomes NaN, so that training diverges instead of going on with weights of 0.
    """
    if max_norm is None:
        return []
    tape: Tape = []
    for shape in network.shapes:
        tape += _constrain_layer(shape, network.params, max_norm)
    return tape


def _constrain_layer(shape: LayerShape, params: Floats, max_norm: float) -> Tape:
    limit = constant(max_norm, params.dtype)
    norms, part = np.empty((2, len(shape.biases(params)), 1), params.dtype)
    tape: Tape = []
    for link in shape.links:
        weights = link.weights(params)
        squares = np.empty(weights.shape, params.dtype)
        ones = np.ones((link.width, 1), params.dtype)
        first = link is shape.links[0]
        tape.append(call(np.square, weights, squares))
        tape.append(call(squares.dot, ones, norms if first else part))
        tape += [] if first else [call(np.add, norms, part, norms)]
    tape.append(call(np.sqrt, norms, norms))
    tape.append(call(np.subtract, norms, norms, part))  # 0, or NaN
    tape.append(call(np.add, norms, part, norms))
    tape.append(maximum(norms, limit, norms))
    tape.append(call(np.divide, limit, norms, norms))
    return tape + [call(np.multiply, link.weights(params), norms, link.weights(params)) for link in shape.links]


def keep_probabilities(network: Network, training: TrainingSpec) -> tuple[float, ...]:
    """Return each layer's probability of keeping a unit; 1 for the output layer, whose scores are never dropped."""
    hidden = network.spec.hidden
    return (*(training.keep_prob if layer.keep_prob is None else layer.keep_prob for layer in hidden), 1.0)


def without_dropout(spec: NetworkSpec) -> NetworkSpec:
    """Return the same network with every unit kept, whatever the training says."""
    return replace(spec, hidden=tuple(replace(layer, keep_prob=1.0) for layer in spec.hidden))


def draw_masks(work: Workspace, keep: tuple[float, ...], generator: np.random.Generator) -> Tape:
    """mask <- 1 / keep_prob with that probability, else 0: inverted dropout, so nothing needs scaling later.

    [Srivastava et al. 2014; CS231n nn-2 #reg]
    """
    tape: Tape = []
    for mask, keep_prob in zip(work.masks, keep, strict=True):
        if mask is None:
            continue
        limits = np.full_like(mask, keep_prob)
        scale = constant(1.0 / keep_prob, mask.dtype)
        tape.append(call(generator.random, None, mask.dtype, mask))
        tape.append(call(np.less, mask, limits, mask))
        tape.append(call(np.multiply, mask, scale, mask))
    return tape
