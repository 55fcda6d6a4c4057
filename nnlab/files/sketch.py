"""The plane as a few lines of SVG, to stand in a page before its scripts and styles have come: regions and points."""

from __future__ import annotations

import base64
import io
from collections import defaultdict

import numpy as np
import png
from numpy.typing import NDArray

from nnlab.document.models import Document
from nnlab.document.points import Point
from nnlab.engine.looks.regions import Regions, shares_of_range
from nnlab.files.png import CLASS_COLOURS, FAINTEST, STRONGEST, value_colour

SIDE = 100  # of the drawing, in its own units
DOT, HOLE = 2.0, 1.1  # widths of a point, and of the hole in one that is held out
PAPER, INK = "var(--plane, Canvas)", "var(--ink, CanvasText)"  # of the theme; without styles, of the browser's scheme


def sketch_svg(document: Document, regions: Regions) -> str:
    """The inside of an SVG element whose viewBox is `0 0 100 100`: a picture that lets paper show through, and dots.

    It has attributes alone and no style, as the pages forbid styles inside.
    """
    data = base64.b64encode(_png(regions)).decode()
    picture = f'<image width="{SIDE}" height="{SIDE}" preserveAspectRatio="none" href="data:image/png;base64,{data}"/>'
    return picture + f'<g fill="none" stroke-linecap="round">{"".join(_dots(document))}</g>'


def _png(regions: Regions) -> bytes:
    """A pixel a cell, its class's colour the denser the surer the network is."""
    colours, share = _classes(regions) if regions.labels is not None else _values(regions)
    pixels = np.concatenate([colours, 255 * share[..., None]], axis=-1)
    file = io.BytesIO()
    png.from_array(np.rint(pixels).astype(np.uint8).reshape(len(pixels), -1), "RGBA").write(file)
    return file.getvalue()


def _classes(regions: Regions) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Colours (rows, cols, 3) and how dense they are (rows, cols)."""
    assert regions.labels is not None and regions.probability is not None
    return CLASS_COLOURS[regions.labels], FAINTEST + (STRONGEST - FAINTEST) * np.fmax(regions.probability, 0.0)


def _values(regions: Regions) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same for values: orange below the middle, blue above it."""
    assert regions.values is not None
    offset = 2 * shares_of_range(regions.values)[0] - 1
    return CLASS_COLOURS[(offset < 0).astype(int)], STRONGEST * np.abs(offset)


def _dots(document: Document) -> list[str]:
    """A path for each colour; over the points that are held out one more, of paper."""
    (left, right), (low, high) = document.view.x_range, document.view.y_range
    places: dict[str, list[str]] = defaultdict(list)
    holes = []
    for point in document.points:
        x, y = SIDE * (point.x - left) / (right - left), SIDE * (high - point.y) / (high - low)
        if 0 <= x <= SIDE and 0 <= y <= SIDE:
            dot = f"M{x:.1f} {y:.1f}h0"
            places[_colour(document.task, point)].append(dot)
            holes += [dot] if point.held_out else []
    dots = [_path(colour, DOT, drawn) for colour, drawn in places.items()]
    return [*dots, _path(PAPER, HOLE, holes)] if holes else dots


def _path(colour: str, width: float, places: list[str]) -> str:
    return f'<path stroke="{colour}" stroke-width="{width}" d="{"".join(places)}"/>'


def _colour(task: str, point: Point) -> str:
    if task == "curve_fitting":
        return INK
    colour = value_colour(point.value or 0.0) if task == "surface_fitting" else CLASS_COLOURS[point.label]
    return "#" + "".join(f"{round(channel):02x}" for channel in colour)
