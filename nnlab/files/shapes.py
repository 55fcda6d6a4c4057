"""The outline of each class's shape as an SVG path around (0, 0): the page's shapes (static/js/draw/shapes.js)."""

from __future__ import annotations

from math import cos, pi, sin, sqrt

Corners = list[tuple[float, float]]

ARM = 0.36  # half the width of the arms of plus and cross
PLUS: Corners = [
    (-ARM, -1),
    (ARM, -1),
    (ARM, -ARM),
    (1, -ARM),
    (1, ARM),
    (ARM, ARM),
    (ARM, 1),
    (-ARM, 1),
    (-ARM, ARM),
    (-1, ARM),
    (-1, -ARM),
    (-ARM, -ARM),
]


def _polygon(corners: int, radius: float = 1.0, turn: float = 0.0) -> Corners:
    angles = [2 * pi * i / corners - pi / 2 + turn for i in range(corners)]
    return [(radius * cos(angle), radius * sin(angle)) for angle in angles]


def _star() -> Corners:
    return [corner for pair in zip(_polygon(5), _polygon(5, 0.45, pi / 5), strict=True) for corner in pair]


def _path(corners: Corners, radius: float) -> str:
    return "M" + "L".join(f"{x * radius:.2f} {y * radius:.2f}" for x, y in corners) + "Z"


def _circle(r: float) -> str:
    return f"M{r:.2f} 0A{r:.2f} {r:.2f} 0 1 1 {-r:.2f} 0A{r:.2f} {r:.2f} 0 1 1 {r:.2f} 0Z"


# In the order of the classes; shapes of equal radius look unequal in size, and the factors even them out.
POLYGONS: list[tuple[Corners, float]] = [
    ([(-1, -1), (1, -1), (1, 1), (-1, 1)], 0.9),
    (_polygon(3), 1.22),
    (_polygon(4), 1.22),
    (PLUS, 1.14),
    (_star(), 1.3),
    (_polygon(5), 1.1),
    ([((x - y) / sqrt(2), (x + y) / sqrt(2)) for x, y in PLUS], 1.14),
]


def shape_paths(radius: float) -> list[str]:
    """The path data of every class's shape: circle, square, triangle, diamond, plus, star, pentagon, cross."""
    return [_circle(radius), *(_path(corners, radius * factor) for corners, factor in POLYGONS)]
