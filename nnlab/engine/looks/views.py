"""Looks inside: each unit's own map over the view, the plane as two units see it, and how cut up the regions are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.buffers.tape import Floats
from nnlab.engine.looks.grids import Range
from nnlab.engine.looks.regions import (
    CHARACTERS,
    Bytes,
    encode_shares,
    evaluator_of,
    grid_scores,
    network_of,
    on_grid,
    winners,
)
from nnlab.engine.network.network import Network
from nnlab.engine.step.evaluator import Evaluator, network_inputs
from nnlab.engine.trainer import Trainer
from nnlab.errors import InvalidInput

UNIT_RESOLUTION = 20
WARP_RESOLUTION = 21


@dataclass(frozen=True, slots=True)
class UnitMap:
    """h of one unit over the view, as levels of its own range: resolution x resolution characters as in regions.py."""

    layer: int
    unit: int
    values: str
    value_range: Range


@dataclass(frozen=True, slots=True)
class Warp:
    """Where two units send the view: positions (rows, cols, 2) of a regular grid's cells, row 0 at the largest y."""

    layer: int
    units: tuple[int, int]
    positions: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shape:
    """How cut up the regions are: connected regions (4 neighbours), and the boundary's length in units of the plane."""

    num_regions: int
    boundary_length: float


def unit_maps(
    source: Trainer | Network,
    *,
    x_range: Range,
    y_range: Range,
    resolution: int = UNIT_RESOLUTION,
    characters: bytes = CHARACTERS,
) -> tuple[UnitMap, ...]:
    """Return the map of every unit, hidden layers (1-based) first to last, then the scores, in the given characters."""
    inputs, evaluator = on_grid(source, x_range=x_range, y_range=y_range, resolution=resolution)
    layers = evaluator.activations(inputs)
    return tuple(found for layer, h in enumerate(layers, start=1) for found in _maps_of_layer(layer, h, characters))


def unit_map(
    source: Trainer | Network, *, x_range: Range, y_range: Range, place: tuple[int, int], resolution: int
) -> UnitMap:
    """Return the map of one unit; `place` is its layer, 1-based, the output layer last, and its number from 0."""
    inputs, evaluator = on_grid(source, x_range=x_range, y_range=y_range, resolution=resolution)
    layer, unit = place
    h = evaluator.activation(inputs, layer, (unit,))
    return next(_maps_of_layer(layer, h))


def _maps_of_layer(layer: int, h: Floats, characters: bytes = CHARACTERS) -> Iterator[UnitMap]:
    """Yield the maps of h (H, cells), all encoded at once: one by one, the calls would cost five times as much."""
    low, high = h.min(axis=1), h.max(axis=1)
    flat = ~(np.isfinite(low) & np.isfinite(high))  # beyond the range of numbers: nothing to show
    low[flat] = high[flat] = 0.0
    width = np.where(high > low, high - low, 1.0)
    text = encode_shares(np.where(flat[:, None], 0.0, (h - low[:, None]) / width[:, None]).ravel(), characters)
    cells = h.shape[1]
    for unit, bounds in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
        yield UnitMap(layer, unit, text[unit * cells : (unit + 1) * cells], bounds)


def warp(
    source: Trainer | Network,
    *,
    x_range: Range,
    y_range: Range,
    layer: int,
    units: tuple[int, int] = (0, 1),
    resolution: int = WARP_RESOLUTION,
) -> Warp:
    """Return the plane as two units of a layer (1-based, the output layer last) see it. Raises InvalidInput."""
    inputs, evaluator = on_grid(source, x_range=x_range, y_range=y_range, resolution=resolution)
    positions = _as_two_units_see(source, evaluator, inputs, layer, units)
    return Warp(layer, units, positions.reshape(resolution, resolution, 2))


def warped_points(
    source: Trainer | Network, coordinates: NDArray[np.float64], *, layer: int, units: tuple[int, int] = (0, 1)
) -> NDArray[np.float64]:
    """Return where those two units send points, (N, 2), of coordinates (N, 2). Raises InvalidInput."""
    inputs = network_inputs(network_of(source), coordinates)
    return _as_two_units_see(source, evaluator_of(source, len(coordinates)), inputs, layer, units)


def _as_two_units_see(
    source: Trainer | Network, evaluator: Evaluator, inputs: Floats, layer: int, units: tuple[int, int]
) -> NDArray[np.float64]:
    network = network_of(source)
    if not 1 <= layer <= network.num_layers:
        raise InvalidInput(f"layer must be from 1 to {network.num_layers}; got {layer}.")
    if not all(0 <= unit < network.shapes[layer - 1].units for unit in units):
        raise InvalidInput(f"units must be from 0 to {network.shapes[layer - 1].units - 1}; got {list(units)}.")
    return evaluator.activation(inputs, layer, units).T.astype(np.float64)


def region_shape(network: Network, *, x_range: Range, y_range: Range, resolution: int) -> Shape:
    """Return the number of regions of equal predicted class on the grid, and the length of their borders."""
    labels, _ = winners(grid_scores(network, x_range=x_range, y_range=y_range, resolution=resolution))
    grid = labels.reshape(resolution, resolution)
    width, height = (x_range[1] - x_range[0]) / resolution, (y_range[1] - y_range[0]) / resolution
    return Shape(count_regions(grid), border_length(grid, width, height))


def border_length(grid: Bytes, width: float, height: float) -> float:
    """Return the length of the border between labels of a grid of cells of that width and height.

    Marching squares: between each four neighbouring centres the border runs from one changed side to the other,
    straight through, or across a corner; where three or four sides change it runs from each to the middle. Up to 6 %
    too long.
    """
    top, bottom = grid[:-1, :-1] != grid[:-1, 1:], grid[1:, :-1] != grid[1:, 1:]
    left, right = grid[:-1, :-1] != grid[1:, :-1], grid[:-1, 1:] != grid[1:, 1:]
    upright, level = (
        top.astype(int) + bottom,
        left.astype(int) + right,
    )  # sides whose border comes from above or below, ...
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
