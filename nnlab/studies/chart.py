"""A figure as values: panels with axes and what is drawn in them. drawing.py makes a picture of it, and only that file
knows how.

Numbers that are None are left out. `runs` are numbers of networks in the study: their dots are links that open them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nnlab.sentence import Sentence

Number = float | None


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis shows, with its unit; `ticks` (place, text) where they are not to be found by themselves."""

    label: Sentence
    log: bool = False
    ticks: tuple[tuple[float, str], ...] = ()
    limits: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Dots:
    """One dot a network, or a point; faint where lines over them say what matters, large where they lie over lines."""

    x: Sequence[Number]
    y: Sequence[Number]
    runs: Sequence[int] = ()
    label: str = ""
    colour: int = 0
    faint: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line; between `low` and `high` there is a band. Thin where it is one of many."""

    x: Sequence[Number]
    y: Sequence[Number]
    label: str = ""
    low: Sequence[Number] = ()
    high: Sequence[Number] = ()
    colour: int = 0
    dashed: bool = False
    marks: bool = True
    thin: bool = False


@dataclass(frozen=True, slots=True)
class Ranges:
    """From `low` to `high` at each place, with a mark in the middle."""

    x: Sequence[Number]
    middle: Sequence[Number]
    low: Sequence[Number]
    high: Sequence[Number]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A height that something is compared with."""

    y: float
    label: str


Layer = Dots | Line | Ranges | Level


@dataclass(frozen=True, slots=True)
class Panel:
    """One pair of axes; on the same scale where they are those of the plane. A title stands over the legend."""

    x: Axis
    y: Axis
    layers: Sequence[Layer]
    title: str = ""
    same_scale: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure: its panels, and below them a line that says what was measured on what (n, seeds, settings)."""

    title: Sentence
    caption: Sentence
    panels: Sequence[Panel] = field(default_factory=tuple)


def beside(index: int, place: float) -> float:
    """`place` moved a little aside, so that dots of one place can be told apart: evenly, and always the same way."""
    return place + ((index * 0.618034) % 1.0 - 0.5) * 0.55
