"""The plane as a figure for papers and slides: an SVG file with title, axes, regions, points and legend."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from nnlab.document.models import Document
from nnlab.document.points import MOST_CLASSES, Point
from nnlab.engine.looks.regions import Regions
from nnlab.files.colours import CLASS_COLOURS, hex_colour, point_colour
from nnlab.files.png import regions_png
from nnlab.files.shapes import shape_paths
from nnlab.sentence import Sentence

WIDTH, HEIGHT = 640, 724
LEFT, TOP, SIDE = 60, 54, 560  # of the plot
RADIUS, SMALL_RADIUS, MANY_POINTS = 5.5, 4.0, 500
MOST_TICKS = 7
ENTRY, ENTRY_MARK, LETTER = 70, 26, 6  # of the legend: an entry's least width, its mark's, a letter's
INK, LINE = "#1c1f26", "#8c8f98"
FONT = "font-family='system-ui, Helvetica, Arial, sans-serif'"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

DECISION_REGIONS, HELD_OUT = Sentence("Decision regions"), Sentence("Held out")

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Plot:
    """The part of the plane that is drawn, and its place on paper."""

    x_range: tuple[float, float]
    y_range: tuple[float, float]

    def x(self, value: float) -> float:
        """From the plane to paper."""
        low, high = self.x_range
        return LEFT + (value - low) / (high - low) * SIDE

    def y(self, value: float) -> float:
        """From the plane to paper, where y points down."""
        low, high = self.y_range
        return TOP + (high - value) / (high - low) * SIDE


def figure_svg(
    document: Document, regions: Regions, *, curve: NDArray[np.float64] | None = None, say: Say = str
) -> str:
    """A standalone SVG file of a document and its regions; curve fitting has its curve (cols,) too.

    `say` translates the few words on it.
    """
    plot = Plot(document.view.x_range, document.view.y_range)
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' width='{WIDTH}' height='{HEIGHT}' "
        f"{FONT} font-size='12' fill='{INK}'>",
        f"<title>{_text(document.title or say(DECISION_REGIONS))}</title>",
        _definitions(len(document.points)),
        f"<rect width='{WIDTH}' height='{HEIGHT}' fill='white'/>",
        f"<text x='{LEFT}' y='34' font-size='18' font-weight='600'>{_text(document.title)}</text>",
        _picture(regions),
        *_axes(plot),
        "<g clip-path='url(#plot)'>",
        *_curve(curve, plot),
        *(_point(document, point, plot) for point in document.points),
        "</g>",
        *_legend(document, say),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def words_of_figures() -> tuple[str, ...]:
    """All words that are on figures, for whoever has them translated."""
    return DECISION_REGIONS, HELD_OUT, *map(_class_name, range(MOST_CLASSES))


def _class_name(label: int) -> Sentence:
    return Sentence("Class {number}", number=label)


def ticks(low: float, high: float, most: int = MOST_TICKS) -> list[float]:
    """Round values between low and high, at most so many: multiples of 1, 2 or 5 times a power of ten."""
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10, 20) if (high - low) / (factor * power) <= most - 1)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{number * step:.12g}") for number in range(first, last + 1)]


def _text(text: str) -> str:
    """Text for XML, which knows no control characters."""
    return escape(NOT_XML.sub("", text))


def _definitions(num_points: int) -> str:
    radius = SMALL_RADIUS if num_points > MANY_POINTS else RADIUS
    shapes = "".join(f"<path id='shape{label}' d='{path}'/>" for label, path in enumerate(shape_paths(radius)))
    clip = f"<clipPath id='plot'><rect x='{LEFT}' y='{TOP}' width='{SIDE}' height='{SIDE}'/></clipPath>"
    return f"<defs>{shapes}{clip}</defs>"


def _picture(regions: Regions) -> str:
    data = base64.b64encode(regions_png(regions)).decode()
    place = f"x='{LEFT}' y='{TOP}' width='{SIDE}' height='{SIDE}' preserveAspectRatio='none'"
    return f"<image {place} href='data:image/png;base64,{data}'/>"


def _axes(plot: Plot) -> list[str]:
    bottom, right = TOP + SIDE, LEFT + SIDE
    frame = f"<rect x='{LEFT}' y='{TOP}' width='{SIDE}' height='{SIDE}' fill='none' stroke='{LINE}'/>"
    names = (
        f"<text x='{LEFT + SIDE / 2:g}' y='{bottom + 38}' text-anchor='middle' font-style='italic'>x</text>"
        f"<text x='18' y='{TOP + SIDE / 2:g}' text-anchor='middle' font-style='italic'>y</text>"
    )
    across = [
        f"<path d='M{plot.x(value):.2f} {bottom}v5' stroke='{LINE}'/>"
        f"<text x='{plot.x(value):.2f}' y='{bottom + 19}' text-anchor='middle'>{_number(value)}</text>"
        for value in ticks(*plot.x_range)
    ]
    upwards = [
        f"<path d='M{LEFT} {plot.y(value):.2f}h-5' stroke='{LINE}'/>"
        f"<text x='{LEFT - 9}' y='{plot.y(value) + 4:.2f}' text-anchor='end'>{_number(value)}</text>"
        for value in ticks(*plot.y_range)
    ]
    zero_x = [f"<path d='M{plot.x(0):.2f} {TOP}V{bottom}' stroke='{LINE}' opacity='.5'/>"]
    zero_y = [f"<path d='M{LEFT} {plot.y(0):.2f}H{right}' stroke='{LINE}' opacity='.5'/>"]
    inside_x, inside_y = plot.x_range[0] < 0 < plot.x_range[1], plot.y_range[0] < 0 < plot.y_range[1]
    return [*(zero_x if inside_x else []), *(zero_y if inside_y else []), frame, names, *across, *upwards]


def _number(value: float) -> str:
    return f"{value:.10g}".replace("-", "\N{MINUS SIGN}")


def _curve(curve: NDArray[np.float64] | None, plot: Plot) -> list[str]:
    """The fitted curve (cols,) over the columns' centres."""
    if curve is None or not np.isfinite(curve).all():
        return []
    places = (f"{LEFT + (col + 0.5) / len(curve) * SIDE:.2f} {plot.y(y):.2f}" for col, y in enumerate(curve.tolist()))
    return [f"<path d='M{'L'.join(places)}' fill='none' stroke='{hex_colour(CLASS_COLOURS[1])}' stroke-width='3'/>"]


def _point(document: Document, point: Point, plot: Plot) -> str:
    """A training point is filled, a held-out one hollow."""
    colour, label = point_colour(document.task, point, ink=INK), point.label if document.task == "classification" else 0
    place = f"x='{plot.x(point.x):.2f}' y='{plot.y(point.y):.2f}'"
    return f"<use href='#shape{label}' {place} {_look(colour, hollow=point.held_out)}/>"


def _look(colour: str, *, hollow: bool) -> str:
    if hollow:
        return f"fill='white' stroke='{colour}' stroke-width='2'"
    return f"fill='{colour}' stroke='white'"


def _legend(document: Document, say: Say) -> list[str]:
    """The classes that have points, and what a hollow point is."""
    points = document.points
    entries: list[tuple[int, str, bool, str]] = []
    if document.task == "classification":
        labels = sorted({point.label for point in points})
        entries = [(label, hex_colour(CLASS_COLOURS[label]), False, _name(document, label, say)) for label in labels]
    if any(point.held_out for point in points):
        entries.append((0, INK, True, say(HELD_OUT)))
    y = TOP + SIDE + 64
    longest = max((len(text) for *_, text in entries), default=0)
    width = min(SIDE // max(1, len(entries)), max(ENTRY, ENTRY_MARK + LETTER * longest))
    room = (width - ENTRY_MARK) // LETTER
    return [
        f"<use href='#shape{label}' x='{x + 8}' y='{y}' {_look(colour, hollow=hollow)}/>"
        f"<text x='{x + 20}' y='{y + 4}'>{_text(_shortened(text, room))}</text>"
        for x, (label, colour, hollow, text) in zip(
            range(LEFT, LEFT + width * len(entries), width), entries, strict=True
        )
    ]


def _name(document: Document, label: int, say: Say) -> str:
    """The class's own name, or its number."""
    names = document.class_names
    return (names[label] if label < len(names) else "") or say(_class_name(label))


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "\N{HORIZONTAL ELLIPSIS}"
