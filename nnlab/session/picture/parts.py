"""What a frame can have besides the snapshot: regions, maps and curves of units, weights, warped plane, phases."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlab.document.models import Pace
from nnlab.engine.buffers.tape import Floats
from nnlab.engine.looks.regions import border_leads, grid_scores, leads, winners
from nnlab.engine.looks.units import unit_map, unit_maps, warp, warped_points
from nnlab.engine.network.network import export_layer
from nnlab.errors import NotFound
from nnlab.session.picture.curves import unit_curves
from nnlab.session.picture.encoding import FINE, every, label_text, lead_text, map_texts, pairs, share_text, size_json
from nnlab.session.picture.regions import regions_reply
from nnlab.session.picture.want import Want
from nnlab.session.session import Session

COARSE = every(8)  # does for a map the size of a thumbnail, in less than half of its bytes
SHADES = every(5)  # do for scores, which are smoothed as they are drawn

UNIT_RESOLUTION = 16  # tiles are 20 to 40 pixels, and smoothed as they are drawn
WARP_RESOLUTION = 21
SCORE_RESOLUTION = 32  # scores change smoothly, and 100 x 100 of them would take 4.5 KB of a frame's 12

WARP_STEP = 8  # every 8th of 4,096 levels: one for each pixel of the picture


class Parts:
    """The parts of one session's frames as it stands. Each is made once, however many wants it is in.

    `known` has what need not be made, by name. `pace` says how finely planes are made, if not the document's does.
    """

    def __init__(self, session: Session, known: dict[str, Any] | None = None, *, pace: Pace | None = None) -> None:
        self._session = session
        self._pace = session.pace if pace is None else pace
        self._made: dict[tuple[str, int], Any] = {(name, 0): value for name, value in (known or {}).items()}

    def of(self, want: Want) -> dict[str, Any]:
        """Field of the frame -> value, for names that parse_parts lets pass."""
        with np.errstate(all="ignore"):  # weights set by hand may lead beyond the range of numbers
            return {_kind(name): self._part(name, want) for name in want.parts}

    def _part(self, name: str, want: Want) -> Any:
        resolution = want.resolution_at(self._pace) if name in SIZED else 0
        if (name, resolution) not in self._made:
            self._made[name, resolution] = self._make(name, resolution)
        return self._made[name, resolution]

    def _make(self, name: str, resolution: int) -> Any:
        if name in SIZED:
            return SIZED[name](self._session, resolution)
        _, *numbers = name.split(".")
        return MAKERS[_kind(name)](self._session, *map(int, numbers))


def _kind(name: str) -> str:
    """`warp.2.0.5` -> "warp"."""
    return name.partition(".")[0]


def _scores(session: Session) -> dict[str, Any] | None:
    """In each cell of a grid the label, and how far its raw score is ahead of the next: levels from 0 to the largest.

    None in fitting tasks, and beyond the range of numbers.
    """
    if session.document.task != "classification":
        return None
    grid = session.document.grid(SCORE_RESOLUTION)
    scores = grid_scores(session.trainer.evaluator, grid)
    found = leads(scores)
    most = float(found.max())
    if not np.isfinite(most):
        return None
    labels = winners(scores)[0].reshape(grid.shape)
    return {
        **size_json(grid),
        "labels": label_text(labels),
        "leads": lead_text(border_leads(scores, labels)),
        "values": share_text(found / (most or 1.0), SHADES),
        "value_range": _rounded([0.0, most]),
    }


def _phases(session: Session) -> dict[str, Any] | None:
    """The phases of the last update; None if it did not come alone."""
    return session.phases


def _units(session: Session) -> dict[str, Any]:
    """Per layer, the output layer last, each unit's map over the view: rows x cols levels of its own range."""
    grid = session.document.grid(UNIT_RESOLUTION)
    layers = unit_maps(session.trainer.evaluator, grid)
    maps = iter(_maps(np.concatenate(layers), COARSE))  # at once: layer by layer, calls would cost twice as much
    return {**size_json(grid), "layers": [list(islice(maps, len(h))) for h in layers]}


def _maps(h: Floats, characters: bytes = FINE) -> list[dict[str, Any]]:
    """Each row of h (H, cells) as a map."""
    texts, ranges = zip(*map_texts(h, characters), strict=True)
    return [
        {"values": text, "value_range": value_range} for text, value_range in zip(texts, _rounded(ranges), strict=True)
    ]


def unit_json(session: Session, layer: int, unit: int, resolution: int | None = None) -> dict[str, Any]:
    """One unit's map at the plane's resolution or another, in all 64 levels. Raises NotFound."""
    if not _has_units(session, layer, unit):
        raise NotFound(f"There is no unit {unit} in layer {layer}; layers count from 1, units from 0.")
    grid = session.document.grid(resolution)
    with np.errstate(all="ignore"):
        (cells,) = _maps(unit_map(session.trainer.evaluator, grid, layer, unit))
    return {"step": session.trainer.steps_taken, "layer": layer, "unit": unit, **size_json(grid), **cells}


def _weights(session: Session) -> list[dict[str, Any]]:
    """Per layer, weights and biases to four significant digits; GET .../model has all of them."""
    network = session.trainer.network
    params = _to_digits(network.params, 4)  # all at once: layer by layer, the calls would cost three times as much
    layers = (export_layer(shape, params) for shape in network.shapes)
    return [{"weights": layer.weights.tolist(), "biases": layer.biases.tolist()} for layer in layers]


def _warp(session: Session, layer: int = 0, *chosen: int) -> dict[str, Any] | None:
    """Where two units send a grid over the view and the document's points; layer 0 stands for the last hidden one.

    None when there is no such unit, or when it sends them beyond the range of numbers.
    """
    layer = layer or max(1, session.trainer.network.num_layers - 1)
    units = (chosen[0], chosen[1]) if chosen else (0, 1)
    if not _has_units(session, layer, *units):
        return None
    trainer, grid = session.trainer, session.document.grid(WARP_RESOLUTION)
    positions = warp(trainer.evaluator, grid, layer=layer, units=units)
    points = warped_points(trainer.evaluator, trainer.examples.coordinates, layer=layer, units=units)
    both = np.concatenate([positions.reshape(-1, 2), points])
    low, high = both.min(axis=0), both.max(axis=0)
    if not np.isfinite([low, high]).all():
        return None
    text = pairs(both, low, high, every=WARP_STEP)
    end_of_grid = len(text) - 4 * len(points)  # two characters each of x and y
    return {
        "layer": layer,
        "units": units,
        **size_json(grid),
        "x_range": _rounded([low[0], high[0]]),
        "y_range": _rounded([low[1], high[1]]),
        "grid": text[:end_of_grid],
        "points": text[end_of_grid:],
    }


def _has_units(session: Session, layer: int, *units: int) -> bool:
    shapes = session.trainer.network.shapes
    return layer <= len(shapes) and max(units) < shapes[layer - 1].units


def _rounded(values: ArrayLike) -> list[Any]:
    """Numbers to three significant digits, as nested lists."""
    rounded: list[Any] = _to_digits(values, 3).tolist()
    return rounded


def _to_digits(values: ArrayLike, significant: int) -> NDArray[np.float64]:
    """Numbers to so many significant digits."""
    exact = np.asarray(values, dtype=np.float64)
    size = np.abs(exact)
    digits = significant - 1 - np.floor(np.log10(size, where=size > 0, out=np.zeros_like(size)))
    up, down = 10.0 ** np.maximum(digits, 0), 10.0 ** np.maximum(-digits, 0)
    rounded: NDArray[np.float64] = np.rint(exact * up / down) * down / up
    return rounded


# What is made at the wanted resolution, and what has one of its own.
SIZED: dict[str, Callable[[Session, int], Any]] = {"regions": regions_reply, "curves": unit_curves}
MAKERS: dict[str, Callable[..., Any]] = {
    "units": _units,
    "weights": _weights,
    "warp": _warp,
    "scores": _scores,
    "phases": _phases,
}
