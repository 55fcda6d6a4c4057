"""The plane as a few lines of SVG, to stand in a page before its scripts and styles have come: regions and points."""

from __future__ import annotations

import base64
from collections import defaultdict

from nnlab.document.models import Document
from nnlab.engine.looks.regions import Regions
from nnlab.files.colours import point_colour
from nnlab.files.png import clear_png

SIDE = 100  # of the drawing, in its own units
DOT, HOLE = 2.0, 1.1  # widths of a point, and of the hole in one that is held out
PAPER, INK = "var(--plane, Canvas)", "var(--ink, CanvasText)"  # of the theme; without styles, of the browser's scheme


def sketch_svg(document: Document, regions: Regions) -> str:
    """The inside of an SVG element whose viewBox is `0 0 100 100`: a picture that lets paper show through, and dots.

    It has attributes alone and no style, as the pages forbid styles inside.
    """
    data = base64.b64encode(clear_png(regions)).decode()
    picture = f'<image width="{SIDE}" height="{SIDE}" preserveAspectRatio="none" href="data:image/png;base64,{data}"/>'
    return picture + f'<g fill="none" stroke-linecap="round">{"".join(_dots(document))}</g>'


def _dots(document: Document) -> list[str]:
    """A path for each colour; over the points that are held out one more, of paper."""
    (left, right), (low, high) = document.view.x_range, document.view.y_range
    places: dict[str, list[str]] = defaultdict(list)
    holes = []
    for point in document.points:
        x, y = SIDE * (point.x - left) / (right - left), SIDE * (high - point.y) / (high - low)
        if 0 <= x <= SIDE and 0 <= y <= SIDE:
            dot = f"M{x:.1f} {y:.1f}h0"
            places[point_colour(document.task, point, ink=INK)].append(dot)
            holes += [dot] if point.held_out else []
    dots = [_path(colour, DOT, drawn) for colour, drawn in places.items()]
    return [*dots, _path(PAPER, HOLE, holes)] if holes else dots


def _path(colour: str, width: float, places: list[str]) -> str:
    return f'<path stroke="{colour}" stroke-width="{width}" d="{"".join(places)}"/>'
