"""Forward and backward passes of a network, as tapes over a workspace.

    forward   z = W @ [h_before; 1],  h = f(z)           layer by layer
    loss      dscores                                    (losses.py)
    backward  dz = dh * f'(z),  dW = dz @ [h_before; 1]^T,  dh_before = W^T @ dz

[CS231n nn-1 #feedforward; optimization-2]
"""

from __future__ import annotations

import numpy as np

from nnlab.engine.buffers.tape import Floats, Tape, call
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.network.network import Link, Network
from nnlab.engine.step.products import product, product_of_transpose, product_with_transpose
from nnlab.engine.step.workspace import Workspace


def forward(network: Network, work: Workspace, inputs: Floats) -> Tape:
    """work.scores <- the network's scores of inputs (D + 1, N), whose last row is ones."""
    outputs = [inputs, *work.outputs]
    tape: Tape = []
    for index, shape in enumerate(network.shapes):
        layer = work.layers[index]
        *skips, main = shape.links
        tape.append(product(main.matrix(network.params), outputs[main.source], layer.z, network.stack))
        for link in skips:
            part = work.link_scratch[: shape.rows]
            tape.append(product(link.matrix(network.params), outputs[link.source][:-1], part, network.stack))
            tape.append(call(np.add, layer.z, part, layer.z))
        tape += ACTIVATIONS[shape.activation].forward(layer)
        tape += _drop(work, index)
    return tape


def backward(network: Network, work: Workspace, inputs: Floats, gradient: Floats) -> Tape:
    """gradient (P,) <- the loss's gradient, given work.dscores and the activations of the last forward pass."""
    outputs = [inputs, *work.outputs]
    tape: Tape = []
    received: set[int] = set()  # layers whose dh already holds the gradient from a later layer
    for index in reversed(range(network.num_layers)):
        shape, layer = network.shapes[index], work.layers[index]
        mask = work.masks[index]
        if mask is not None:
            tape.append(call(np.multiply, layer.dh, mask, layer.dh))
        if index in work.runs:
            tape += ACTIVATIONS[shape.activation].slopes(work.runs[index])
        tape += ACTIVATIONS[shape.activation].backward(layer)
        for link in shape.links:
            source = outputs[link.source] if link.has_biases else outputs[link.source][:-1]
            tape += product_with_transpose(layer.dz, source, link.matrix(gradient), network.stack)
            if link.source > 0:
                tape += _send_back(network, work, link, layer.dz, first=link.source not in received)
                received.add(link.source)
    return tape


def _drop(work: Workspace, index: int) -> Tape:
    mask = work.masks[index]
    if mask is None:
        return []
    return [call(np.multiply, work.layers[index].h, mask, work.outputs[index][:-1])]


def _send_back(network: Network, work: Workspace, link: Link, dz: Floats, *, first: bool) -> Tape:
    """dh of the link's source <- W^T @ dz, or += where a later layer has sent its part already.

    W with its column of biases, so the product gives one row too many, but from contiguous arrays: cutting the column
    off first costs a copy (0.60 against 0.32 us at (6, 10)).
    """
    weights = link.matrix(network.params)
    dh = work.received[link.source - 1][: weights.shape[1]]
    if first:
        return [product_of_transpose(weights, dz, dh, network.stack)]
    part = work.link_scratch[: weights.shape[1]]
    return [product_of_transpose(weights, dz, part, network.stack), call(np.add, dh, part, dh)]
