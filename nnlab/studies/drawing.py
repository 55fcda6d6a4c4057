"""Pictures of charts, by matplotlib: SVG with a link on every dot, or PNG; light or dark.

Only a worker's process imports matplotlib, and only when it is to draw.
"""

from __future__ import annotations

import io
import math
import textwrap
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

from nnlab.studies.drawers import DRAWERS

# Inches. Both widths are such that on the page, 838 and 338 CSS pixels wide, letters have 10 to 15 pixels.
WIDE_IN, NARROW_IN = 7.2, 3.5
HEIGHT_IN, ROW_IN = 4.3, 3.3  # of the whole picture with its panels beside each other; of each panel below another
LETTER_IN = 0.075
HANDLE_IN, LINE_IN = 0.55, 0.16  # of a legend: all but the words of an entry; a line of entries
MARGIN_IN = 0.6  # beside a panel's axes
FINE_DECADES = 2.3  # up to so many decades a logarithmic axis has numbers between the powers of ten
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

Part = Mapping[str, Any]


def picture(chart: Part, *, kind: str, theme: str, narrow: bool = False) -> bytes:
    """The chart, as JSON has it, as `kind` svg or png; `narrow` for a phone, with its panels one below the other."""
    from matplotlib import rc_context

    with rc_context(_style(theme)):
        figure = _figure(len(chart["panels"]), narrow=narrow)
        figure.set_facecolor(THEMES[theme]["paper"])
        for axes, panel in zip(figure.axes, chart["panels"], strict=True):
            _draw_panel(axes, panel, COLOURS[theme])
        _add_words(figure, chart, THEMES[theme]["quiet"])
        target = io.BytesIO()
        figure.savefig(target, format=kind, dpi=160, metadata={"Date": None} if kind == "svg" else None)
    return plain_svg(target.getvalue()) if kind == "svg" else target.getvalue()


def _figure(count: int, *, narrow: bool) -> Any:
    """An empty figure with so many axes."""
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    width, height = (NARROW_IN, ROW_IN * count + 0.5) if narrow else (WIDE_IN, HEIGHT_IN)
    figure = Figure(figsize=(width, height), layout=ConstrainedLayoutEngine(w_pad=0.08, wspace=0.03, h_pad=0.06))
    figure.subplots(*((count, 1) if narrow else (1, count)), squeeze=False)
    return figure


def _style(theme: str) -> Any:
    colours = THEMES[theme]
    ink, paper = colours["ink"], colours["paper"]
    same = ("text.color", "axes.labelcolor", "xtick.color", "ytick.color", "axes.edgecolor")
    return dict.fromkeys(same, ink) | {
        "axes.facecolor": paper, "savefig.facecolor": paper, "grid.color": colours["grid"], "axes.grid": True,
        "axes.axisbelow": True, "axes.spines.top": False, "axes.spines.right": False, "font.size": 9,
        "font.family": "sans-serif", "svg.fonttype": "none", "svg.hashsalt": "nnlab", "legend.fontsize": 8,
        "legend.frameon": False, "legend.columnspacing": 1.2, "legend.handlelength": 1.8,
    }  # fmt: skip


def _draw_panel(axes: Any, panel: Part, colours: Sequence[str]) -> None:
    for name in ("x", "y"):
        _set_axis(axes, name, panel[name])
    for layer in panel["layers"]:
        DRAWERS[layer["kind"]](axes, layer, colours)
    for name in ("x", "y"):
        if panel[name]["log"] and not panel[name]["ticks"]:
            _number_decades(getattr(axes, f"{name}axis"))
    if panel["same_scale"]:
        axes.set_aspect("equal", adjustable="box")


def _set_axis(axes: Any, name: str, axis: Part) -> None:
    getattr(axes, f"set_{name}label")(axis["label"])
    if axis["log"]:
        getattr(axes, f"set_{name}scale")("log")
    if axis["ticks"]:
        places, texts = zip(*axis["ticks"], strict=True)
        turned = {"rotation": 30, "ha": "right"} if name == "x" and not axis["log"] and _are_tight(axes, texts) else {}
        getattr(axes, f"set_{name}ticks")(places, texts, **turned)
        getattr(axes, f"{name}axis").minorticks_off()
    if axis["limits"]:
        getattr(axes, f"set_{name}lim")(*axis["limits"])


def _are_tight(axes: Any, texts: Sequence[str]) -> bool:
    """Whether words below an axis would run into their neighbours."""
    lengths = [max(map(len, text.split("\n"))) for text in texts]
    longest = max((one + other for one, other in pairwise(lengths)), default=0) / 2
    return longest * LETTER_IN > _width_in(axes) / len(texts)


def _width_in(axes: Any) -> float:
    """About how wide a panel is without the words beside it."""
    width: float = axes.figure.get_figwidth() / axes.get_gridspec().ncols - MARGIN_IN
    return width


def _number_decades(axis: Any) -> None:
    """Plain numbers in place of powers of ten."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    low, high = axis.get_view_interval()
    is_short = math.log10(high / low) <= FINE_DECADES
    axis.set_major_locator(LogLocator(subs=(1, 2, 5) if is_short else (1,)))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axis.set_minor_formatter(NullFormatter())


def _add_words(figure: Any, chart: Part, quiet: str) -> None:
    """Titles, and below what was measured. Legends stand above the axes, where no data are, each under its title: one
    for all panels if they share words, else one for each.
    """
    width, titles = figure.get_figwidth(), [panel["title"] for panel in chart["panels"]]
    named = [dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True)) for axes in figure.axes]
    every = {label: handle for handles in named for label, handle in handles.items()}
    is_shared = len(every) < sum(map(len, named))
    headline = textwrap.fill(chart["title"], int(width * 9)), {"size": 12, "weight": "bold"}
    if is_shared:
        _add_legend(figure, every, width, headline, loc="outside upper center")
    else:
        figure.suptitle(headline[0], **headline[1])
    for axes, handles, title in zip(figure.axes, named, titles, strict=True):
        if is_shared or not handles:
            axes.set_title(title, fontsize=10)
        else:
            above = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderaxespad": 0.2, "alignment": "left"}
            _add_legend(axes, handles, _width_in(axes), (title, {"size": 10}), **above)
    figure.supxlabel(textwrap.fill(chart["caption"], int(width * 16)), fontsize=7.5, color=quiet)


def _add_legend(place: Any, handles: Mapping[str, Any], width: float, title: tuple[str, Any], **where: Any) -> None:
    """A legend with its title, in as many columns as so many inches have room for; the figure grows by its lines."""
    columns = max(1, min(len(handles), int(width / (HANDLE_IN + LETTER_IN * max(map(len, handles))))))
    words, font = title
    place.legend(
        [*handles.values()], [*handles], title=words or None, title_fontproperties=font, ncols=columns, **where
    )
    figure = place.get_figure()
    figure.set_figheight(figure.get_figheight() + LINE_IN * (math.ceil(len(handles) / columns) - 1))


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
