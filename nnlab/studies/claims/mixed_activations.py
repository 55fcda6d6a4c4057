"""Mixed activations: another activation in each of two hidden layers, every pair of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from nnlab.document.fields import field, menu
from nnlab.document.validation import Model, items
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Dots, Panel
from nnlab.studies.documents import make_document
from nnlab.studies.parameters import Rate, Seeds, Steps, Units, rate, seeds, steps, units
from nnlab.studies.shapes import activation_names, categories, curves, faint_dots, places_of, said, table_of
from nnlab.studies.study import Row, Study, Summary
from nnlab.studies.training import Case, Stack, final


class Parameters(Model):
    """Which activations are paired."""

    activations: Annotated[tuple[Annotated[str, menu(ACTIVATIONS)], ...], items(least=2, most=6)] = field(
        ("relu", "leaky_relu", "maxout", "tanh", "sigmoid"), "Activations", "Every pair of these is tried."
    )
    units: Units = units(10)
    seeds: Seeds = seeds(10)
    steps: Steps = steps(4_000)
    learning_rate: Rate = rate(0.1)


def cases(p: Parameters) -> Iterator[Case]:
    """Every pair with every seed."""
    for first in p.activations:
        for second in p.activations:
            hidden = [{"units": p.units, "activation": name} for name in (first, second)]
            for seed in range(1, p.seeds + 1):
                dataset = {"name": "spiral", "noise": 0.02, "test_fraction": 0}
                document = make_document(dataset, hidden=hidden, seed=seed, learning_rate=p.learning_rate)
                yield Case({"first": first, "second": second, "seed": seed}, document, p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """The final loss."""
    return [{"loss": row["loss"]} for row in final(stack)]


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """The median loss of every pair."""
    table = table_of(rows, ("first", "second"), "loss")
    pure = [row["loss"] for row in table if row["first"] == row["second"] and row["loss"] is not None]
    mixed = [row["loss"] for row in table if row["first"] != row["second"] and row["loss"] is not None]
    text = Sentence(
        "Median final loss: one activation {pure_low} to {pure_high}, mixed {mixed_low} to {mixed_high}.",
        pure_low=said(min(pure, default=None)), pure_high=said(max(pure, default=None)),
        mixed_low=said(min(mixed, default=None)), mixed_high=said(max(mixed, default=None)),
    )  # fmt: skip
    return Summary(text, table)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """The loss by the first layer's activation, a line for each of the second layer's."""
    names = activation_names(p.activations)
    places = places_of(p.activations)
    table = [row | {"place": places[row["first"]]} for row in summarize(p, rows).table]
    ordered = sorted(table, key=lambda row: places[row["second"]])
    lines = [replace(line, low=()) for line in curves(ordered, "place", "loss", "second", names)]
    seconds = sorted(rows, key=lambda row: places[row["second"]])  # as the lines
    dots = faint_dots([row | {"place": places[row["first"]]} for row in seconds], "place", "loss", "second")
    pure = [row for row in table if row["first"] == row["second"]]
    alike = Dots(
        [row["place"] for row in pure], [row["loss"] for row in pure], label=Sentence("both layers alike"), colour=6,
        large=True,
    )  # fmt: skip
    caption = Sentence(
        "n = {n} seeds, medians; spiral, 200 points, noise 0.02; 2-{units}-{units}-2, softmax loss, "
        "SGD, learning rate {rate}, minibatch 10, {steps} steps, no regularization.",
        n=p.seeds, units=p.units, rate=p.learning_rate, steps=p.steps,
    )  # fmt: skip
    x = categories(Sentence("activation of the first hidden layer"), places, names)
    y = Axis(Sentence("final training loss (nats)"), log=True)
    return Chart(
        Sentence("Every pair of activations"),
        caption,
        (Panel(x, y, (*dots, *lines, alike), Sentence("activation of the second hidden layer")),),
    )


STUDY = Study(
    name="mixed_activations",
    section="actfun",
    title=Sentence("Mixed activations"),
    question=Sentence("Is there anything wrong with different activations in one network?"),
    claim=Sentence("It is rare to mix types of units in one network, though there is no fundamental problem with it."),
    see=Sentence(
        "No pair fails because it is a pair: mixed networks lie between the pure ones, or beside them. What counts "
        "is which activations take part, above all in the first layer: with sigmoids there, everything is slow, "
        "whatever follows."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw,
)  # fmt: skip
