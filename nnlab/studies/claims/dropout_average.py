"""Dropout as an average: what a network says under many masks, beside what it says whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from nnlab.document.fields import field
from nnlab.document.models import LEAST_KEEP_PROB
from nnlab.document.validation import Model, items, whole_number
from nnlab.engine.network.network import Network
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Line, Panel
from nnlab.studies.documents import make_document
from nnlab.studies.parameters import Rate, Seeds, Steps, Units, rate, seeds, steps, units
from nnlab.studies.shapes import curves, faint_dots, find, said, table_of
from nnlab.studies.study import Row, Study, Summary
from nnlab.studies.training import Case, Stack

Floats = NDArray[np.float64]
KeepProb = Annotated[float, Field(ge=LEAST_KEEP_PROB, le=1)]
CELLS = np.stack(np.meshgrid(np.linspace(-6, 6, 20), np.linspace(-6, 6, 20)), axis=-1).reshape(-1, 2)


class Parameters(Model):
    """How much is dropped."""

    keep_probs: Annotated[tuple[KeepProb, ...], items(least=1, most=8)] = field(
        (0.3, 0.5, 0.7, 0.9, 1.0), "Keep probabilities", "To compare."
    )
    masks: Annotated[int, whole_number(2, 1_000)] = field(200, "Masks", "How many thinned networks are averaged.")
    units: Units = units(20)
    seeds: Seeds = seeds(8)
    steps: Steps = steps(3_000)
    learning_rate: Rate = rate(0.1)


def cases(p: Parameters) -> Iterator[Case]:
    """Every keep probability with every seed."""
    for keep in p.keep_probs:
        for seed in range(1, p.seeds + 1):
            more: dict[str, Any] = {"learning_rate": p.learning_rate, "keep_prob": keep}
            yield Case(
                {"keep_prob": keep, "seed": seed},
                make_document({"name": "moons"}, hidden=[p.units], seed=seed, **more),
                p.steps,
            )


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """On a grid of cells: spread of the probability over masks; how far their average is from the whole network."""
    stack.step(stack.steps)
    rows = []
    for network, case in zip(stack.networks(), stack.cases, strict=True):
        keep = case.tags["keep_prob"]
        masks = np.random.default_rng(case.tags["seed"]).random((p.masks, p.units)) < keep
        thinned = np.stack([_probability(network, mask / keep) for mask in masks])
        whole = _probability(network, np.ones(p.units))
        away = np.abs(thinned - whole).mean()
        rows.append({
            "spread": float(thinned.std(axis=0).mean()), "one": float(away),
            "average": float(np.abs(thinned.mean(axis=0) - whole).mean()),
        })  # fmt: skip
    return rows


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """Medians by keep probability."""
    table = table_of(rows, ("keep_prob",), "spread", "one", "average")
    least = min(p.keep_probs)
    row = find(table, keep_prob=least)
    text = Sentence(
        "At keep probability {keep} one mask is {one} away from the whole network (mean over the plane), the average "
        "of {n} masks {average}.",
        keep=least, one=said(row.get("one")), n=p.masks, average=said(row.get("average")),
    )  # fmt: skip
    return Summary(text, table)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """The spread over masks; one mask and the average of all against the whole network."""
    table = summarize(p, rows).table
    x = Axis(Sentence("keep probability"))
    same = [row | {"all": Sentence("median and quartiles")} for row in table]
    dots = faint_dots([row | {"all": 1} for row in rows], "keep_prob", "spread", "all")
    keep = [row["keep_prob"] for row in table]
    lines = (
        Line(keep, [row["one"] for row in table], Sentence("one mask"), colour=1),
        Line(keep, [row["average"] for row in table], Sentence("average of {n} masks", n=p.masks), colour=2),
    )
    caption = Sentence(
        "n = {n} seeds; moons, 140 training points; 2-{units}-2 tanh, softmax loss, SGD, learning rate {rate}, "
        "minibatch 10, {steps} steps; {masks} masks, means over 400 cells of the plane.",
        n=p.seeds, units=p.units, rate=p.learning_rate, steps=p.steps, masks=p.masks,
    )  # fmt: skip
    panels = (
        Panel(
            x,
            Axis(Sentence("spread of the probability over masks")),
            (*dots, *curves(same, "keep_prob", "spread", "all")),
        ),
        Panel(x, Axis(Sentence("difference from the whole network")), lines),
    )
    return Chart(Sentence("Dropout as an average"), caption, panels)


def _probability(network: Network, mask: Floats) -> Floats:
    """Probability of class 1 in each cell, with hidden units multiplied by `mask` (H,)."""
    first, last = network.layers()
    h = np.tanh(CELLS @ first.weights + first.biases) * mask
    scores = h @ last.weights + last.biases
    return np.asarray(1 / (1 + np.exp(np.clip(scores[:, 0] - scores[:, 1], -500, 500))))


STUDY = Study(
    name="dropout_average",
    section="arch",
    title=Sentence("Dropout as an average"),
    question=Sentence("Is the whole network the average of the thinned ones that dropout trains?"),
    claim=Sentence("Dropout is a way to control overfitting; a later note reads it as an average of networks."),
    see=Sentence(
        "Every mask of units is a network of its own, and with few units kept they disagree: the first picture has "
        "their spread. In the second each of them is some way from the whole network; their average is about half as "
        "far. So one pass through the whole network, which costs nothing more, stands roughly for all of them "
        "together."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw, effort=1.25,
)  # fmt: skip
