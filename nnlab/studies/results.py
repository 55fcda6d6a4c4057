"""What a run's rows become: summary, table, figure.

A run of an earlier version may have parameters that the study does not know any more, or networks that it no longer
has: its rows are shown without what would need them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from nnlab.errors import InvalidInput, NotFound
from nnlab.sentence import Sentence
from nnlab.studies.chart import Chart
from nnlab.studies.documents import address
from nnlab.studies.registry import study_named
from nnlab.studies.study import Row, Summary

Say = Callable[[str], str]  # a sentence in the language of whoever asks


def summary_of(name: str, fields: dict[str, Any], rows: list[Row]) -> Summary | None:
    """What the rows say so far; None without any, and where the parameters are not understood."""
    parameters = _understood(name, fields)
    return study_named(name).summarize(parameters, rows) if rows and parameters is not None else None


def csv_of(rows: list[Row]) -> str:
    """The rows as a table; what is no number or text stands as JSON."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in columns])
    return target.getvalue()


def links_of(name: str, fields: dict[str, Any]) -> dict[int, str]:
    """The permanent link of every network of a run, by its number."""
    parameters = _understood(name, fields)
    cases = study_named(name).cases(parameters) if parameters is not None else ()
    return {number: address(case.document, case.steps) for number, case in enumerate(cases)}


def linked(name: str, fields: dict[str, Any], rows: list[Row], *, site: str = "") -> list[Row]:
    """The rows, each with the link that opens its network."""
    links = links_of(name, fields)
    return [row | {"open": site + links[row["run"]]} if row["run"] in links else row for row in rows]


def chart_of(name: str, fields: dict[str, Any], rows: list[Row], *, say: Say = str, site: str = "") -> dict[str, Any]:
    """The figure as JSON for drawing.py, in a language, with links that begin with `site`.

    Raises NotFound where the parameters are not understood.
    """
    parameters = _understood(name, fields)
    if parameters is None:
        raise NotFound(Sentence("This run is of an earlier version of the study, and has no figure any more."))
    chart: Chart = study_named(name).draw(parameters, rows)
    links = {number: site + link for number, link in links_of(name, fields).items()}
    return {"title": say(chart.title), "caption": say(chart.caption)} | {
        "panels": [_panel(panel, say, links) for panel in chart.panels]
    }


def _understood(name: str, fields: dict[str, Any]) -> Any:
    """The parameters of a run; None where the study does not know such any more."""
    try:
        return study_named(name).parse(fields)
    except InvalidInput:
        return None


def _panel(panel: Any, say: Say, links: dict[int, str]) -> dict[str, Any]:
    layers = []
    for layer in panel.layers:
        plain = {"kind": type(layer).__name__} | _said(asdict(layer), say)
        if "runs" in plain:
            plain["links"] = [links.get(run, "") for run in plain.pop("runs")]
        layers.append(plain)
    axes = {"x": _said(asdict(panel.x), say), "y": _said(asdict(panel.y), say)}
    return axes | {"title": say(panel.title), "same_scale": panel.same_scale, "layers": layers}


def _said(value: Any, say: Say) -> Any:
    """The same with every sentence in the language."""
    if isinstance(value, Sentence):
        return say(value)
    if isinstance(value, dict):
        return {name: _said(part, say) for name, part in value.items()}
    return [_said(part, say) for part in value] if isinstance(value, list | tuple) else value


def _cell(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list | dict) else value
