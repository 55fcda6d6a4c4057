"""Dying ReLUs: the share of dead units by learning rate, and what leaky ReLU and maxout do about it."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean
from typing import Annotated

from nnlab.document.fields import field, log_slider
from nnlab.document.points import MOST_POINTS
from nnlab.document.validation import Model, whole_number
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Level, Panel
from nnlab.studies.documents import make_document
from nnlab.studies.looks import dead_shares
from nnlab.studies.parameters import Rates, Seeds, Steps, Units, rates, seeds, steps, units
from nnlab.studies.shapes import activation_names, curves, faint_dots, find, numbers, percent, table_of
from nnlab.studies.study import Row, Study, Summary
from nnlab.studies.training import Case, Stack, final

ACTIVATIONS = ("relu", "leaky_relu", "maxout")


class Parameters(Model):
    """Which learning rates, on which network."""

    learning_rates: Rates = rates((0.03, 0.1, 0.3, 0.5, 0.8, 1.0, 3.0))
    units: Units = units(20)
    batch_size: Annotated[int, whole_number(1, MOST_POINTS)] = field(
        10, "Minibatch size", "Points per step.", log_slider(1, 140)
    )
    seeds: Seeds = seeds(20)
    steps: Steps = steps(1_000)


def cases(p: Parameters) -> Iterator[Case]:
    """The gallery's "Dying ReLUs" with every activation, learning rate and seed."""
    for activation in ACTIVATIONS:
        for rate in p.learning_rates:
            for seed in range(1, p.seeds + 1):
                more = {"learning_rate": rate, "batch_size": p.batch_size}
                hidden = [p.units, p.units]
                document = make_document({"name": "circle"}, hidden=hidden, activation=activation, seed=seed, **more)
                yield Case({"activation": activation, "learning_rate": rate, "seed": seed}, document, p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """Dead units of both hidden layers and of each, and what was learned; of a network that diverged nothing."""
    rows = []
    for losses, network in zip(final(stack), stack.networks(), strict=True):
        first, second = dead_shares(network, stack.examples) if losses["loss"] is not None else (None, None)
        both = None if first is None or second is None else (first + second) / 2
        rows.append({"dead": both, "dead_first": first, "dead_second": second, "accuracy": losses["accuracy"]})
    return rows


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """Mean share of dead units by activation and learning rate, of the networks that did not diverge."""
    table = table_of(rows, ("activation", "learning_rate"), "dead", "accuracy")
    for row in table:
        alike = [one for one in rows if all(one[tag] == row[tag] for tag in ("activation", "learning_rate"))]
        alive = [one["dead"] for one in alike if one["dead"] is not None]
        row |= {"diverged": len(alike) - len(alive), "dead_mean": mean(alive) if alive else None}
        row["dead_percent"] = None if row["dead_mean"] is None else 100 * row["dead_mean"]
        row["dead_percent_low"], row["dead_percent_high"] = (
            (100 * min(alive), 100 * max(alive)) if alive else (None, None)
        )
    shares = ", ".join(
        f"{percent(find(table, activation='relu', learning_rate=rate).get('dead_mean'))} ({rate:g})"
        for rate in p.learning_rates
    )
    worst = max((row["dead_mean"] or 0.0 for row in table if row["activation"] != "relu"), default=0.0)
    text = Sentence(
        "Dead ReLUs, mean by learning rate: {shares}. Of leaky ReLU and maxout at most {worst} are dead.",
        shares=shares, worst=percent(worst),
    )  # fmt: skip
    return Summary(text, table)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """Mean and range of the dead share by learning rate, and the accuracy."""
    table, names = summarize(p, rows).table, activation_names(ACTIVATIONS)
    x = numbers(Sentence("learning rate"), p.learning_rates)
    note = Level(40.0, Sentence("the note's 40 %"))
    dead = curves(table, "learning_rate", "dead_percent", "activation", names)
    dots = faint_dots([row | {"percent": _percent(row)} for row in rows], "learning_rate", "percent", "activation")
    right = [row | {"right": None if row["accuracy"] is None else 100 * row["accuracy"]} for row in rows]
    learned = table_of(right, ("activation", "learning_rate"), "right")
    accuracy = curves(learned, "learning_rate", "right", "activation", names)
    caption = Sentence(
        "n = {n} seeds; circle, 140 training points, noise 0.1; 2-{units}-{units}-2, softmax loss, SGD, minibatch "
        "{batch}, {steps} steps, no regularization; bands: of dead units the whole range, of the "
        "accuracy the quartiles; diverged networks left out.",
        n=p.seeds, units=p.units, batch=p.batch_size, steps=p.steps,
    )  # fmt: skip
    panels = (
        Panel(x, Axis(Sentence("dead units (%)"), limits=(-3, 103)), (*dots, *dead, note)),
        Panel(x, Axis(Sentence("training accuracy (%)")), accuracy),
    )
    return Chart(Sentence("Dead units by learning rate"), caption, panels)


def _percent(row: Row) -> float | None:
    return None if row["dead"] is None else 100 * row["dead"]


STUDY = Study(
    name="dead_units",
    section="actfun",
    title=Sentence("Dying ReLUs"),
    question=Sentence("How many ReLUs die as the learning rate grows, and do leaky ReLU and maxout help?"),
    claim=Sentence("As much as 40 % of a network can be dead if the learning rate is too high."),
    see=Sentence(
        "Up to a moderate learning rate hardly any unit dies. Then the share rises fast: one large step throws a "
        "unit so far that no training point reaches it any more, and without gradient it never comes back. Leaky "
        "ReLU and maxout always have a gradient, so none of theirs dies; that alone does not make such steps a good "
        "idea, as the accuracy shows. Open a run at a high rate: the dead units of its maps are blank."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw,
)  # fmt: skip
