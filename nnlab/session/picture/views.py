"""The extra views a frame can carry: units' maps and curves, weights, the warped plane, the last update's phases."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnlab.document.wording import broken_rule
from nnlab.engine.buffers.tape import Floats
from nnlab.engine.looks.regions import border_leads, grid_scores, leads, winners
from nnlab.engine.looks.units import unit_map, unit_maps, warp, warped_points
from nnlab.errors import NotFound
from nnlab.session.picture.curves import unit_curves
from nnlab.session.picture.encoding import FINE, every, label_text, lead_text, map_texts, pairs, share_text, size_json
from nnlab.session.session import Session

COARSE = every(7)  # does for a map the size of a thumbnail, in less than half of its bytes
SHADES = every(5)  # do for scores, which are smoothed as they are drawn

UNIT_RESOLUTION = 20
WARP_RESOLUTION = 21
SCORE_RESOLUTION = 32  # scores change smoothly, and 100 x 100 of them would take 4.5 KB of a frame's 12

WARP_STEP = 8  # every 8th of 4,096 levels: one for each pixel of the picture

FORM = re.compile(r"units|weights|scores|phases|curves|warp(\.[1-9]\.\d{1,3}\.\d{1,3})?")
KINDS = "units, weights, scores, phases, curves, warp and warp.LAYER.UNIT.UNIT"


def parse_views(text: str) -> tuple[str, ...]:
    """`weights,units` -> ("units", "weights"), sorted and once each. Raises InvalidInput for unknown names.

    `warp.2.0.5` is the plane as units 0 and 5 of layer 2 see it; `warp` is the last hidden layer's first two.
    """
    names = {name.strip() for name in text.split(",") if name.strip()}
    for name in sorted(names):
        if not FORM.fullmatch(name):
            raise broken_rule("views", f"must be among {KINDS}", name)
    if sum(name.startswith("warp") for name in names) > 1:
        raise broken_rule("views", "must name one warp at the most", text)
    return tuple(sorted(names))


def extra_views(session: Session, views: tuple[str, ...], made: dict[str, Any] | None = None) -> dict[str, Any]:
    """Field of the frame -> value, for names that parse_views lets pass. `made` has what is made already, by name."""
    makers: dict[str, Callable[..., Any]] = {
        "units": _units, "weights": _weights, "warp": _warp, "scores": _scores, "phases": _phases, "curves": unit_curves
    }  # fmt: skip
    made = {} if made is None else made
    fields = {}
    with np.errstate(all="ignore"):  # weights set by hand may lead beyond the range of numbers
        for name in views:
            kind, numbers = _parts(name)
            fields[kind] = made[name] if name in made else made.setdefault(name, makers[kind](session, *numbers))
    return fields


def _parts(name: str) -> tuple[str, list[int]]:
    """`warp.2.0.5` -> ("warp", [2, 0, 5])."""
    kind, *numbers = name.split(".")
    return kind, [int(number) for number in numbers]


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
    return {**size_json(grid), "layers": [_maps(h, COARSE) for h in layers]}


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


def _rounded(values: ArrayLike, significant: int = 3) -> list[Any]:
    """Numbers to so many significant digits, as nested lists."""
    exact = np.asarray(values, dtype=np.float64)
    size = np.abs(exact)
    digits = significant - 1 - np.floor(np.log10(size, where=size > 0, out=np.zeros_like(size)))
    up, down = 10.0 ** np.maximum(digits, 0), 10.0 ** np.maximum(-digits, 0)
    rounded: list[Any] = (np.rint(exact * up / down) * down / up).tolist()
    return rounded
