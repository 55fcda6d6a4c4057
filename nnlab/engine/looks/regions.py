"""Decision regions: what a network says of every cell of a grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.buffers.tape import Floats
from nnlab.engine.looks.grids import Grid, Range
from nnlab.engine.step.evaluator import Evaluator

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Regions:
    """The cells of a grid, (rows, cols), row 0 at the largest y: labels and more of classes, or values of fitting.

    labels: the winning class. probability: of that class. leads (B,): of the B cells at a border, row by row, how far
    the winning score is ahead of the next one; where that would reach 0 between two cells, there runs the border.
    """

    grid: Grid
    labels: Bytes | None = None
    probability: Floats | None = None
    leads: Floats | None = None
    values: Floats | None = None


def regions(evaluator: Evaluator, grid: Grid) -> Regions:
    """Return the regions of a grid; where there are no numbers any more, they are not finite.

    svm has no probabilities: its scores go through a softmax, binary_svm's through a sigmoid, for the shading alone.
    """
    scores = grid_scores(evaluator, grid)
    if "classification" not in evaluator.network.loss.tasks:
        return Regions(grid, values=scores[0].reshape(grid.shape))
    with np.errstate(all="ignore"):
        winning, probability = winners(scores)
        labels = winning.reshape(grid.shape)
        return Regions(grid, labels, probability.reshape(grid.shape), border_leads(scores, labels))


def grid_scores(evaluator: Evaluator, grid: Grid) -> Floats:
    """Return the raw scores (K, cells), row by row from the top."""
    return evaluator.scores(grid.inputs(evaluator.network))


def winners(scores: Floats) -> tuple[Bytes, Floats]:
    """Return (N,) winning labels, the first of equals, and their probabilities, of scores (K, N) or (1, N).

    Two classes: p = 1 / (1 + exp(-|s_1 - s_0|)). More: p = 1 / sum exp(s - max s).
    """
    if len(scores) <= 2:
        difference = _difference(scores)
        probability = np.abs(difference)
        probability *= 0.5
        np.tanh(probability, out=probability)
        probability *= 0.5
        probability += 0.5
        return (difference > 0).view(np.uint8), probability
    best = scores[0].copy()
    labels = np.zeros(len(best), np.uint8)
    for label, score in enumerate(scores[1:], start=1):
        ahead = score > best
        np.maximum(labels, ahead.view(np.uint8) * np.uint8(label), out=labels)  # a later winner has a larger label
        np.maximum(best, score, out=best)
    return labels, 1.0 / np.exp(scores - best).sum(axis=0)


def _difference(scores: Floats) -> Floats:
    """Return (N,): how far label 1 is ahead of label 0, of scores (2, N) or (1, N)."""
    difference: Floats = scores[0] if len(scores) == 1 else scores[1] - scores[0]
    return difference


def leads(scores: Floats) -> Floats:
    """Return (N,): how far the winning raw score of (K, N) is ahead of the next one; |s| of a single score (1, N)."""
    if len(scores) <= 2:
        return np.abs(_difference(scores))
    first, second = np.maximum(scores[0], scores[1]), np.minimum(scores[0], scores[1])
    for score in scores[2:]:  # a row at a time: a fifth of what sorting the columns takes
        second = np.maximum(second, np.minimum(first, score))
        first = np.maximum(first, score)
    return first - second


def border_leads(scores: Floats, labels: Bytes) -> Floats:
    """Return the leads (B,) of the cells at a border alone, of scores (K, rows * cols) and labels (rows, cols)."""
    (there,) = at_border(labels).ravel().nonzero()  # np.flatnonzero takes half as long again
    return leads(scores.take(there, axis=1))


def at_border(labels: Bytes) -> NDArray[np.bool_]:
    """Return (rows, cols): whether one of the up to 8 cells around has another label, of 0 to 7.

    A label is a bit, and bits are gathered from around along rows, then along columns. A frame of cells without a label
    makes a neighbour a place in a flat array, wherever a row ends: 8 us for 10,000 cells, by slices of rows 21.
    """
    (rows, cols), width = labels.shape, labels.shape[1] + 2
    framed = np.zeros((rows + 2, width), np.uint8)
    np.left_shift(1, labels, out=framed[1:-1, 1:-1], dtype=np.uint8)
    flat = framed.ravel()
    along = flat[:-2] | flat[1:-1] | flat[2:]
    around = along[: -2 * width] | along[width:-width] | along[2 * width :]
    found = np.empty((rows, width), np.bool_)
    np.not_equal(around, flat[width + 1 : -width - 1], out=found.ravel()[:-2])
    return found[:, :cols]


def shares_of_range(values: Floats) -> tuple[Floats, Range]:
    """Return the values as shares [0, 1] of their range, and that range; zeros where one of them is not finite."""
    low, high = float(values.min()), float(values.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        return np.zeros_like(values), (0.0, 0.0)
    width = high - low
    return (values - low) / width if width > 0 else np.zeros_like(values), (low, high)
