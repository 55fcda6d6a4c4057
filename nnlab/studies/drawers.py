"""How each kind of layer of a chart is drawn onto matplotlib's axes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Part = Mapping[str, Any]
Drawer = Callable[[Any, Part, Sequence[str]], None]

MARKS = "osD^vP*X"  # colour is never alone
FAINT, PLAIN, LARGE = (12, 0.3), (20, 0.75), (90, 0.9)  # size and opacity of dots
THIN, THICK = 0.8, 1.6  # of lines, in points


def _draw_dots(axes: Any, layer: Part, colours: Sequence[str]) -> None:
    x, y, links = _there(layer["x"], layer["y"], layer["links"] or [""] * len(layer["x"]))
    size, alpha = FAINT if layer["faint"] else LARGE if layer["large"] else PLAIN
    how = {"s": size, "alpha": alpha, "linewidths": 0, "zorder": 3 if layer["large"] else 2}
    dots = axes.scatter(x, y, color=_of(colours, layer), marker=_of(MARKS, layer), label=_label(layer), **how)
    if any(links):
        dots.set_urls([link or None for link in links])


def _draw_line(axes: Any, layer: Part, colours: Sequence[str]) -> None:
    colour, mark = _of(colours, layer), _of(MARKS, layer) if layer["marks"] else None
    style, width = "--" if layer["dashed"] else "-", THIN if layer["thin"] else THICK
    x, y = _there(layer["x"], layer["y"])
    axes.plot(x, y, style, color=colour, marker=mark, ms=4, linewidth=width, label=_label(layer))
    if layer["low"]:
        x, low, high = _there(layer["x"], layer["low"], layer["high"])
        axes.fill_between(x, low, high, color=colour, alpha=0.15, linewidth=0)


def _draw_ranges(axes: Any, layer: Part, colours: Sequence[str]) -> None:
    x, middle, low, high = _there(layer["x"], layer["middle"], layer["low"], layer["high"])
    below = [max(0.0, one - other) for one, other in zip(middle, low, strict=True)]
    above = [max(0.0, other - one) for one, other in zip(middle, high, strict=True)]
    axes.errorbar(x, middle, [below, above], fmt="D", ms=5, capsize=4, color=colours[1], label=_label(layer))


def _draw_level(axes: Any, layer: Part, colours: Sequence[str]) -> None:
    axes.axhline(layer["y"], linestyle=":", color=colours[6], label=_label(layer))


DRAWERS: dict[str, Drawer] = {"Dots": _draw_dots, "Line": _draw_line, "Ranges": _draw_ranges, "Level": _draw_level}


def _of(choices: Sequence[str], layer: Part) -> str:
    return choices[layer["colour"] % len(choices)]


def _label(layer: Part) -> str | None:
    return layer["label"] or None


def _there(*columns: Sequence[Any]) -> list[list[Any]]:
    """The columns without the rows in which something is missing."""
    rows = [row for row in zip(*columns, strict=True) if None not in row]
    return [[row[index] for row in rows] for index in range(len(columns))]
