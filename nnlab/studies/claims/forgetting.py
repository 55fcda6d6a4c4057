"""Gradual forgetting: without a gradient from the data, L2 shrinks every weight by (1 - learning rate * l2) a step."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from nnlab.document.fields import field
from nnlab.document.validation import Model
from nnlab.sentence import Sentence
from nnlab.session.course.figures import finite
from nnlab.studies.chart import Axis, Chart, Dots, Layer, Line, Panel
from nnlab.studies.documents import FULL_BATCH, make_document
from nnlab.studies.parameters import Rate, Seeds, Steps, Strengths, rate, seeds, steps
from nnlab.studies.shapes import said
from nnlab.studies.study import Row, Study, Summary, by
from nnlab.studies.training import Case, Stack

MARKS = 20
SILENT = [{"x": 0, "y": 0, "label": 0}, {"x": 0, "y": 0, "label": 1}]  # at the origin inputs, and so gradients, are 0


class Parameters(Model):
    """How strongly to forget."""

    strengths: Strengths = field((0.01, 0.03, 0.1), "L2 strengths", "Values to compare.")
    learning_rate: Rate = rate(0.1)
    seeds: Seeds = seeds(4)
    steps: Steps = steps(500)


def cases(p: Parameters) -> Iterator[Case]:
    """One neuron with every strength and seed: on points that say nothing, and on two clouds."""
    for data in ("off", "on"):
        for strength in p.strengths:
            for seed in range(1, p.seeds + 1):
                more: dict[str, Any] = {"l2": strength, "learning_rate": p.learning_rate, "batch_size": FULL_BATCH}
                network = {"loss": "binary_softmax", "init_scale": 3}
                points = {"points": SILENT} if data == "off" else {"dataset": {"name": "gauss", "test_fraction": 0}}
                document = make_document(hidden=[], seed=seed, network=network, **more, **points)
                yield Case({"data": data, "l2": strength, "seed": seed}, document, p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """The length of the weights, relative to the start, now and then; how far from the formula it ever is."""
    every = max(1, p.steps // MARKS)
    marks = range(0, p.steps + 1, every)
    lengths = [_lengths(stack)]
    for _ in marks[1:]:
        stack.step(every)
        lengths.append(_lengths(stack))
    shares = np.asarray(lengths) / lengths[0]
    rows = []
    for index, case in enumerate(stack.cases):
        path = [finite(share) for share in shares[:, index]]
        error = _error(path, _formula(p, case.tags["l2"], marks))
        rows.append({"marks": list(marks), "path": path, "relative_error": error, "end": path[-1]})
    return rows


def _formula(p: Parameters, strength: float, steps: Sequence[int]) -> list[float | None]:
    """|1 - learning rate * l2|^t at these steps; None where it is 0 or has left the range of numbers."""
    with np.errstate(all="ignore"):
        values = np.power(abs(1 - p.learning_rate * strength), np.asarray(steps))
    return [finite(value) if value > 0 else None for value in values]


def _error(path: Sequence[float | None], formula: Sequence[float | None]) -> float | None:
    """How far the path ever is from the formula, relative to it; None if it leaves the range of numbers."""
    if None in path:
        return None
    pairs = zip(path, formula, strict=True)
    return max(abs(share / value - 1) for share, value in pairs if share is not None and value is not None)


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """How far the lengths are from the formula, and where they end."""
    table = []
    for (data, strength), group in by(rows, "data", "l2").items():
        error, end = max(_numbers(group, "relative_error")), np.median(_numbers(group, "end"))
        figures = {"n": len(group), "relative_error": finite(error), "end": finite(end)}
        table.append({"data": data, "l2": strength} | figures)
    silent = [row for row in table if row["data"] == "off"]
    worst = finite(max(_numbers(silent, "relative_error"), default=None))
    text = Sentence(
        "Without data the weights follow (1 - learning rate · l2)^t to within {worst} of their length.",
        worst=said(worst),
    )
    return Summary(text, table)


def _numbers(rows: Sequence[Row], name: str) -> list[float]:
    """The values of this name; what has left the range of numbers is endlessly large."""
    return [math.inf if row[name] is None else row[name] for row in rows]


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """The paths and the formula, without data and with them."""
    panels = []
    for data, title in (("off", Sentence("data gradient off")), ("on", Sentence("with data"))):
        layers: list[Layer] = []
        for colour, strength in enumerate(p.strengths):
            some = [row for row in rows if row["data"] == data and row["l2"] == strength]
            steps = list(range(0, p.steps + 1, max(1, p.steps // 100)))
            formula = _formula(p, strength, steps)
            label = Sentence("formula, L2 {l2}", l2=f"{strength:g}")
            layers += [
                *(_path(row, colour) for row in some),
                _ends(some, colour),
                Line(steps, formula, label, colour=colour, dashed=True, marks=False),
            ]
        y = Axis(Sentence("length of the weights / at the start"), log=True)
        panels.append(Panel(Axis(Sentence("step")), y, layers, title))
    caption = Sentence(
        "n = {n} seeds; one neuron, binary softmax loss, SGD, learning rate {rate}, full batch. Data "
        "gradient off: two points at the origin, whose gradient by the weights is 0. With data: two clouds, 200 "
        "points. Marks and thin lines: measured.",
        n=p.seeds, rate=p.learning_rate,
    )  # fmt: skip
    return Chart(Sentence("Regularization forgets"), caption, panels)


def _path(row: Row, colour: int) -> Line | Dots:
    """The length of one network's weights; without data, where the formula's line runs through them, as marks."""
    if row["data"] == "off":
        return Dots(row["marks"], row["path"], colour=colour)
    return Line(row["marks"], row["path"], colour=colour, marks=False, thin=True)


def _ends(rows: list[Row], colour: int) -> Dots:
    """Where each network's path ends; the dot opens it there."""
    return Dots(
        [row["marks"][-1] for row in rows], [row["end"] for row in rows], [row["run"] for row in rows], "", colour
    )


def _lengths(stack: Stack) -> list[float]:
    return [float(np.linalg.norm(network.layers()[0].weights.astype(np.float64))) for network in stack.networks()]


STUDY = Study(
    name="forgetting",
    section="classifier",
    title=Sentence("Gradual forgetting"),
    question=Sentence("What does regularization do to the weights when the data say nothing?"),
    claim=Sentence("Regularization can be read as gradual forgetting: every update drives all weights towards zero."),
    see=Sentence(
        "In the first picture the two points lie at the origin, so the data have no say in the weights: every step "
        "multiplies them by the same number a little below one, and the marks lie on the formula's line. In the "
        "second there are data: forgetting and learning come to a balance, and the weights stay away from zero."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw,
)  # fmt: skip
