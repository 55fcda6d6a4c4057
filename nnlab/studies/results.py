"""What a run's rows become: summary, table, figure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from nnlab.sentence import Sentence
from nnlab.studies.chart import Chart
from nnlab.studies.documents import address
from nnlab.studies.registry import study_named
from nnlab.studies.study import Row, Summary

Say = Callable[[str], str]  # a sentence in the language of whoever asks


def summary_of(name: str, fields: dict[str, Any], rows: list[Row]) -> Summary | None:
    """What the rows say so far; None without any."""
    study = study_named(name)
    return study.summarize(study.parse(fields), rows) if rows else None


def csv_of(rows: list[Row]) -> str:
    """The rows as a table; what is no number or text stands as JSON."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in columns])
    return target.getvalue()


def links_of(name: str, fields: dict[str, Any]) -> list[str]:
    """The permanent link of every network of a run, by its number."""
    study = study_named(name)
    return [address(case.document, case.steps) for case in study.cases(study.parse(fields))]


def linked(name: str, fields: dict[str, Any], rows: list[Row], *, site: str = "") -> list[Row]:
    """The rows, each with the link that opens its network."""
    links = links_of(name, fields)
    return [row | {"open": site + links[row["run"]]} for row in rows]


def chart_of(name: str, fields: dict[str, Any], rows: list[Row], *, say: Say = str, site: str = "") -> dict[str, Any]:
    """The figure as JSON for drawing.py, in a language, with links that begin with `site`."""
    study = study_named(name)
    chart: Chart = study.draw(study.parse(fields), rows)
    links = [site + link for link in links_of(name, fields)]
    return {"title": say(chart.title), "caption": say(chart.caption)} | {
        "panels": [_panel(panel, say, links) for panel in chart.panels]
    }


def _panel(panel: Any, say: Say, links: list[str]) -> dict[str, Any]:
    layers = []
    for layer in panel.layers:
        plain = {"kind": type(layer).__name__} | _said(asdict(layer), say)
        if "runs" in plain:
            plain["links"] = [links[run] for run in plain.pop("runs")]
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
