"""Grids over the view: the cells' centres as input rows, shared by all sessions of the process that look at the same
view.
"""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.buffers.tape import Floats
from nnlab.engine.network.network import Network
from nnlab.engine.step.evaluator import network_inputs

Range = tuple[float, float]
GRIDS_KEPT = 8  # a grid of 200 x 200 cells and two inputs takes 480 KB


class GridCache:
    """The input rows of the grids used last."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._grids: OrderedDict[tuple[object, ...], Floats] = OrderedDict()

    def inputs(self, network: Network, x_range: Range, y_range: Range, resolution: int) -> Floats:
        """Return the input rows (D + 1, resolution^2) of the cells' centres."""
        key = (network.spec.inputs, network.scale, network.dtype, tuple(x_range), tuple(y_range), resolution)
        if key not in self._grids:
            self._grids[key] = network_inputs(network, cell_centres(x_range, y_range, resolution))
            if len(self._grids) > self._capacity:
                self._grids.popitem(last=False)
        self._grids.move_to_end(key)
        return self._grids[key]


GRIDS = GridCache(GRIDS_KEPT)


def cell_centres(x_range: Range, y_range: Range, resolution: int) -> NDArray[np.float64]:
    """Return the centres (resolution^2, 2) of the cells, row by row from the top."""
    share = (np.arange(resolution) + 0.5) / resolution
    x = x_range[0] + share * (x_range[1] - x_range[0])
    y = y_range[1] - share * (y_range[1] - y_range[0])
    return np.stack([np.tile(x, resolution), np.repeat(y, resolution)], axis=1)
