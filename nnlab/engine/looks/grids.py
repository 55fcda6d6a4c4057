"""Grids over a part of the plane: their cells' centres as input rows, shared by all who look at the same grid."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.buffers.tape import Floats
from nnlab.engine.menus.features import input_rows
from nnlab.engine.network.network import Network
from nnlab.engine.network.scale import InputScale

Range = tuple[float, float]
GRIDS_KEPT = 8  # a grid of 200 x 200 cells and two inputs takes 480 KB


@dataclass(frozen=True, slots=True)
class Grid:
    """`resolution` x `resolution` cells over a part of the plane, row by row from the top; a cell is its centre."""

    x_range: Range
    y_range: Range
    resolution: int

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, cols)."""
        return self.resolution, self.resolution

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of a cell."""
        (left, right), (low, high) = self.x_range, self.y_range
        return (right - left) / self.resolution, (high - low) / self.resolution

    def columns(self) -> NDArray[np.float64]:
        """Return x (cols,) of each column's centre."""
        return self.x_range[0] + self._shares() * (self.x_range[1] - self.x_range[0])

    def centres(self) -> NDArray[np.float64]:
        """Return the centres (rows * cols, 2) of the cells."""
        y = self.y_range[1] - self._shares() * (self.y_range[1] - self.y_range[0])
        return np.stack([np.tile(self.columns(), self.resolution), np.repeat(y, self.resolution)], axis=1)

    def _shares(self) -> NDArray[np.float64]:
        return (np.arange(self.resolution) + 0.5) / self.resolution

    def inputs(self, network: Network) -> Floats:
        """Return what the network reads of the cells: input rows (D + 1, rows * cols), read-only."""
        return _input_rows(self, network.spec.inputs, network.scale, network.dtype)


@lru_cache(GRIDS_KEPT)  # 5 us where a look takes 200 and more; a cache by hand takes 4
def _input_rows(grid: Grid, inputs: tuple[str, ...], scale: InputScale, dtype: np.dtype) -> Floats:
    with np.errstate(all="ignore"):
        rows: Floats = scale.apply(input_rows(inputs, grid.centres())).astype(dtype)
    rows.flags.writeable = False
    return rows
