"""The loss functions: the gradient of the mean loss with respect to the scores, for the step; values, for reports.

The step needs only gradients, so those are tapes. `encode` writes each label once as the rows of numbers the gradient's
formula wants, with the 1/N of the mean already in it where that saves a call. Values and probabilities are computed now
and then, plainly, in float64.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.buffers.tape import Floats, Tape, call, constant, maximum
from nnlab.errors import InvalidInput

Float64s = NDArray[np.float64]
FITTING = ("curve_fitting", "surface_fitting")


@dataclass(frozen=True, slots=True)
class LossBuffers:
    """The arrays of the loss: scores, dscores, scratch (K, n); targets (T, n) as encoded (the step may write into the
    row that encode left for it); examples N of the minibatch.

    n may be a part of the minibatch, the mean is over all N.
    """

    scores: Floats
    dscores: Floats
    scratch: Floats
    targets: Floats
    examples: int

    @property
    def dtype(self) -> np.dtype:
        """dtype of all of them."""
        return self.scores.dtype


@dataclass(frozen=True, slots=True)
class Loss:
    """An entry of the menu. `formula` is LaTeX: the loss L_i of one example. `python` is the body of a function of
    scores (N, K) and targets (N,) that returns (N,) losses, for a script that has NumPy as np; `onnx` the operator from
    scores to probabilities.

    encode(targets (N,), K, examples) -> (T, N); gradient(buffers) -> tape; values(scores (K, N), targets (N,)) -> (N,);
    probabilities(scores (K, N)) -> (classes, N), None for fitting.
    """

    label: str
    help: str
    formula: str
    python: str
    onnx: str | None
    tasks: tuple[str, ...]
    one_score: bool
    encode: Callable[[Float64s, int, int], Float64s]
    gradient: Callable[[LossBuffers], Tape]
    values: Callable[[Float64s, Float64s], Float64s]
    probabilities: Callable[[Float64s], Float64s] | None


def one_hot(labels: Float64s, classes: int) -> Float64s:
    """Return (K, N) with 1 in the row of each example's label."""
    return (np.arange(classes)[:, None] == labels).astype(np.float64)


def plus_minus(labels: Float64s) -> Float64s:
    """Return (1, N): -1 for label 0, +1 for label 1."""
    return (2.0 * labels - 1.0)[None, :]


# softmax


def softmax_encode(labels: Float64s, classes: int, examples: int) -> Float64s:
    """Return one-hot / N; for two classes a row for the step to write into, and +-1 below it."""
    if classes > 2:
        return one_hot(labels, classes) / examples
    return np.concatenate([np.zeros((1, len(labels))), plus_minus(labels)])


def softmax_gradient(loss: LossBuffers) -> Tape:
    """dscores <- (softmax(scores) - one_hot) / N.  [CS231n linear-classify #softmax]"""
    return two_class_softmax(loss) if len(loss.scores) == 2 else many_class_softmax(loss)


def two_class_softmax(loss: LossBuffers) -> Tape:
    """dscores <- (-(t - y), t - y) / 2N, with t = tanh((s_1 - s_0) / 2) and y = +-1.

    For two classes p_1 = sigmoid(s_1 - s_0) = (1 + t) / 2, so p_1 - y_1 = (t - y) / 2: no maximum, sum or division over
    the classes, and nothing can overflow. t is written right above y, so that the last line is one product.
    """
    dtype = loss.dtype
    half_difference = np.array([[-0.5, 0.5]], dtype)
    spread = np.array([[-0.5, 0.5], [0.5, -0.5]], dtype) / dtype.type(loss.examples)
    t = loss.targets[:1]
    return [
        call(half_difference.dot, loss.scores, t),
        call(np.tanh, t, t),
        call(spread.dot, loss.targets, loss.dscores),
    ]


def many_class_softmax(loss: LossBuffers) -> Tape:
    """dscores <- exp(s - max s) / sum / N - one_hot / N."""
    dtype = loss.dtype
    classes = len(loss.scores)
    row, sums = np.empty_like(loss.scratch[:1]), np.empty_like(loss.scratch)
    sum_times_n = np.full((classes, classes), loss.examples, dtype)  # a row a class: dividing by one costs 0.5 us more
    return [
        *row_maximum(loss.scores, row),
        call(np.subtract, loss.scores, row, loss.scratch),
        call(np.exp, loss.scratch, loss.scratch),
        call(sum_times_n.dot, loss.scratch, sums),
        call(np.divide, loss.scratch, sums, loss.scratch),
        call(np.subtract, loss.scratch, loss.targets, loss.dscores),
    ]


def row_maximum(scores: Floats, row: Floats) -> Tape:
    """row <- max over the classes; K - 1 calls on (1, N) are cheaper than one reduction for the K we have."""
    rows = [scores[k : k + 1] for k in range(len(scores))]
    tape: Tape = [maximum(rows[0], rows[1], row)]
    return tape + [maximum(row, other, row) for other in rows[2:]]


def softmax_values(scores: Float64s, labels: Float64s) -> Float64s:
    """-log p_y = log sum exp(s - max s) - (s_y - max s)."""
    shifted = scores - scores.max(axis=0)
    of_label = shifted[labels.astype(np.intp), np.arange(len(labels))]
    return np.asarray(np.log(np.exp(shifted).sum(axis=0)) - of_label)


def softmax_probabilities(scores: Float64s) -> Float64s:
    """p = exp(s - max s) / sum."""
    powers = np.exp(scores - scores.max(axis=0))
    return np.asarray(powers / powers.sum(axis=0))


# svm


def svm_encode(labels: Float64s, classes: int, examples: int) -> Float64s:
    """Return one-hot."""
    return one_hot(labels, classes)


def svm_gradient(loss: LossBuffers) -> Tape:
    """dscores <- (m - one_hot * sum m) / N, with m = 1 where s_j - s_y + 1 > 0.  [CS231n linear-classify #svm]

    At the kink, where the margin is exactly met, m is 0.
    """
    dtype, classes = loss.dtype, len(loss.scores)
    row = np.empty_like(loss.scratch[:1])
    ones = np.ones((1, classes), dtype)
    one = constant(1.0, dtype)
    zeros = np.zeros_like(loss.scores)
    shares = constant(1.0 / loss.examples, dtype)
    margins = loss.scratch
    return [
        call(np.multiply, loss.scores, loss.targets, margins),
        call(ones.dot, margins, row),  # s_y
        call(np.subtract, loss.scores, row, margins),
        call(np.add, margins, one, margins),
        call(np.greater, margins, zeros, margins),  # m, and 1 for j = y, which the sum below takes off again
        call(ones.dot, margins, row),
        call(np.multiply, loss.targets, row, loss.dscores),
        call(np.subtract, margins, loss.dscores, loss.dscores),
        call(np.multiply, loss.dscores, shares, loss.dscores),
    ]


def svm_values(scores: Float64s, labels: Float64s) -> Float64s:
    """sum over j != y of max(0, s_j - s_y + 1)."""
    of_label = scores[labels.astype(np.intp), np.arange(len(labels))]
    return np.asarray(np.maximum(0.0, scores - of_label + 1.0).sum(axis=0) - 1.0)


# one score


def signs_encode(labels: Float64s, classes: int, examples: int) -> Float64s:
    """Return t = +-1."""
    return plus_minus(labels)


def binary_softmax_gradient(loss: LossBuffers) -> Tape:
    """ds <- (tanh(s / 2) - t) / 2N, which is (sigmoid(s) - y) / N.  [CS231n nn-1 #classifier]"""
    half = constant(0.5, loss.dtype)
    shares = constant(0.5 / loss.examples, loss.dtype)
    return [
        call(np.multiply, loss.scores, half, loss.dscores),
        call(np.tanh, loss.dscores, loss.dscores),
        call(np.subtract, loss.dscores, loss.targets, loss.dscores),
        call(np.multiply, loss.dscores, shares, loss.dscores),
    ]


def binary_softmax_values(scores: Float64s, labels: Float64s) -> Float64s:
    """-log sigmoid(t s) = log(1 + exp(-t s))."""
    return np.logaddexp(0.0, -plus_minus(labels) * scores)[0]


def binary_softmax_probabilities(scores: Float64s) -> Float64s:
    """(1 - p, p) with p = sigmoid(s)."""
    half = 0.5 * np.tanh(0.5 * scores[0])
    return np.stack([0.5 - half, 0.5 + half])


def binary_svm_gradient(loss: LossBuffers) -> Tape:
    """ds <- -t / N where t s < 1, else 0.  [CS231n nn-1 #classifier]"""
    ones = np.ones_like(loss.scores)
    shares = constant(-1.0 / loss.examples, loss.dtype)
    return [
        call(np.multiply, loss.scores, loss.targets, loss.dscores),
        call(np.less, loss.dscores, ones, loss.dscores),  # 1 inside the margin, else 0
        call(np.multiply, loss.dscores, loss.targets, loss.dscores),
        call(np.multiply, loss.dscores, shares, loss.dscores),
    ]


def binary_svm_values(scores: Float64s, labels: Float64s) -> Float64s:
    """max(0, 1 - t s)."""
    return np.maximum(0.0, 1.0 - plus_minus(labels) * scores)[0]


def squared_encode(targets: Float64s, classes: int, examples: int) -> Float64s:
    """Return the targets as a row."""
    return targets[None, :]


def squared_gradient(loss: LossBuffers) -> Tape:
    """ds <- (s - t) / N."""
    shares = constant(1.0 / loss.examples, loss.dtype)
    return [
        call(np.subtract, loss.scores, loss.targets, loss.dscores),
        call(np.multiply, loss.dscores, shares, loss.dscores),
    ]


def squared_values(scores: Float64s, targets: Float64s) -> Float64s:
    """1/2 (s - t)^2."""
    return np.asarray(0.5 * (scores[0] - targets) ** 2)


LOSSES: dict[str, Loss] = {
    "softmax": Loss(
        label="Softmax",
        help="Scores become probabilities; wants the right class y to have all of the probability.",
        formula=r"L_i = -\log p_y \\ p_k = \frac{e^{s_k}}{\sum_j e^{s_j}}",
        python=(
            "shifted = scores - scores.max(axis=1, keepdims=True)\n"
            "right = shifted[np.arange(len(targets)), targets.astype(int)]\n"
            "return np.log(np.exp(shifted).sum(axis=1)) - right"
        ),
        onnx="Softmax",
        tasks=("classification",),
        one_score=False,
        encode=softmax_encode,
        gradient=softmax_gradient,
        values=softmax_values,
        probabilities=softmax_probabilities,
    ),
    "svm": Loss(
        label="SVM",
        help="Wants the right class's score ahead of every wrong one by a margin of 1; more than that earns nothing.",
        formula=r"L_i = \sum_{j \ne y} \max(0, s_j - s_y + 1)",
        python=(
            "right = scores[np.arange(len(targets)), targets.astype(int)]\n"
            "return np.maximum(0, scores - right[:, None] + 1).sum(axis=1) - 1"
        ),
        onnx=None,
        tasks=("classification",),
        one_score=False,
        encode=svm_encode,
        gradient=svm_gradient,
        values=svm_values,
        probabilities=None,
    ),
    "binary_softmax": Loss(
        label="Binary softmax",
        help="One score s for two classes y = 0, 1; p is the probability of class 1: logistic regression.",
        formula=r"L_i = -y \log(p) - (1 - y) \log(1 - p) \\ p = \frac{1}{1 + e^{-s}}",
        python="return np.logaddexp(0, -(2 * targets - 1) * scores[:, 0])",
        onnx="Sigmoid",
        tasks=("classification",),
        one_score=True,
        encode=signs_encode,
        gradient=binary_softmax_gradient,
        values=binary_softmax_values,
        probabilities=binary_softmax_probabilities,
    ),
    "binary_svm": Loss(
        label="Binary SVM",
        help="One score s for two classes t = -1, +1: wants s beyond the margin on the right side.",
        formula=r"L_i = \max(0, 1 - t s)",
        python="return np.maximum(0, 1 - (2 * targets - 1) * scores[:, 0])",
        onnx=None,
        tasks=("classification",),
        one_score=True,
        encode=signs_encode,
        gradient=binary_svm_gradient,
        values=binary_svm_values,
        probabilities=None,
    ),
    "squared": Loss(
        label="Squared error",
        help="Half the square of the distance between the output s and the target value t.",
        formula=r"L_i = \frac{1}{2} (s - t)^2",
        python="return 0.5 * (scores[:, 0] - targets) ** 2",
        onnx=None,
        tasks=FITTING,
        one_score=True,
        encode=squared_encode,
        gradient=squared_gradient,
        values=squared_values,
        probabilities=None,
    ),
}


def loss_named(name: str) -> Loss:
    """Return the menu's entry; raise InvalidInput with the allowed names."""
    if name not in LOSSES:
        raise InvalidInput(f"unknown loss: {name}. Use one of {', '.join(LOSSES)}.")
    return LOSSES[name]
