"""Universal approximation in one dimension: the largest error against the number of units, beside a sum of bumps."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from nnlab.document.validation import Model
from nnlab.engine.menus.datasets import EDGE
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Layer, Line, Panel
from nnlab.studies.documents import FULL_BATCH, make_document
from nnlab.studies.looks import curve
from nnlab.studies.parameters import Rate, Seeds, Sizes, Steps, rate, seeds, sizes, steps
from nnlab.studies.shapes import curves, faint_dots, listed, numbers, table_of
from nnlab.studies.study import Row, Study, Summary, by
from nnlab.studies.training import Case, Stack

GRID = np.linspace(-EDGE, EDGE, 401)
DRAWN = GRID[::4]


class Parameters(Model):
    """How many units, how long."""

    hidden: Sizes = sizes((1, 2, 4, 8, 16, 32, 64))
    seeds: Seeds = seeds(8)
    steps: Steps = steps(8_000)
    learning_rate: Rate = rate(0.02)


def target(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The curve to approximate: x sin x."""
    return np.asarray(x * np.sin(x))


def cases(p: Parameters) -> Iterator[Case]:
    """Every size with every seed."""
    dataset = {"name": "x_sin_x", "noise": 0, "test_fraction": 0}
    for units in p.hidden:
        for seed in range(1, p.seeds + 1):
            document = make_document(
                dataset, task="curve_fitting", hidden=[units], activation="sigmoid", seed=seed,
                optimizer="adam", learning_rate=p.learning_rate, batch_size=FULL_BATCH,
            )  # fmt: skip
            yield Case({"units": units, "seed": seed}, document, p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """The largest error on a fine grid; of the first seed the fitted curve."""
    stack.step(stack.steps)
    rows = []
    for network, case in zip(stack.networks(), stack.cases, strict=True):
        error = float(np.abs(curve(network, GRID) - target(GRID)).max())
        fit = [round(value, 4) for value in curve(network, DRAWN).tolist()] if case.tags["seed"] == 1 else []
        rows.append({"error": error, "fit": fit})
    return rows


def bumps_error(count: int) -> float:
    """The largest error of the best sum of so many indicator bumps of equal width."""
    edges = np.linspace(-EDGE, EDGE, count + 1)
    parts = [target(np.linspace(low, high, 200)) for low, high in zip(edges[:-1], edges[1:], strict=True)]
    return max(float(part.max() - part.min()) / 2 for part in parts)


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """The best and the median error of each size, beside the bumps'."""
    table = table_of(rows, ("units",), "error")
    for row, group in zip(table, by(rows, "units").values(), strict=True):
        row |= {"best": min(one["error"] for one in group), "bumps": bumps_error(row["units"])}
    text = Sentence(
        "Largest error of the best run, by units: {best}; of as many bumps: {bumps}.",
        best=listed(table, "units", "best"), bumps=listed(table, "units", "bumps"),
    )  # fmt: skip
    return Summary(text, table)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """The errors by units, and the curves of the first seed."""
    table = summarize(p, rows).table
    units = [row["units"] for row in table]
    same = [row | {"all": Sentence("networks, median")} for row in table]
    layers: list[Layer] = [
        *faint_dots([row | {"all": 1} for row in rows], "units", "error", "all"),
        *curves(same, "units", "error", "all"),
        Line(units, [row["best"] for row in table], Sentence("the best network"), colour=2),
        Line(units, [row["bumps"] for row in table], Sentence("sum of bumps"), colour=1, dashed=True),
    ]
    fits = [row for row in rows if row["fit"]]
    shown = [fits[index] for index in sorted({0, len(fits) // 3, 2 * len(fits) // 3, len(fits) - 1})] if fits else []
    lines = [
        Line(DRAWN.tolist(), row["fit"], str(row["units"]), colour=colour, marks=False)
        for colour, row in enumerate(shown, 1)
    ]  # fmt: skip
    whole = Line(DRAWN.tolist(), target(DRAWN).tolist(), "x sin x", colour=6, dashed=True, marks=False)
    caption = Sentence(
        "n = {n} seeds a size; x sin x on [-5.85, 5.85], 200 points without noise, errors on a grid of 401; sigmoid, "
        "squared loss, Adam, learning rate {rate}, full batch, {steps} steps.",
        n=p.seeds, rate=p.learning_rate, steps=p.steps,
    )  # fmt: skip
    panels = (
        Panel(numbers(Sentence("hidden units, or bumps"), p.hidden), Axis(Sentence("largest error"), log=True), layers),
        Panel(Axis(Sentence("x")), Axis(Sentence("y")), (*lines, whole), Sentence("seed 1, by hidden units")),
    )
    return Chart(Sentence("Approximating x sin x"), caption, panels)


STUDY = Study(
    name="approximation",
    section="power",
    title=Sentence("Universal approximation"),
    question=Sentence("How close does one hidden layer come to a curve, and is a sum of bumps any worse?"),
    claim=Sentence("One hidden layer can come as close to a continuous function as one likes; so can a sum of bumps."),
    see=Sentence(
        "More units, a smaller largest error: that is the theorem at work, until the line flattens. There it is no "
        "longer the network that limits the fit but the optimizer, which does not find the weights that exist. A sum "
        "of bumps closes in too, steadily and slowly; a network of as many units is far closer because it is smooth, "
        "as the curve is."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw, together=4, effort=1.3,
)  # fmt: skip
