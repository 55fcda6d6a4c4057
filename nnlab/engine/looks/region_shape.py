"""How cut up the decision regions are: how many there are, and how long their border is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnlab.engine.looks.grids import Grid
from nnlab.engine.looks.regions import Bytes, grid_scores, winners
from nnlab.engine.step.evaluator import Evaluator


@dataclass(frozen=True, slots=True)
class RegionShape:
    """Connected regions of equal predicted class (4 neighbours), and their border's length in units of the plane."""

    num_regions: int
    boundary_length: float


def region_shape(evaluator: Evaluator, grid: Grid) -> RegionShape:
    """Return the number of regions on the grid, and the length of their borders."""
    labels = winners(grid_scores(evaluator, grid))[0].reshape(grid.shape)
    return RegionShape(count_regions(labels), border_length(labels, *grid.cell))


def border_length(grid: Bytes, width: float, height: float) -> float:
    """Return the length of the border between labels of a grid of cells of that width and height.

    Marching squares: between each four neighbouring centres the border runs from one changed side to the other,
    straight through, or across a corner; where three or four sides change it runs from each to the middle. Up to 6 %
    too long.
    """
    top, bottom = grid[:-1, :-1] != grid[:-1, 1:], grid[1:, :-1] != grid[1:, 1:]
    left, right = grid[:-1, :-1] != grid[1:, :-1], grid[:-1, 1:] != grid[1:, 1:]
    upright, level = top.astype(int) + bottom, left.astype(int) + right  # sides with a border from above or below, ...
    corners = np.count_nonzero((upright == 1) & (level == 1))
    halves = height / 2 * (upright.sum() - corners) + width / 2 * (level.sum() - corners)
    return float(halves + corners * np.hypot(width, height) / 2)


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
