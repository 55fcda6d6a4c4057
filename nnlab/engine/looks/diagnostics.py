"""Diagnostics: what goes on inside each layer, over all training points. Computed on demand, never in the step."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.buffers.memory import Memory
from nnlab.engine.buffers.tape import Floats
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.network.network import LayerShape, Network
from nnlab.engine.step.evaluator import Evaluator
from nnlab.engine.step.gradients import Gradients
from nnlab.engine.step.minibatches import Minibatches
from nnlab.engine.step.program import Program
from nnlab.engine.step.regularization import without_dropout
from nnlab.engine.step.run import Run

SATURATED_BELOW = 0.01  # local gradient


@dataclass(frozen=True, slots=True)
class LayerDiagnostics:
    """One layer over all training points; a figure is None where it has no meaning, so all are without training points.

    dead_fraction: share of units whose local gradient f'(z) is zero on every point. saturated_fraction: share of (unit,
    point) pairs with f'(z) < 0.01. update_ratio: norm(update) / norm(weights) of a step with the full batch from here.
    activation_norm: root of the mean of h^2. gradient_norm: norm of the data loss's gradient by the layer's weights
    over the full batch. sign_agreement: share of units whose weight gradients in the last minibatch had no two signs
    (zig-zag); units without any gradient do not count.
    """

    dead_fraction: float | None = None
    saturated_fraction: float | None = None
    update_ratio: float | None = None
    activation_norm: float | None = None
    gradient_norm: float | None = None
    sign_agreement: float | None = None


class Diagnoser:
    """A shadow of a run that takes a full-batch step, without dropout and noise, on copies of its parameters.

    `input_size` is the greatest root mean square of an input over the training points, 0 without any.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._network = Network(without_dropout(run.network.spec), dtype=run.network.dtype)
        self._memory = Memory(run.memory.names, run.network.num_params, run.network.dtype)
        self._network.params = self._memory.params
        whole_batch = max(1, run.rows.num_training)
        rows = run.rows.training_rows(whole_batch)
        self._batches = Minibatches(rows, run.network.num_inputs, whole_batch, np.random.default_rng(0))
        self._batches.refill()
        self._inputs = rows[: run.network.num_inputs + 1]
        self.input_size = _input_size(self._inputs[:-1])
        self._program = self._compiled()
        self._evaluator = Evaluator(self._network)

    def _compiled(self, known: Gradients | None = None) -> Program:
        self._training = self._run.training
        training = dataclasses.replace(self._training, batch_size=self._batches.batch_size, input_noise=0.0)
        return Program(self._network, self._memory, training, self._batches, known=known)

    def look(self) -> tuple[LayerDiagnostics, ...]:
        """Return the diagnostics of every layer, the output layer last."""
        run = self._run
        if self._training is not run.training:
            self._program = self._compiled(self._program.gradients)
        if not run.can_step:
            return (LayerDiagnostics(),) * run.network.num_layers
        with np.errstate(all="ignore"):
            self._memory.kept[...] = run.memory.kept
            activations = self._evaluator.activations(self._inputs)
            self._program.schedule.step, self._program.schedule.start = run.steps_taken, run.optimizer_start
            self._program.schedule.write()
            self._program.take(0, 1)
            update = self._memory.params - run.memory.params
            layers = zip(self._network.shapes, activations, strict=True)
            return tuple(self._layer(shape, h, update) for shape, h in layers)

    def _layer(self, shape: LayerShape, h: Floats, update: Floats) -> LayerDiagnostics:
        slope = ACTIVATIONS[shape.activation].slope_of(h)
        before = layer_norm(shape, self._run.memory.params)
        return LayerDiagnostics(
            dead_fraction=_share(slope.max(axis=1) == 0.0),
            saturated_fraction=_share(slope < SATURATED_BELOW),
            update_ratio=layer_norm(shape, update) / before if before > 0 else None,
            activation_norm=float(np.sqrt(np.vdot(h, h) / h.size)),
            gradient_norm=layer_norm(shape, self._memory.gradient),
            sign_agreement=_sign_agreement(shape, self._run.memory.gradient),
        )


def layer_norm(shape: LayerShape, flat: Floats) -> float:
    """Return the norm of a layer's weights in a flat vector (P,): in double precision, as squares leave the single."""
    weights = (link.weights(flat).astype(np.float64) for link in shape.links)
    return math.sqrt(sum(float(np.vdot(each, each)) for each in weights))


def _input_size(inputs: Floats) -> float:
    """Return the greatest root mean square of a row of inputs (D, N)."""
    return float(np.sqrt(np.square(inputs, dtype=np.float64).mean(axis=1).max())) if inputs.size else 0.0


def _sign_agreement(shape: LayerShape, gradient: Floats) -> float | None:
    """Return the share of rows of weight gradients with no two signs, zeros apart, of those that are not all zero."""
    rows = np.concatenate([link.weights(gradient) for link in shape.links], axis=1)
    up, down = (rows > 0).any(axis=1), (rows < 0).any(axis=1)
    moved = np.count_nonzero(up | down)
    return np.count_nonzero(up ^ down) / moved if moved else None


def _share(flags: NDArray[np.bool_]) -> float:
    return np.count_nonzero(flags) / flags.size
