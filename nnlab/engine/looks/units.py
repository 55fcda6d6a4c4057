"""Looks inside: what each unit says all over a grid, and the plane as two units see it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.buffers.tape import Floats
from nnlab.engine.looks.grids import Grid
from nnlab.engine.step.evaluator import Evaluator, network_inputs
from nnlab.errors import InvalidInput


def unit_maps(evaluator: Evaluator, grid: Grid) -> list[Floats]:
    """Return h (H, cells) of every layer, the scores last."""
    return evaluator.activations(grid.inputs(evaluator.network))


def unit_map(evaluator: Evaluator, grid: Grid, layer: int, unit: int) -> Floats:
    """Return h (1, cells) of one unit, counted from 0; layers count from 1, the output layer last."""
    return evaluator.activation(grid.inputs(evaluator.network), layer, (unit,))


def warp(evaluator: Evaluator, grid: Grid, *, layer: int, units: tuple[int, int]) -> NDArray[np.float64]:
    """Return where two units of a layer send the cells (rows, cols, 2). Raises InvalidInput."""
    positions = _as_two_units_see(evaluator, grid.inputs(evaluator.network), layer, units)
    return positions.reshape(*grid.shape, 2)


def warped_points(
    evaluator: Evaluator, coordinates: NDArray[np.float64], *, layer: int, units: tuple[int, int]
) -> NDArray[np.float64]:
    """Return where those two units send points, (N, 2), of coordinates (N, 2). Raises InvalidInput."""
    return _as_two_units_see(evaluator, network_inputs(evaluator.network, coordinates), layer, units)


def _as_two_units_see(evaluator: Evaluator, inputs: Floats, layer: int, units: tuple[int, int]) -> NDArray[np.float64]:
    shapes = evaluator.network.shapes
    if not 1 <= layer <= len(shapes):
        raise InvalidInput(f"layer must be from 1 to {len(shapes)}; got {layer}.")
    if not all(0 <= unit < shapes[layer - 1].units for unit in units):
        raise InvalidInput(f"units must be from 0 to {shapes[layer - 1].units - 1}; got {list(units)}.")
    return evaluator.activation(inputs, layer, units).T.astype(np.float64)
