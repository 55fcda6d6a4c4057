"""What a trainer tells about itself: losses and accuracies, and predictions for any point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.menus.losses import Loss

Float64s = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Losses:
    """Losses and accuracies over all training points and all held-out points; None where there is no such point.

    loss = data_loss + reg_loss. Accuracies are for classification, max_error (largest |output - target|) for fitting.
    """

    loss: float | None
    data_loss: float | None
    reg_loss: float
    accuracy: float | None
    test_loss: float | None
    test_accuracy: float | None
    max_error: float | None
    test_max_error: float | None


@dataclass(frozen=True, slots=True)
class Prediction:
    """Scores (N, K) of N points; probabilities (N, classes) or None; labels (N,) or, for fitting, values (N,).

    activations holds h (N, H) of every hidden layer if asked for.
    """

    scores: Float64s
    probabilities: Float64s | None
    labels: NDArray[np.int64] | None
    values: Float64s | None
    activations: tuple[Float64s, ...] | None = None


def predicted_labels(loss: Loss, scores: NDArray[np.floating]) -> NDArray[np.int64]:
    """Return (N,) labels of scores (K, N): the largest, the first of equals; one score: 1 where it is above 0."""
    if loss.one_score:
        return (scores[0] > 0).astype(np.int64)
    return scores.argmax(axis=0)


@dataclass(frozen=True, slots=True)
class Part:
    """Mean data loss, accuracy and largest error over one part of the examples."""

    loss: float | None = None
    accuracy: float | None = None
    max_error: float | None = None


@dataclass(frozen=True, slots=True)
class Each:
    """What `Part` is of, (N,) each: data loss, and whether the label is right or how large the error is."""

    values: Float64s
    right: NDArray[np.bool_] | None
    errors: Float64s | None

    def part(self, first: int, end: int) -> Part:
        """Return the figures of the examples from `first` to before `end`."""
        count = end - first
        if count == 0:
            return Part()
        mean = float(np.add.reduce(self.values[first:end])) / count  # as mean() does, which takes three times as long
        if self.errors is not None:
            return Part(mean, None, float(self.errors[first:end].max()))
        assert self.right is not None
        return Part(mean, np.count_nonzero(self.right[first:end]) / count)


def measure(loss: Loss, scores: Float64s, targets: Float64s) -> Each:
    """Return the figures of each column of scores (K, N) against targets (N,)."""
    values = loss.values(scores, targets)
    if "classification" not in loss.tasks:
        return Each(values, None, np.abs(scores[0] - targets))
    return Each(values, predicted_labels(loss, scores) == targets, None)


def report(loss: Loss, scores: Float64s, targets: Float64s, *, num_training: int, reg_loss: float) -> Losses:
    """Return the losses of examples whose first num_training columns are for training and the rest held out."""
    with np.errstate(all="ignore"):
        each = measure(loss, scores, targets)  # all at once: these are small, and calls cost more than examples
        training, test = each.part(0, num_training), each.part(num_training, len(targets))
    return Losses(
        loss=None if training.loss is None else training.loss + reg_loss,
        data_loss=training.loss,
        reg_loss=reg_loss,
        accuracy=training.accuracy,
        test_loss=test.loss,
        test_accuracy=test.accuracy,
        max_error=training.max_error,
        test_max_error=test.max_error,
    )


def report_stack(
    loss: Loss, scores: Float64s, targets: Float64s, *, num_training: int, reg_losses: Float64s
) -> list[Losses]:
    """Return the losses of S stacked networks: scores (K, S, N), reg_losses (S,); else as report() does for one."""
    with np.errstate(all="ignore"):
        training = _measure_stack(loss, scores[:, :, :num_training], targets[:num_training])
        test = _measure_stack(loss, scores[:, :, num_training:], targets[num_training:])
    return [
        Losses(
            loss=None if one.loss is None else one.loss + float(penalty),
            data_loss=one.loss,
            reg_loss=float(penalty),
            accuracy=one.accuracy,
            test_loss=other.loss,
            test_accuracy=other.accuracy,
            max_error=one.max_error,
            test_max_error=other.max_error,
        )
        for one, other, penalty in zip(training, test, reg_losses, strict=True)
    ]


def _measure_stack(loss: Loss, scores: Float64s, targets: Float64s) -> list[Part]:
    """Return the figures of each network's scores (K, S, N) against targets (N,), all computed at once."""
    num_scores, stack, count = scores.shape
    if count == 0:
        return [Part()] * stack
    flat, repeated = scores.reshape(num_scores, -1), np.tile(targets, stack)
    means = loss.values(flat, repeated).reshape(stack, count).mean(axis=1).tolist()
    if "classification" not in loss.tasks:
        errors = np.abs(flat[0] - repeated).reshape(stack, count).max(axis=1).tolist()
        return [Part(mean, None, error) for mean, error in zip(means, errors, strict=True)]
    right = (predicted_labels(loss, flat) == repeated).reshape(stack, count).mean(axis=1).tolist()
    return [Part(mean, share, None) for mean, share in zip(means, right, strict=True)]


def predict(loss: Loss, scores: Float64s, activations: tuple[Float64s, ...] | None) -> Prediction:
    """Turn scores (K, N) into what callers see, a row per point."""
    classifies = "classification" in loss.tasks
    with np.errstate(all="ignore"):  # weights set by hand may lead beyond the range of numbers
        probabilities = None if loss.probabilities is None else np.ascontiguousarray(loss.probabilities(scores).T)
    return Prediction(
        scores=np.ascontiguousarray(scores.T),
        probabilities=probabilities,
        labels=predicted_labels(loss, scores) if classifies else None,
        values=None if classifies else scores[0].copy(),
        activations=activations,
    )
