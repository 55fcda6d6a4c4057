"""Gradient check: are the gradients that backpropagation computes those of the loss? As a product function, in float64.

Each parameter is moved by +h and -h and the change of the loss compared with its gradient:

numeric = (loss(w + h) - loss(w - h)) / 2h,   relative error = |numeric - analytic| / max(|numeric|, |analytic|, floor)

[CS231n nn-3 #gradcheck]
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.buffers.memory import Memory
from nnlab.engine.buffers.tape import Floats, replay
from nnlab.engine.menus.optimizers import LINEAR_ROWS
from nnlab.engine.network.network import LayerShape, Network
from nnlab.engine.specs import Examples, TrainingSpec
from nnlab.engine.step.evaluator import Evaluator
from nnlab.engine.step.minibatches import Minibatches
from nnlab.engine.step.program import Program
from nnlab.engine.step.regularization import reg_loss, without_dropout
from nnlab.engine.step.run import ExampleRows
from nnlab.errors import InvalidInput

STEP = 1e-5  # h: balances the formula's error, h^2, against rounding, 1e-16 / h
FLOOR = 1e-5  # times the loss: smaller gradients are compared absolutely, for rounding reaches 1e-11 times the loss
KINK_ABOVE = 1e-3  # difference of the one-sided slopes; curvature alone gives about h
PASS_BELOW = 1e-5  # relative error; a wrong sign or factor is of the order of 1


@dataclass(frozen=True, slots=True)
class WorstParameter:
    """The parameter with the largest relative error: its layer, from 1; row and unit of weights (D, H), or of a bias,
    from 0.
    """

    layer: int
    kind: str
    piece: int
    row: int | None
    unit: int
    analytic: float
    numeric: float
    relative_error: float


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """The outcome: `passed`, how many parameters were checked, how many lie at a kink, and the worst of the others.

    A parameter is at a kink if the two one-sided slopes differ: there the loss has no single gradient to compare with.
    """

    passed: bool
    checked: int
    at_kinks: int
    worst: WorstParameter | None


def check_gradients(
    network: Network,
    training: TrainingSpec,
    examples: Examples,
    *,
    gradient: NDArray[np.float64] | None = None,
    indices: Sequence[int] | None = None,
) -> GradientCheck:
    """Compare the gradient of loss and regularization over all training points with centred differences.

    `gradient` (P,) replaces backpropagation's own, to try whether a mistake in it would be found; `indices` are the
    parameters to check, in place of all. Raises InvalidInput without training points.
    """
    if np.all(examples.held_out):
        raise InvalidInput("The gradient is checked on the training points; add one that is not held out.")
    double = copy_in_double(network)
    analytic = full_gradient(double, training, examples) if gradient is None else gradient
    loss = LossOf(double, training, examples)
    middle = loss.at(double.params)
    floor = FLOOR * max(1.0, abs(middle))
    worst: int | None = None
    worst_error, at_kinks = 0.0, 0
    numeric = np.empty_like(double.params)
    checked = range(double.num_params) if indices is None else indices
    for index in checked:
        ahead, behind = loss.moved(index, STEP), loss.moved(index, -STEP)
        numeric[index] = (ahead - behind) / (2.0 * STEP)
        error = relative_error(float(numeric[index]), float(analytic[index]), floor)
        slopes = (ahead - middle) / STEP, (middle - behind) / STEP
        if error >= PASS_BELOW and explained_by_kink(*slopes, float(analytic[index]), floor):
            at_kinks += 1
        elif worst is None or error > worst_error:
            worst, worst_error = index, error
    found = (
        None if worst is None else describe(double, worst, float(analytic[worst]), float(numeric[worst]), worst_error)
    )
    return GradientCheck(worst_error < PASS_BELOW, len(checked), at_kinks, found)


def relative_error(numeric: float, analytic: float, floor: float) -> float:
    """|numeric - analytic| / max(|numeric|, |analytic|, floor)."""
    return abs(numeric - analytic) / max(abs(numeric), abs(analytic), floor)


def explained_by_kink(ahead: float, behind: float, analytic: float, floor: float) -> bool:
    """Tell whether the slopes of the two sides differ by more than the gradient is away from their middle.

    Where many examples lie at kinks, some are active ahead and others behind, and the gradient counts none: if the
    slopes differ by more than curvature makes them, it may be as far from the middle as they are large.
    """
    distance = abs(0.5 * (ahead + behind) - analytic)
    is_kink = relative_error(ahead, behind, floor) > KINK_ABOVE
    return distance < abs(ahead - behind) or (is_kink and distance <= abs(ahead) + abs(behind))


def copy_in_double(network: Network) -> Network:
    """Return the network in float64."""
    double = Network(network.spec, dtype=np.float64, scale=network.scale)
    double.params[...] = network.params
    return double


def full_gradient(network: Network, training: TrainingSpec, examples: Examples) -> NDArray[np.float64]:
    """Return backpropagation's gradient (P,) of the loss over all training points, regularization included."""
    rows = ExampleRows(network, examples)
    plain = dataclasses.replace(training, optimizer="sgd", batch_size=rows.num_training, input_noise=0.0)
    memory = Memory(LINEAR_ROWS, network.num_params, np.float64)
    memory.params[...] = network.params
    undrawn = np.random.default_rng(0)  # a full batch draws nothing
    batches = Minibatches(rows.training_rows(plain.batch_size), network.num_inputs, plain.batch_size, undrawn)
    batches.refill()
    working = Network(without_dropout(network.spec), dtype=np.float64)
    working.params = memory.params
    program = Program(working, memory, plain, batches)
    replay(program.gradients.tapes[0] + program.penalty_tape)
    return np.asarray(memory.gradient + memory.penalty, np.float64)


class LossOf:
    """The loss over all training points as a function of one parameter at a time."""

    def __init__(self, network: Network, training: TrainingSpec, examples: Examples) -> None:
        self._network, self._training = network, training
        rows = ExampleRows(network, examples)
        self._inputs = rows.inputs[:, : rows.num_training]
        self._targets = rows.targets[: rows.num_training]
        self._evaluator = Evaluator(network)

    def at(self, params: Floats) -> float:
        """Return the loss with these parameters (P,)."""
        self._network.params[...] = params
        data = self._network.loss.values(self._evaluator.scores(self._inputs).astype(np.float64), self._targets)
        return float(data.mean()) + reg_loss(self._network, self._training)

    def moved(self, index: int, step: float) -> float:
        """Return the loss with one parameter moved by `step`, and put it back."""
        params = self._network.params
        kept = params[index]
        params[index] = kept + step
        loss = self.at(params)
        params[index] = kept
        return loss


def describe(network: Network, index: int, analytic: float, numeric: float, error: float) -> WorstParameter:
    """Say which parameter of the flat vector stands at `index`."""
    layer, shape = next(
        (number, shape) for number, shape in enumerate(network.shapes, start=1)
        if shape.links[0].offset <= index < shape.links[0].offset + shape.size
    )  # fmt: skip
    piece, unit, row = _place(shape, index)
    kind = "weight" if row is not None else "bias"
    return WorstParameter(layer, kind, piece, row, unit, analytic, numeric, error)


def _place(shape: LayerShape, index: int) -> tuple[int, int, int | None]:
    """Return piece, unit and row of weights (D, H), the row None for a bias."""
    first_row = 0
    for link in shape.links:
        if index < link.offset + link.size:
            break
        first_row += link.width
    matrix_row, column = divmod(index - link.offset, link.width + link.has_biases)
    piece, unit = divmod(matrix_row, shape.units)
    return piece, unit, None if column == link.width else first_row + column
