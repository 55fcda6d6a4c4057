"""Which part of the plane shows points well: for whoever brings some, and for a person who asks to see all of them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from nnlab.document.models import NARROWEST_VIEW, View
from nnlab.document.points import FARTHEST, Point

Range = tuple[float, float]

MARGIN = 0.05  # of the points' width, left free at each edge
STEPS = 20  # edges are multiples of a round step, of which a view has about so many
LEAST_FILLED = 0.25  # of a view: points that take up less are too small to work with
# Half the width of the view of a single value: so much at least, and so much of the value.
LEAST_HALF, LEAST_SHARE = 1.0, 0.1


def view_of(points: Sequence[Point]) -> View:
    """Return the view that has all points in it, with room around them and round edges.

    It is the usual one where that shows them well, or where there are none.
    """
    usual = View()
    if shows_well(usual, points):
        return usual
    return View(x_range=_around([p.x for p in points]), y_range=_around([p.y for p in points]))


def view_for(points: Sequence[Point], view: View) -> View:
    """Return the present view where it shows the points well, and else one that does."""
    return view if shows_well(view, points) else view_of(points)


def shows_well(view: View, points: Sequence[Point]) -> bool:
    """Tell whether all points lie in the view and take up a quarter of it or more each way; true without points."""
    if not points:
        return True
    across = _is_filled(view.x_range, [p.x for p in points])
    return across and _is_filled(view.y_range, [p.y for p in points])


def _is_filled(edges: Range, values: list[float]) -> bool:
    low, high = edges
    least, most = min(values), max(values)
    return low <= least and most <= high and most - least >= LEAST_FILLED * (high - low)


def _around(values: list[float]) -> Range:
    """Return round edges around values, within the plane."""
    low, high = min(values), max(values)
    width = high - low
    if width < NARROWEST_VIEW:
        half = max(LEAST_HALF, LEAST_SHARE * abs(low))
        low, high, width = low - half, high + half, 2 * half
    step = _round_step(width / STEPS)
    low = math.floor((low - MARGIN * width) / step) * step
    high = math.ceil((high + MARGIN * width) / step) * step
    return max(-FARTHEST, float(f"{low:.12g}")), min(FARTHEST, float(f"{high:.12g}"))


def _round_step(rough: float) -> float:
    """Return 1, 2 or 5 times a power of ten, the next one above."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
