"""The extra views a frame can carry: every unit's map, the weights, and the plane as two units see it."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlab.engine.views import UNIT_RESOLUTION, WARP_RESOLUTION, unit_maps, warp
from nnlab.session.encoding import ALPHABET, pairs
from nnlab.session.session import Session
from nnlab.wording import broken_rule

# 13 of the 64 levels do for a map the size of a thumbnail and halve its bytes.
COARSE = str.maketrans({character: ALPHABET[min(63, level // 5 * 5 + 2)] for level, character in enumerate(ALPHABET)})

FORM = re.compile(r"units|weights|warp(\.(?P<layer>[1-9])\.(?P<first>\d{1,3})\.(?P<second>\d{1,3}))?")


def parse_views(text: str) -> tuple[str, ...]:
    """`weights,units` -> ("units", "weights"), sorted and once each. Raises InvalidInput for unknown names.

    `warp.2.0.5` is the plane as units 0 and 5 of layer 2 see it; `warp` is the last hidden layer's first two.
    """
    names = {name.strip() for name in text.split(",") if name.strip()}
    for name in sorted(names):
        if not FORM.fullmatch(name):
            raise broken_rule("views", "must be among units, weights, warp and warp.LAYER.UNIT.UNIT", name)
    if sum(name.startswith("warp") for name in names) > 1:
        raise broken_rule("views", "must name one warp at the most", text)
    return tuple(sorted(names))


def extra_views(session: Session, views: tuple[str, ...]) -> dict[str, Any]:
    """Field of the frame -> value, for names that parse_views lets pass."""
    makers = {"units": _units, "weights": _weights}
    with np.errstate(all="ignore"):  # weights set by hand may lead beyond the range of numbers
        return {name.split(".")[0]: makers[name](session) if name in makers else _warp(session, name) for name in views}


def _units(session: Session) -> dict[str, Any]:
    """Per layer, the output layer last, each unit's map over the view: rows x cols levels of its own range."""
    view = session.document.view
    maps = unit_maps(session.trainer.network, x_range=view.x_range, y_range=view.y_range)
    layers: list[list[dict[str, Any]]] = [[] for _ in session.trainer.network.shapes]
    for found, value_range in zip(maps, _rounded([found.value_range for found in maps]), strict=True):
        layers[found.layer - 1].append({"values": found.values.translate(COARSE), "value_range": value_range})
    return {"rows": UNIT_RESOLUTION, "cols": UNIT_RESOLUTION, "layers": layers}


def _weights(session: Session) -> list[dict[str, Any]]:
    """Per layer, weights and biases to three significant digits; GET .../model has all of them."""
    return [
        {"weights": _rounded(layer.weights), "biases": _rounded(layer.biases)} for layer in session.trainer.layers()
    ]


def _warp(session: Session, name: str) -> dict[str, Any] | None:
    """Where two units send a grid over the view and the document's points.

    None when there is no such unit, or when it sends them beyond the range of numbers.
    """
    chosen = _chosen_units(session, name)
    if chosen is None:
        return None
    layer, units = chosen
    view = session.document.view
    found = warp(session.trainer.network, x_range=view.x_range, y_range=view.y_range, layer=layer, units=units)
    grid = found.positions.reshape(-1, 2)
    points = _positions_of_points(session, layer, units)
    both = np.concatenate([grid, points])
    if not np.isfinite(both).all():
        return None
    low, high = both.min(axis=0), both.max(axis=0)
    return {
        "layer": layer,
        "units": units,
        "rows": WARP_RESOLUTION,
        "cols": WARP_RESOLUTION,
        "x_range": _rounded([low[0], high[0]]),
        "y_range": _rounded([low[1], high[1]]),
        "grid": pairs(grid, low, high),
        "points": pairs(points, low, high),
    }


def _chosen_units(session: Session, name: str) -> tuple[int, tuple[int, int]] | None:
    shapes = session.trainer.network.shapes
    found = FORM.fullmatch(name)
    if found is not None and found["layer"]:
        layer, units = int(found["layer"]), (int(found["first"]), int(found["second"]))
    else:
        layer, units = max(1, len(shapes) - 1), (0, 1)
    if layer > len(shapes) or max(units) >= shapes[layer - 1].units:
        return None
    return layer, units


def _positions_of_points(session: Session, layer: int, units: tuple[int, int]) -> NDArray[np.float64]:
    """(points, 2): the two units' h at every point of the document, in its order."""
    coordinates = np.array([(point.x, point.y) for point in session.document.points]).reshape(-1, 2)
    if not len(coordinates):
        return np.empty((0, 2))
    found = session.trainer.predict(coordinates, activations=True)
    layers = [*(found.activations or ()), found.scores]
    return np.asarray(layers[layer - 1][:, list(units)], dtype=np.float64)


def _rounded(values: ArrayLike) -> list[Any]:
    """Numbers to three significant digits, as nested lists."""
    exact = np.asarray(values, dtype=np.float64)
    size = np.abs(exact)
    digits = 2 - np.floor(np.log10(size, where=size > 0, out=np.zeros_like(size)))
    up, down = 10.0 ** np.maximum(digits, 0), 10.0 ** np.maximum(-digits, 0)
    rounded: list[Any] = (np.rint(exact * up / down) * down / up).tolist()
    return rounded
