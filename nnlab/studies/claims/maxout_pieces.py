"""Maxout's pieces: the lines of which a unit takes the largest, and what it becomes with one of them set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

import numpy as np

from nnlab.document.fields import field
from nnlab.document.validation import Model
from nnlab.engine.menus.activations import LEAKY_SLOPE
from nnlab.engine.network.network import LayerWeights, Network
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Dots, Line, Panel
from nnlab.studies.documents import make_document
from nnlab.studies.looks import curve
from nnlab.studies.parameters import Rate, Seeds, Steps, Units, rate, seeds, steps, units
from nnlab.studies.shapes import activation_names, said
from nnlab.studies.study import Row, Study, Summary
from nnlab.studies.training import Case, Stack

X = np.linspace(-6, 6, 121)
KINDS = {"trained": Sentence("as trained")} | activation_names(("relu", "leaky_relu"))
SECOND = {"relu": 0.0, "leaky_relu": LEAKY_SLOPE}  # what the second piece is of the first one


class Parameters(Model):
    """What the second piece is set to after training."""

    set_to: Literal["trained", "relu", "leaky_relu"] = field("relu", "Set to", "What each unit's second piece becomes.")
    units: Units = units(4)
    seeds: Seeds = seeds(6)
    steps: Steps = steps(3_000)
    learning_rate: Rate = rate(0.02)


def cases(p: Parameters) -> Iterator[Case]:
    """A maxout network of two pieces a unit fits a sine, with every seed."""
    for seed in range(1, p.seeds + 1):
        document = make_document(
            {"name": "sine", "test_fraction": 0}, task="curve_fitting", hidden=[p.units], activation="maxout",
            seed=seed, optimizer="adam", learning_rate=p.learning_rate,
        )  # fmt: skip
        yield Case({"seed": seed}, document, p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """The first unit's pieces (slope, offset); how far the network is from one of (leaky) ReLUs."""
    stack.step(stack.steps)
    return [_look(p, network) for network in stack.networks()]


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """How far maxout is from the other kind."""
    differences = [row["difference"] for row in rows if row["difference"] is not None]
    if not differences:
        return Summary(Sentence("As trained: each unit is the larger of its two lines."), rows)
    text = Sentence(
        "With the second piece set, the maxout network and a {kind} network of the same weights differ by at most "
        "{most}.",
        kind=KINDS[p.set_to], most=said(max(differences)),
    )  # fmt: skip
    return Summary(text, [{"seed": row["seed"], "difference": row["difference"]} for row in rows])


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """The first unit of each of the first three seeds: its two lines and the larger of them."""
    panels = []
    for row in rows[:3]:
        pieces = [slope * X + offset for slope, offset in row["pieces"]]
        lines = [
            Line(X.tolist(), piece.tolist(), Sentence("piece {n}", n=number), colour=number, dashed=True, marks=False)
            for number, piece in enumerate(pieces, 1)
        ]
        whole = Line(X.tolist(), np.maximum(*pieces).tolist(), Sentence("the unit"), marks=False)
        panels.append(
            Panel(
                Axis(Sentence("x")),
                Axis(Sentence("h")),
                (*lines, whole, _at_zero(row)),
                Sentence("seed {seed}", seed=row["seed"]),
            )  # fmt: skip
        )
    caption = Sentence(
        "First of {units} units of a maxout network 1-{units}-1 that fits 4 sin(x), 200 points, after {steps} steps "
        "of Adam, learning rate {rate}, n = {n} seeds; set to: {kind}.",
        units=p.units, steps=p.steps, rate=p.learning_rate, n=p.seeds, kind=KINDS[p.set_to],
    )  # fmt: skip
    return Chart(Sentence("The pieces of a maxout unit"), caption, panels)


def _at_zero(row: Row) -> Dots:
    """What the unit says at 0; the dot opens its network."""
    return Dots([0.0], [max(offset for _, offset in row["pieces"])], [row["run"]], Sentence("one network"), colour=3)


def _look(p: Parameters, network: Network) -> Row:
    hidden, output = network.layers()
    difference = None
    if p.set_to in SECOND:
        hidden = _with_second(hidden, SECOND[p.set_to])
        network.set_layers([hidden, output])
        other = Network(replace(network.spec, hidden=(replace(network.spec.hidden[0], activation=p.set_to),)))
        other.set_layers([LayerWeights(p.set_to, hidden.weights[0], hidden.biases[0]), output])
        difference = float(np.abs(curve(network, X) - curve(other, X)).max())
    pieces = [[float(hidden.weights[piece, 0, 0]), float(hidden.biases[piece, 0])] for piece in (0, 1)]
    return {"pieces": pieces, "difference": difference}


def _with_second(layer: LayerWeights, share: float) -> LayerWeights:
    """The layer with its second piece so much of the first."""
    weights, biases = layer.weights.copy(), layer.biases.copy()
    weights[1], biases[1] = share * weights[0], share * biases[0]
    return LayerWeights("maxout", weights, biases)


STUDY = Study(
    name="maxout_pieces",
    section="actfun",
    title=Sentence("The pieces of maxout"),
    question=Sentence("Are ReLU and leaky ReLU special cases of a maxout unit?"),
    claim=Sentence("Maxout takes the larger of two lines; ReLU and leaky ReLU are special cases of it."),
    see=Sentence(
        "A maxout unit has two lines and takes the larger one at each place. Set the second line to zero and the "
        "unit is a ReLU; set it to a hundredth of the first and it is a leaky ReLU: the whole network then says "
        "exactly what a network of those units says. As trained, both lines are free, which costs twice the "
        "parameters."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw,
)  # fmt: skip
