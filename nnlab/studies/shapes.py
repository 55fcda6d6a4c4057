"""Shapes that many figures and tables of studies have: medians with quartiles by setting, strips of dots."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.sentence import Sentence
from nnlab.session.course.figures import finite
from nnlab.studies.chart import Axis, Dots, Line, beside
from nnlab.studies.study import Row, by
from nnlab.studies.training import quantiles

# Shares of the length of an axis: numbers that are nearer to each other run together; room beside the first and last.
TIGHT, BESIDE = 0.13, 0.05
MOST_SAID = 1e6  # numbers are written out below it


def table_of(rows: Sequence[Row], tags: Sequence[str], *values: str) -> list[Row]:
    """A row a setting: n, and the median and quartiles of each value. A value that is None counts as endlessly large,
    and so may a median be None.
    """
    table = []
    for key, group in by(rows, *tags).items():
        row: Row = dict(zip(tags, key if isinstance(key, tuple) else (key,), strict=True)) | {"n": len(group)}
        for value in values:
            low, middle, high = quantiles([one[value] for one in group])
            row |= {value: finite(middle), f"{value}_low": finite(low), f"{value}_high": finite(high)}
        table.append(row)
    return table


def find(table: Sequence[Row], **tags: Any) -> Row:
    """The row of a table with these tags; without one, nothing."""
    return next((row for row in table if all(row[name] == value for name, value in tags.items())), {})


def fastest(table: Sequence[Row]) -> Row:
    """The row with the fewest updates; a race that was not won took endlessly many."""
    return min(table, key=lambda row: math.inf if row["updates"] is None else row["updates"])


def curves(table: Sequence[Row], x: str, y: str, group: str, names: Mapping[Any, str] | None = None) -> list[Line]:
    """A line of medians with a band between the quartiles, for each value of a tag."""
    lines = []
    for colour, (value, rows) in enumerate(by(table, group).items()):
        columns = [[row[name] for row in rows] for name in (x, y, f"{y}_low", f"{y}_high")]
        name = names[value] if names else value if isinstance(value, str) else str(value)
        lines.append(Line(columns[0], columns[1], name, columns[2], columns[3], colour))
    return lines


def faint_dots(rows: Sequence[Row], x: str, y: str, group: str) -> list[Dots]:
    """A faint dot a network, in the colours of `curves`."""
    return [
        Dots([row[x] for row in some], [row[y] for row in some], [row["run"] for row in some], "", colour, faint=True)
        for colour, some in enumerate(by(rows, group).values())
    ]


def strip(rows: Sequence[Row], places: Mapping[Any, float], tag: str, y: str, label: str = "") -> Dots:
    """A dot a network, in the strip of its tag."""
    at = [beside(row["seed"], places[row[tag]]) for row in rows]
    return Dots(at, [row[y] for row in rows], [row["run"] for row in rows], label)


def places_of(values: Sequence[Any]) -> dict[Any, float]:
    """Each value's place on an axis of categories."""
    return {value: float(index) for index, value in enumerate(values)}


def categories(label: Sentence, places: Mapping[Any, float], names: Mapping[Any, str] | None = None) -> Axis:
    """An axis of categories."""
    named = {value: names[value] if names else value if isinstance(value, str) else str(value) for value in places}
    ticks = tuple((place, named[value]) for value, place in places.items())
    return Axis(label, ticks=ticks, limits=(-0.6, max(places.values(), default=0.0) + 0.6))


def numbers(label: Sentence, values: Sequence[float]) -> Axis:
    """A logarithmic axis with a tick at each of these, and their numbers where there is room: powers of ten first."""
    least, most = min(values), max(values)
    named: list[float] = []
    for value in sorted(set(values), key=lambda value: (not math.log10(value).is_integer(), value)):
        if all(abs(math.log(value / other)) >= TIGHT * math.log(most / least) for other in named):
            named.append(value)
    ticks = tuple((float(value), f"{value:g}" if value in named else "") for value in sorted(set(values)))
    beside = (most / least) ** BESIDE
    return Axis(label, log=True, ticks=ticks, limits=(least / beside, most * beside) if least < most else None)


def activation_names(names: Sequence[str]) -> dict[str, str]:
    """The activations' names on screen."""
    return {name: Sentence(ACTIVATIONS[name].label) for name in names}


def said(value: float | None, digits: int = 2) -> str:
    """A number in a sentence: so many significant digits, of a large one all, a dash where there is none."""
    return "–" if value is None else f"{value:.0f}" if 100 <= abs(value) < MOST_SAID else f"{value:.{digits}g}"


def listed(table: Sequence[Row], tag: str, value: str) -> str:
    """`value (tag), value (tag)`: a column of a table in a sentence."""
    return ", ".join(f"{said(row[value])} ({row[tag]})" for row in table)


def named(texts: Mapping[str, str]) -> Sentence:
    """`name text, name text`, with names that are sentences in any language."""
    values = {f"name_{index}": name for index, name in enumerate(texts)}
    values |= {f"text_{index}": text for index, text in enumerate(texts.values())}
    template = ", ".join(f"{{name_{index}}} {{text_{index}}}" for index in range(len(texts)))
    return Sentence(template, **values)


def percent(share: float | None, whole: float = 1) -> str:
    """A share of a whole in a sentence."""
    return "–" if share is None else f"{100 * share / whole:.0f} %"
