"""What one update saw and did, found afterwards: nothing is added to the step itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.buffers.tape import Floats
from nnlab.engine.looks.diagnostics import layer_norm
from nnlab.engine.network.network import LayerShape, Network
from nnlab.engine.step.evaluator import Evaluator
from nnlab.engine.step.regularization import reg_loss
from nnlab.engine.step.run import Run


@dataclass(frozen=True, slots=True)
class LayerObservation:
    """One layer in one update. activation_norm: root of the mean of h^2 over the minibatch, before the update.

    gradient_norm: norm of the gradient of the data loss by the layer's weights. update_ratio: norm(update) /
    norm(weights), None when all weights were zero.
    """

    activation_norm: float
    gradient_norm: float
    update_ratio: float | None


@dataclass(frozen=True, slots=True)
class Observation:
    """Update number `step` (from 0): its minibatch as positions in the examples, its losses, and each layer.

    Losses and activations are the whole network's, without dropout and noise, as in every report; the gradient is the
    one that the update used.
    """

    step: int
    examples: NDArray[np.intp]
    data_loss: float
    reg_loss: float
    layers: tuple[LayerObservation, ...]


def observe(run: Run, before: Floats) -> Observation:
    """Return what the last step of `run` saw and did; `before` (P,) are the parameters it began with."""
    training_points = np.flatnonzero(~run.examples.held_out)
    chosen = run.batches.indices(run.last_slot)
    network = Network(run.network.spec, dtype=run.network.dtype)
    network.params = before
    activations = Evaluator(network).activations(run.rows.inputs[:, chosen])
    scores = activations[-1].astype(np.float64)
    with np.errstate(all="ignore"):  # as in every report, numbers may leave their range
        data_loss = float(network.loss.values(scores, run.rows.targets[chosen]).mean())
        layers = zip(network.shapes, activations, strict=True)
        return Observation(
            step=run.steps_taken - 1,
            examples=training_points[chosen],
            data_loss=data_loss,
            reg_loss=reg_loss(network, run.training),
            layers=tuple(_observe_layer(run, shape, h, before) for shape, h in layers),
        )


def _observe_layer(run: Run, shape: LayerShape, h: Floats, before: Floats) -> LayerObservation:
    weights = layer_norm(shape, before)
    return LayerObservation(
        activation_norm=float(np.sqrt(np.mean(h * h))),
        gradient_norm=layer_norm(shape, run.memory.gradient),
        update_ratio=layer_norm(shape, run.memory.params - before) / weights if weights > 0 else None,
    )
