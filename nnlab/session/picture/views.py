"""A frame and the parts it can carry: regions, maps and curves of units, weights, the warped plane, the last phases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnlab.engine.looks.regions import border_leads, encode_labels, encode_shares, every, grid_scores, leads, winners
from nnlab.engine.looks.views import UNIT_RESOLUTION, WARP_RESOLUTION, unit_map, unit_maps, warp, warped_points
from nnlab.errors import NotFound
from nnlab.session.picture.curves import unit_curves
from nnlab.session.picture.encoding import pairs
from nnlab.session.picture.frame import regions_of
from nnlab.session.picture.snapshot import snapshot
from nnlab.session.picture.want import PLAIN, Want
from nnlab.session.session import Session

COARSE = every(7)  # does for a map the size of a thumbnail, in less than half of its bytes
SHADES = every(5)  # do for scores, which are smoothed as they are drawn

SCORE_RESOLUTION = 32  # scores change smoothly, and 100 x 100 of them would take 4.5 KB of a frame's 12

WARP_STEP = 8  # every 8th of 4,096 levels: one for each pixel of the picture


def frame(session: Session, want: Want = PLAIN) -> dict[str, Any]:
    """Everything a viewer needs for one picture, complete in itself: the snapshot, and the parts that are wanted."""
    return snapshot(session) | Parts(session).of(want)


class Parts:
    """The parts of one session's frames as it stands. Each is made once, however many wants it is in.

    `known` has what need not be made, by name.
    """

    def __init__(self, session: Session, known: dict[str, Any] | None = None) -> None:
        self._session = session
        self._made: dict[tuple[str, int], Any] = {(name, 0): value for name, value in (known or {}).items()}

    def of(self, want: Want) -> dict[str, Any]:
        """Field of the frame -> value, for names that parse_parts lets pass."""
        with np.errstate(all="ignore"):  # weights set by hand may lead beyond the range of numbers
            return {_kind(name): self._part(name, want) for name in want.parts}

    def _part(self, name: str, want: Want) -> Any:
        resolution = want.resolution_at(self._session.document.pace) if name in SIZED else 0
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
    view = session.document.view
    scores = grid_scores(session.trainer, x_range=view.x_range, y_range=view.y_range, resolution=SCORE_RESOLUTION)
    found = leads(scores)
    most = float(found.max())
    if not np.isfinite(most):
        return None
    labels, _ = winners(scores)
    return {
        "rows": SCORE_RESOLUTION,
        "cols": SCORE_RESOLUTION,
        "labels": encode_labels(labels),
        "leads": border_leads(scores, labels.reshape(SCORE_RESOLUTION, SCORE_RESOLUTION)),
        "values": encode_shares(found / (most or 1.0), SHADES),
        "value_range": _rounded([0.0, most]),
    }


def _phases(session: Session) -> dict[str, Any] | None:
    """The phases of the last update; None if it did not come alone."""
    return session.phases


def _units(session: Session) -> dict[str, Any]:
    """Per layer, the output layer last, each unit's map over the view: rows x cols levels of its own range."""
    view = session.document.view
    maps = unit_maps(session.trainer, x_range=view.x_range, y_range=view.y_range, characters=COARSE)
    layers: list[list[dict[str, Any]]] = [[] for _ in session.trainer.network.shapes]
    for found, value_range in zip(maps, _rounded([found.value_range for found in maps]), strict=True):
        layers[found.layer - 1].append({"values": found.values, "value_range": value_range})
    return {"rows": UNIT_RESOLUTION, "cols": UNIT_RESOLUTION, "layers": layers}


def unit_json(session: Session, layer: int, unit: int, resolution: int | None = None) -> dict[str, Any]:
    """One unit's map at the plane's resolution or another, in all 64 levels. Raises NotFound."""
    if not _has_units(session, layer, unit):
        raise NotFound(f"There is no unit {unit} in layer {layer}; layers count from 1, units from 0.")
    view, size = session.document.view, resolution or session.document.pace.resolution
    with np.errstate(all="ignore"):
        found = unit_map(
            session.trainer, x_range=view.x_range, y_range=view.y_range, place=(layer, unit), resolution=size
        )
    cells = {"values": found.values, "value_range": _rounded(found.value_range)}
    return {"step": session.trainer.steps_taken, "layer": layer, "unit": unit, "rows": size, "cols": size} | cells


def _weights(session: Session) -> list[dict[str, Any]]:
    """Per layer, weights and biases to four significant digits; GET .../model has all of them."""
    return [
        {"weights": _rounded(layer.weights, 4), "biases": _rounded(layer.biases, 4)}
        for layer in session.trainer.layers()
    ]


def _warp(session: Session, layer: int = 0, *chosen: int) -> dict[str, Any] | None:
    """Where two units send a grid over the view and the document's points; layer 0 stands for the last hidden one.

    None when there is no such unit, or when it sends them beyond the range of numbers.
    """
    layer = layer or max(1, session.trainer.network.num_layers - 1)
    units = (chosen[0], chosen[1]) if chosen else (0, 1)
    if not _has_units(session, layer, *units):
        return None
    view = session.document.view
    found = warp(session.trainer, x_range=view.x_range, y_range=view.y_range, layer=layer, units=units)
    points = warped_points(session.trainer, session.trainer.examples.coordinates, layer=layer, units=units)
    both = np.concatenate([found.positions.reshape(-1, 2), points])
    low, high = both.min(axis=0), both.max(axis=0)
    if not np.isfinite([low, high]).all():
        return None
    text = pairs(both, low, high, every=WARP_STEP)
    end_of_grid = len(text) - 4 * len(points)  # two characters each of x and y
    return {
        "layer": layer,
        "units": units,
        "rows": WARP_RESOLUTION,
        "cols": WARP_RESOLUTION,
        "x_range": _rounded([low[0], high[0]]),
        "y_range": _rounded([low[1], high[1]]),
        "grid": text[:end_of_grid],
        "points": text[end_of_grid:],
    }


def _has_units(session: Session, layer: int, *units: int) -> bool:
    shapes = session.trainer.network.shapes
    return layer <= len(shapes) and max(units) < shapes[layer - 1].units


def _rounded(values: ArrayLike, significant: int = 3) -> list[Any]:
    """Numbers to so many significant digits, as nested lists."""
    exact = np.asarray(values, dtype=np.float64)
    size = np.abs(exact)
    digits = significant - 1 - np.floor(np.log10(size, where=size > 0, out=np.zeros_like(size)))
    up, down = 10.0 ** np.maximum(digits, 0), 10.0 ** np.maximum(-digits, 0)
    rounded: list[Any] = (np.rint(exact * up / down) * down / up).tolist()
    return rounded


# What is made at the wanted resolution, and what has one of its own.
SIZED: dict[str, Callable[[Session, int], Any]] = {"regions": regions_of, "curves": unit_curves}
MAKERS: dict[str, Callable[..., Any]] = {
    "units": _units,
    "weights": _weights,
    "warp": _warp,
    "scores": _scores,
    "phases": _phases,
}
