"""The symmetry trap: units that start alike stay alike, so a network of many learns as one of one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnlab.document.validation import Model
from nnlab.engine.network.initializers import INITS
from nnlab.engine.network.network import Network
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Panel
from nnlab.studies.documents import make_document
from nnlab.studies.parameters import Rate, Seeds, Steps, Units, rate, seeds, steps, units
from nnlab.studies.shapes import categories, find, named, places_of, said, strip, table_of
from nnlab.studies.study import Row, Study, Summary
from nnlab.studies.training import Case, Stack, final

ALIKE = 1e-6  # largest difference of units that are the same, relative to the largest weight
STARTS = ("zero", "small_random", "he")
NAMES = {name: Sentence(INITS[name].label) for name in STARTS}


class Parameters(Model):
    """Which network."""

    units: Units = units(10)
    seeds: Seeds = seeds(20)
    steps: Steps = steps(3_000)
    learning_rate: Rate = rate(0.1)


def cases(p: Parameters) -> Iterator[Case]:
    """Every initialization with every seed; the seed also draws the minibatches."""
    dataset = {"name": "circle", "test_fraction": 0}
    for init in STARTS:
        for seed in range(1, p.seeds + 1):
            more = {"learning_rate": p.learning_rate, "network": {"init": init}}
            document = make_document(dataset, hidden=[p.units], activation="sigmoid", seed=seed, **more)
            yield Case({"init": init, "seed": seed}, document, p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """How many units differ from all others at the end, and the loss."""
    return [
        {"different": _different(network), "loss": row["loss"]}
        for row, network in zip(final(stack), stack.networks(), strict=True)
    ]


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """Medians by initialization."""
    table = table_of(rows, ("init",), "different", "loss")
    parts = named({
        name: f"{said(row['different'])} ({said(row['loss'])})"
        for init, name in NAMES.items()
        if (row := find(table, init=init))
    })  # fmt: skip
    text = Sentence("Different units of {units} after training (median loss): {parts}.", units=p.units, parts=parts)
    return Summary(text, table)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """Both by initialization."""
    places = places_of(STARTS)
    x = categories(Sentence("initialization"), places, NAMES)
    caption = Sentence(
        "n = {n} seeds; circle, 200 points, noise 0.1; 2-{units}-2 sigmoid, softmax loss, SGD, learning rate {rate}, "
        "minibatch 10, {steps} steps, no regularization; units count as the same when their weights are, to a "
        "millionth.",
        n=p.seeds, units=p.units, rate=p.learning_rate, steps=p.steps,
    )  # fmt: skip
    panels = (
        Panel(
            x,
            Axis(Sentence("different units of {units}", units=p.units), limits=(0, p.units + 1)),
            (strip(rows, places, "init", "different"),),
        ),
        Panel(x, Axis(Sentence("final training loss (nats)")), (strip(rows, places, "init", "loss"),)),
    )
    return Chart(Sentence("Units that start alike stay alike"), caption, panels)


def _different(network: Network) -> int:
    """The number of hidden units of which no two have the same weights, in and out."""
    first, last = network.layers()
    units = np.concatenate([first.weights.T, first.biases[:, None], last.weights], axis=1).astype(np.float64)
    scale = max(float(np.abs(units).max()), 1e-12)
    kept: list[np.ndarray] = []
    for unit in units:
        if all(np.abs(unit - other).max() > ALIKE * scale for other in kept):
            kept.append(unit)
    return len(kept)


STUDY = Study(
    name="symmetry",
    section="classifier",
    title=Sentence("The symmetry trap"),
    question=Sentence("Can units that start with the same weights ever become different?"),
    claim=Sentence("Units of a layer differ in their weights alone, so those with equal weights get equal updates."),
    see=Sentence(
        "With all weights zero every unit computes the same, gets the same gradient and makes the same step: after "
        "thousands of updates there is still one unit, many times over, and one unit cannot enclose a disc. The "
        "tiniest random difference breaks the symmetry, though it takes its time to grow. Open a run of each and "
        "look at the units' maps."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw,
)  # fmt: skip
