"""The learning rate over four decades: updates to a loss, and the share of runs that come to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from nnlab.document.fields import field, menu
from nnlab.document.validation import Model
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Line, Panel
from nnlab.studies.documents import make_document
from nnlab.studies.parameters import Rates, Seeds, Steps, Target, Units, rates, seeds, steps, target, units
from nnlab.studies.shapes import curves, faint_dots, fastest, numbers, said, table_of
from nnlab.studies.study import Row, Study, Summary, by
from nnlab.studies.training import Case, Stack, first_below

LOOK_EVERY = 10
WORSE_THAN_GUESSING = 1.0  # nats; guessing has 0.69


class Parameters(Model):
    """Which rates, to which loss."""

    learning_rates: Rates = rates((0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0))
    target: Target = target(0.1)
    activation: Annotated[str, menu(ACTIVATIONS)] = field("tanh", "Activation", "Of all hidden units.")
    units: Units = units(20)
    seeds: Seeds = seeds(20)
    steps: Steps = steps(5_000)


def cases(p: Parameters) -> Iterator[Case]:
    """Every rate with every seed."""
    dataset = {"name": "circle", "test_fraction": 0}
    for rate in p.learning_rates:
        for seed in range(1, p.seeds + 1):
            document = make_document(
                dataset, hidden=[p.units, p.units], activation=p.activation, seed=seed, learning_rate=rate
            )
            yield Case({"learning_rate": rate, "seed": seed}, document, p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """The first step with the loss at the target; whether it was never reached and the loss is worse than guessing."""
    reached, last = first_below(stack, p.target, every=LOOK_EVERY)
    return [
        {"updates": step, "last_loss": loss, "lost": step is None and (loss is None or loss > WORSE_THAN_GUESSING)}
        for step, loss in zip(reached, last, strict=True)
    ]


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """Median updates, runs that arrived and runs that were lost, by rate."""
    table = table_of(rows, ("learning_rate",), "updates")
    for row, group in zip(table, by(rows, "learning_rate").values(), strict=True):
        row |= {
            "arrived": _share(one["updates"] is not None for one in group),
            "lost": _share(one["lost"] for one in group),
        }
    best = fastest(table)
    lost = ", ".join(f"{row['learning_rate']:g}" for row in table if row["lost"] > 50)
    text = Sentence(
        "Fastest at {rate}: {updates} updates to a loss of {target}. Most runs are lost at: {lost}.",
        rate=f"{best['learning_rate']:g}" if best["updates"] else "–", updates=said(best["updates"], 4),
        target=p.target, lost=lost or "–",
    )  # fmt: skip
    return Summary(text, table)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """Updates by rate; shares by rate."""
    table = summarize(p, rows).table
    at = [row["learning_rate"] for row in table]
    same = [row | {"all": Sentence("median and quartiles")} for row in table]
    dots = faint_dots([row | {"all": 1} for row in rows], "learning_rate", "updates", "all")
    x, share = numbers(Sentence("learning rate"), p.learning_rates), Axis(Sentence("runs (%)"), limits=(-3, 103))
    shares = (
        Line(at, [row["arrived"] for row in table], Sentence("reached the loss"), colour=2),
        Line(at, [row["lost"] for row in table], Sentence("worse than guessing at the end"), colour=1),
    )
    caption = Sentence(
        "n = {n} seeds a rate; circle, 200 points, noise 0.1; 2-{units}-{units}-2 {activation}, softmax loss, SGD, "
        "minibatch 10, up to {steps} steps, looked at every {every}; no mark where more than half did not arrive.",
        n=p.seeds, units=p.units, activation=Sentence(ACTIVATIONS[p.activation].label), steps=p.steps, every=LOOK_EVERY,
    )  # fmt: skip
    updates = Axis(Sentence("updates to a loss of {target}", target=p.target), log=True)
    panels = (Panel(x, updates, (*dots, *curves(same, "learning_rate", "updates", "all"))), Panel(x, share, shares))
    return Chart(Sentence("Four decades of learning rates"), caption, panels)


def _share(flags: Iterator[bool]) -> float:
    known = list(flags)
    return 100 * sum(known) / len(known)


STUDY = Study(
    name="learning_rate",
    section="actfun",
    title=Sentence("Four decades of learning rates"),
    question=Sentence("How much does the learning rate decide, from far too small to far too large?"),
    claim=Sentence("Be careful with the learning rate: a proper setting decides whether units die and networks learn."),
    see=Sentence(
        "From the left each decade saves almost nine tenths of the updates: the loss falls as fast as the steps are "
        "long. The valley is about one decade wide. Then, within a factor of three or so, runs stop arriving, and "
        "beyond they end worse than guessing. The best rate stands close to the edge: that is why one searches for "
        "it in decades, from below."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw, effort=1.0,
)  # fmt: skip
