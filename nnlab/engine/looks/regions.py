"""Decision regions: what the network says of every cell of a grid over the view, as compact text.

Row 0 is at the largest y; a cell stands for its centre. `labels` has one digit a cell. `probability`, of the cell's
winning class, and `values` have one character of the base64 alphabet a cell: 64 levels, level / 63 of the way through
the range. `leads` has one for each cell at a border alone, row by row: how far the winning score is ahead of the next
one, as (level / 63)^2 of the largest such lead, in 16 of the levels. Where it reaches 0 between two cells,
there runs the border.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.buffers.tape import Floats
from nnlab.engine.looks.grids import GRIDS, Range
from nnlab.engine.network.network import Network
from nnlab.engine.step.evaluator import Evaluator
from nnlab.engine.trainer import Trainer

ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
LEVELS = len(ALPHABET)
CHARACTERS = ALPHABET.ljust(256, b"/")  # of a byte, as bytes.translate wants them


def every(step: int) -> bytes:
    """Return the characters with each `step`th of the 64 levels alone: fewer bytes, once compressed."""
    coarse = bytes(ALPHABET[min(LEVELS - 1, level // step * step + step // 2)] for level in range(LEVELS))
    return coarse.ljust(256, coarse[-1:])


Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Regions:
    """A grid of rows x cols cells: labels and probability for classification, values with value_range for fitting."""

    rows: int
    cols: int
    x_range: Range
    y_range: Range
    labels: str | None = None
    probability: str | None = None
    leads: str | None = None
    values: str | None = None
    value_range: Range | None = None


def regions(source: Trainer | Network, *, x_range: Range, y_range: Range, resolution: int) -> Regions:
    """Return the regions of the view, resolution cells (20..200) each way.

    svm has no probabilities: its scores go through a softmax, binary_svm's through a sigmoid, for the shading alone.
    """
    network = network_of(source)
    scores = grid_scores(source, x_range=x_range, y_range=y_range, resolution=resolution)
    with np.errstate(all="ignore"):
        if "classification" not in network.loss.tasks:
            values, value_range = encode_values(scores[0])
            return Regions(resolution, resolution, x_range, y_range, values=values, value_range=value_range)
        labels, probability = winners(scores)
        ahead = border_leads(scores, labels.reshape(resolution, resolution))
    return Regions(
        resolution, resolution, x_range, y_range, encode_labels(labels), encode_shares(probability), leads=ahead
    )


def grid_scores(source: Trainer | Network, *, x_range: Range, y_range: Range, resolution: int) -> Floats:
    """Return the raw scores (K, resolution^2) of the cells, row by row from the top."""
    inputs, evaluator = on_grid(source, x_range=x_range, y_range=y_range, resolution=resolution)
    return evaluator.scores(inputs)


def on_grid(source: Trainer | Network, *, x_range: Range, y_range: Range, resolution: int) -> tuple[Floats, Evaluator]:
    """Return the input rows (D + 1, resolution^2) of the cells' centres, and what evaluates the network on them."""
    network = network_of(source)
    inputs = GRIDS.inputs(network, x_range, y_range, resolution)
    return inputs, evaluator_of(source, inputs.shape[1])


def network_of(source: Trainer | Network) -> Network:
    """Return the network of a trainer, or the network itself."""
    return source.network if isinstance(source, Trainer) else source


def evaluator_of(source: Trainer | Network, num_points: int) -> Evaluator:
    """Return what evaluates the network on that many points; a trainer keeps it, as making one costs 22 us."""
    return source.evaluator(num_points) if isinstance(source, Trainer) else Evaluator(source, num_points)


def winners(scores: Floats) -> tuple[Bytes, Floats]:
    """Return (N,) winning labels, the first of equals, and their probabilities, of scores (K, N) or (1, N).

    Two classes: p = 1 / (1 + exp(-|s_1 - s_0|)). More: p = 1 / sum exp(s - max s).
    """
    if len(scores) <= 2:
        difference = scores[0] if len(scores) == 1 else scores[1] - scores[0]
        return (difference > 0).view(np.uint8), 0.5 + 0.5 * np.tanh(0.5 * np.abs(difference))
    best = scores[0].copy()
    labels = np.zeros(len(best), np.uint8)
    for label, score in enumerate(scores[1:], start=1):
        ahead = score > best
        np.maximum(labels, ahead.view(np.uint8) * np.uint8(label), out=labels)  # a later winner has a larger label
        np.maximum(best, score, out=best)
    return labels, 1.0 / np.exp(scores - best).sum(axis=0)


def leads(scores: Floats) -> Floats:
    """Return (N,): how far the winning raw score of (K, N) is ahead of the next one; |s| of a single score (1, N)."""
    if len(scores) <= 2:
        return np.abs(scores[0] if len(scores) == 1 else scores[1] - scores[0])
    *_, second, first = np.sort(scores, axis=0)
    return first - second


FEWER = every(4)  # 16 levels place a border to a twentieth of a cell, in two thirds of the bytes


def border_leads(scores: Floats, labels: Bytes) -> str:
    """Return one character for each cell at a border: the root of its lead over the largest of these leads.

    `scores` are (K, rows * cols), `labels` (rows, cols). The root has fine levels where leads are small and matter.
    """
    found = leads(scores[:, at_border(labels).ravel()])
    return encode_shares(np.sqrt(found / (found.max(initial=0.0) or 1.0)), FEWER)


def at_border(labels: Bytes) -> NDArray[np.bool_]:
    """Return (rows, cols): whether one of the up to 8 cells around has another label."""
    across, down = labels[:, 1:] != labels[:, :-1], labels[1:] != labels[:-1]
    mixed = across[1:] | across[:-1] | down[:, 1:] | down[:, :-1]  # of each four cells that meet
    found = np.zeros(labels.shape, np.bool_)
    for corner in (found[1:, 1:], found[1:, :-1], found[:-1, 1:], found[:-1, :-1]):
        corner |= mixed
    return found


def encode_labels(labels: Bytes) -> str:
    """Return one digit a cell."""
    return (labels + np.uint8(ord("0"))).tobytes().decode("ascii")


def encode_shares(shares: Floats, characters: bytes = CHARACTERS) -> str:
    """Return one character a cell for shares (N,) in [0, 1]; what is not a number counts as 0."""
    levels = np.fmax(shares * (LEVELS - 1) + 0.5, 0.0).astype(np.uint8)  # fmax passes over what is not a number
    return levels.tobytes().translate(characters).decode("ascii")  # 10,000 cells: 13 us; by indexing an array 50 us


def encode_values(values: Floats) -> tuple[str, Range]:
    """Return the values (N,) as levels of their own range, and that range."""
    low, high = float(values.min()), float(values.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        return encode_shares(np.zeros_like(values)), (0.0, 0.0)
    width = high - low
    return encode_shares((values - low) / width if width > 0 else np.zeros_like(values)), (low, high)
