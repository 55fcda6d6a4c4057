"""Pictures of charts, by matplotlib: SVG with a link on every dot, or PNG; light or dark.

Only a worker's process imports matplotlib, and only when it is to draw.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

WIDTH_IN, PANEL_IN, NARROW_IN, HEIGHT_IN = 6.8, 3.7, 4.2, 4.2
SVG = "http://www.w3.org/2000/svg"
FONT = "system-ui, sans-serif"
XLINK = "http://www.w3.org/1999/xlink"
THEMES: dict[str, dict[str, Any]] = {
    "light": {"paper": "#ffffff", "ink": "#1c1f26", "quiet": "#5a606c", "grid": "#e3e1da"},
    "dark": {"paper": "#191c22", "ink": "#e9eaee", "quiet": "#a2a8b5", "grid": "#2b2f38"},
}
COLOURS = {  # of Okabe and Ito, as the page's classes
    "light": ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e08a00", "#6b6f78", "#a89a10"],
    "dark": ["#4aa3e0", "#e8743a", "#14b88a", "#d98bb8", "#86cdf5", "#f0a020", "#9aa0ab", "#f0e442"],
}
MARKS = "osD^vP*X"  # colour is never alone

Part = Mapping[str, Any]


def picture(chart: Part, *, kind: str, theme: str, narrow: bool = False) -> bytes:
    """The chart, as JSON has it, as `kind` svg or png; `narrow` for a phone, with its panels one below the other."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(_style(theme)):
        panels = chart["panels"]
        count = len(panels)
        width = NARROW_IN if narrow else WIDTH_IN if count == 1 else PANEL_IN * count
        height = HEIGHT_IN * (count if narrow else 1)
        figure = Figure(figsize=(width, height), layout="constrained", facecolor=THEMES[theme]["paper"])
        axes = figure.subplots(*((count, 1) if narrow else (1, count)), squeeze=False)
        for one, panel in zip(axes.flat, panels, strict=True):
            _draw_panel(one, panel, COLOURS[theme])
        figure.suptitle(textwrap.fill(chart["title"], int(width * 9)), fontsize=12, fontweight="bold")
        figure.supxlabel(textwrap.fill(chart["caption"], int(width * 16)), fontsize=7.5, color=THEMES[theme]["quiet"])
        target = io.BytesIO()
        figure.savefig(target, format=kind, dpi=160, metadata={"Date": None} if kind == "svg" else None)
    return plain_svg(target.getvalue()) if kind == "svg" else target.getvalue()


def _style(theme: str) -> Any:
    colours = THEMES[theme]
    ink, paper = colours["ink"], colours["paper"]
    same = ("text.color", "axes.labelcolor", "xtick.color", "ytick.color", "axes.edgecolor")
    return dict.fromkeys(same, ink) | {
        "axes.facecolor": paper, "savefig.facecolor": paper, "legend.facecolor": paper, "legend.edgecolor": paper,
        "grid.color": colours["grid"], "axes.grid": True, "axes.axisbelow": True, "axes.spines.top": False,
        "axes.spines.right": False, "font.size": 9, "font.family": "sans-serif", "svg.fonttype": "none",
        "svg.hashsalt": "nnlab", "legend.fontsize": 8, "legend.framealpha": 0.8,
    }  # fmt: skip


def _draw_panel(axes: Any, panel: Part, colours: Sequence[str]) -> None:
    for name in ("x", "y"):
        _set_axis(axes, name, panel[name])
    axes.set_title(panel["title"], fontsize=10)
    for index, layer in enumerate(panel["layers"]):
        DRAWERS[layer["kind"]](axes, layer, colours, index)
    if any(layer["label"] for layer in panel["layers"]):
        axes.legend()


def _set_axis(axes: Any, name: str, axis: Part) -> None:
    getattr(axes, f"set_{name}label")(axis["label"])
    if axis["log"]:
        getattr(axes, f"set_{name}scale")("log")
    if axis["ticks"]:
        places, texts = zip(*axis["ticks"], strict=True)
        getattr(axes, f"set_{name}ticks")(places, texts)
        getattr(axes, f"{name}axis").minorticks_off()
    if axis["limits"]:
        getattr(axes, f"set_{name}lim")(*axis["limits"])


def _draw_dots(axes: Any, layer: Part, colours: Sequence[str], index: int) -> None:
    x, y, links = _there(layer["x"], layer["y"], layer["links"] or [""] * len(layer["x"]))
    colour, mark = colours[layer["colour"] % len(colours)], MARKS[layer["colour"] % len(MARKS)]
    size, alpha = (12, 0.3) if layer["faint"] else (20, 0.75)
    dots = axes.scatter(
        x, y, s=size, color=colour, alpha=alpha, linewidths=0, marker=mark, label=layer["label"] or None
    )
    if any(links):
        dots.set_urls(links)


def _draw_line(axes: Any, layer: Part, colours: Sequence[str], index: int) -> None:
    colour, mark = colours[layer["colour"] % len(colours)], MARKS[layer["colour"] % len(MARKS)]
    style = "--" if layer["dashed"] else "-"
    x, y = _there(layer["x"], layer["y"])
    axes.plot(x, y, style, color=colour, marker=mark if layer["marks"] else None, ms=4, label=layer["label"] or None)
    if layer["low"]:
        x, low, high = _there(layer["x"], layer["low"], layer["high"])
        axes.fill_between(x, low, high, color=colour, alpha=0.15, linewidth=0)


def _draw_ranges(axes: Any, layer: Part, colours: Sequence[str], index: int) -> None:
    x, middle, low, high = _there(layer["x"], layer["middle"], layer["low"], layer["high"])
    below = [max(0.0, one - other) for one, other in zip(middle, low, strict=True)]
    above = [max(0.0, other - one) for one, other in zip(middle, high, strict=True)]
    axes.errorbar(x, middle, [below, above], fmt="D", ms=5, capsize=4, color=colours[1], label=layer["label"] or None)


def _draw_level(axes: Any, layer: Part, colours: Sequence[str], index: int) -> None:
    axes.axhline(layer["y"], linestyle=":", color=colours[6], label=layer["label"] or None)


DRAWERS = {"Dots": _draw_dots, "Line": _draw_line, "Ranges": _draw_ranges, "Level": _draw_level}


def _there(*columns: Sequence[Any]) -> list[list[Any]]:
    """The columns without the rows in which something is missing."""
    rows = [row for row in zip(*columns, strict=True) if None not in row]
    return [[row[index] for row in rows] for index in range(len(columns))]


def plain_svg(content: bytes) -> bytes:
    """The picture with attributes in place of styles, which a page without inline styles does not heed."""
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    root = ElementTree.fromstring(content)
    for parent in list(root.iter()):
        for child in [one for one in parent if one.tag in (f"{{{SVG}}}style", f"{{{SVG}}}metadata")]:
            parent.remove(child)
        for rule in parent.attrib.pop("style", "").split(";"):
            name, _, value = rule.partition(":")
            if value:
                parent.set(name.strip(), FONT if name.strip() == "font-family" else value.strip())
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")
    return ElementTree.tostring(root, encoding="utf-8")
