"""How cut up the decision regions are: how many there are, and how long their border is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from nnlab.engine.buffers.tape import Floats
from nnlab.engine.looks.grids import Grid
from nnlab.engine.looks.regions import Bytes, grid_scores, leads, winners
from nnlab.engine.step.evaluator import Evaluator

LEAST_LEAD, LARGEST_LEAD = 1e-30, 1e30
STARTS = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])  # of a square's sides: top, right, bottom, left, clockwise
DIRECTIONS = np.array([[1, 0], [0, 1], [-1, 0], [0, -1]])
AROUND_FIRST = ((0, 3), (1, 2))  # sides beside the upper left corner, and beside its opposite


@dataclass(frozen=True, slots=True)
class RegionShape:
    """Connected regions of equal predicted class (4 neighbours), and their border's length in units of the plane."""

    num_regions: int
    boundary_length: float


def region_shape(evaluator: Evaluator, grid: Grid) -> RegionShape:
    """Return the number of regions on the grid, and the length of their borders."""
    scores = grid_scores(evaluator, grid)
    labels = winners(scores)[0].reshape(grid.shape)
    return RegionShape(count_regions(labels), border_length(labels, leads(scores).reshape(grid.shape), *grid.cell))


def border_length(labels: Bytes, leads: Floats, width: float, height: float) -> float:
    """Return how long the border between the labels (rows, cols) of cells of that width and height is.

    It runs where the winner's lead over the next is 0, and ends at the centres of the outermost cells. Of more than
    two labels each has a line around it, so that every piece lies on two of them.
    """
    present = np.unique(labels)
    around = present if len(present) > 2 else present[1:]
    size = np.clip(np.nan_to_num(leads, nan=1.0), LEAST_LEAD, LARGEST_LEAD)
    lines = [_line_length(np.where(labels == label, size, -size), width, height) for label in around]
    return sum(lines) / (2 if len(present) > 2 else 1)


def _line_length(field: Floats, width: float, height: float) -> float:
    """Return the length of the line where the field (rows, cols) passes 0, the sum of sqrt(dx^2 + dy^2) of its pieces.

    Marching squares: in each square between four centres the line joins the two sides on which the field changes its
    sign; of four it joins those beside the upper left corner and its opposite, if these are positive, else the other
    ones. On a side it passes where the field would be 0, were it linear.  [Lorensen & Cline 1987, in two dimensions]
    """
    corners = np.stack([field[:-1, :-1], field[:-1, 1:], field[1:, 1:], field[1:, :-1]])  # clockwise
    mixed = (corners > 0).any(axis=0) & (corners <= 0).any(axis=0)
    z = corners[:, mixed]
    ends = np.roll(z, -1, axis=0)
    crossed = (z > 0) != (ends > 0)
    share = np.divide(z, z - ends, where=crossed, out=np.zeros_like(z))
    places = STARTS[:, :, None] + DIRECTIONS[:, :, None] * share[:, None]  # (4 sides, x and y, squares)
    saddle, positive = crossed.all(axis=0), z[0] > 0
    length = 0.0
    for one, other in combinations(range(4), 2):
        apart = positive if (one, other) in AROUND_FIRST else ~positive & (other - one == 1)
        joined = crossed[one] & crossed[other] & (~saddle | apart)
        dx, dy = places[one] - places[other]
        length += float(np.hypot(dx * width, dy * height)[joined].sum())
    return length


def count_regions(grid: Bytes) -> int:
    """Count the connected areas of equal label, with 4 neighbours.

    Every cell points to a root, at first itself; neighbours of one label hook the larger root to the smaller one until
    nothing changes.  [Shiloach & Vishkin 1982]
    """
    cells = np.arange(grid.size).reshape(grid.shape)
    beside, below = grid[:, 1:] == grid[:, :-1], grid[1:] == grid[:-1]
    first = np.concatenate([cells[:, :-1][beside], cells[:-1][below]])
    second = np.concatenate([cells[:, 1:][beside], cells[1:][below]])
    roots = cells.ravel().copy()
    while (roots[first] != roots[second]).any():
        one, other = roots[first], roots[second]
        np.minimum.at(roots, np.maximum(one, other), np.minimum(one, other))
        while (roots != roots[roots]).any():
            roots = roots[roots]
    return len(np.unique(roots))
