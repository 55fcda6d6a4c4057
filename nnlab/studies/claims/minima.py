"""A catalogue of minima: where many runs of one small network end, sorted into groups of equal loss."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nnlab.document.fields import field, log_slider, within
from nnlab.document.validation import Model
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Dots, Panel
from nnlab.studies.documents import FULL_BATCH, make_document
from nnlab.studies.parameters import Rate, Seeds, Steps, Units, rate, seeds, steps, units
from nnlab.studies.shapes import said
from nnlab.studies.study import Row, Study, Summary
from nnlab.studies.training import Case, Stack, final


class Parameters(Model):
    """Which network, and what counts as the same minimum."""

    units: Units = units(2)
    seeds: Seeds = seeds(100)
    steps: Steps = steps(6_000)
    learning_rate: Rate = rate(0.1)
    apart: float = field(
        0.01, "Apart by", "Losses that differ by less belong to one minimum.", within(1e-5, 1), log_slider(1e-4, 0.1)
    )


def cases(p: Parameters) -> Iterator[Case]:
    """One network on XOR with many seeds; the full batch, so that it comes to rest."""
    dataset = {"name": "xor", "points": 100, "noise": 0.05, "test_fraction": 0}
    for seed in range(1, p.seeds + 1):
        more: dict[str, Any] = {"optimizer": "momentum", "learning_rate": p.learning_rate, "batch_size": FULL_BATCH}
        yield Case({"seed": seed}, make_document(dataset, hidden=[p.units], seed=seed, **more), p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """The final loss."""
    return [{"loss": row["loss"]} for row in final(stack)]


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """The minima, the lowest first."""
    groups = _minima(p, rows)
    table = [
        {"minimum": number, "loss": group[0]["loss"], "n": len(group), "share": len(group) / len(rows)}
        for number, group in enumerate(groups, 1)
    ]
    losses = ", ".join(f"{said(row['loss'], 3)} ({row['n']})" for row in table[:6])
    text = Sentence(
        "{n} runs end in {count} minima; loss and number of runs of the first six: {losses}.",
        n=len(rows), count=len(groups), losses=losses,
    )  # fmt: skip
    return Summary(text, table)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """Every run by rank, in the colour of its minimum."""
    layers, rank = [], 0
    for number, group in enumerate(_minima(p, rows)):
        places = [rank + index + 1 for index in range(len(group))]
        label = Sentence("loss {loss}: {n} runs", loss=said(group[0]["loss"], 3), n=len(group)) if number < 6 else ""
        layers.append(Dots(places, [row["loss"] for row in group], [row["run"] for row in group], label, number))
        rank += len(group)
    caption = Sentence(
        "n = {n} seeds; XOR, 100 points, noise 0.05; 2-{units}-2 tanh, softmax loss, momentum 0.9, learning rate "
        "{rate}, full batch, {steps} steps, no regularization.",
        n=p.seeds, units=p.units, rate=p.learning_rate, steps=p.steps,
    )  # fmt: skip
    x, y = Axis(Sentence("runs, the best first")), Axis(Sentence("final training loss (nats)"))
    return Chart(Sentence("The minima of one network"), caption, (Panel(x, y, layers),))


def _minima(p: Parameters, rows: list[Row]) -> list[list[Row]]:
    """The rows in groups: a new one begins where the next loss is farther away than `apart`."""
    ordered = sorted((row for row in rows if row["loss"] is not None), key=lambda row: row["loss"])
    groups: list[list[Row]] = []
    for row in ordered:
        if groups and row["loss"] - groups[-1][-1]["loss"] < p.apart:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


STUDY = Study(
    name="minima",
    section="arch",
    title=Sentence("A catalogue of minima"),
    question=Sentence("In how many different places do runs of one and the same small network end?"),
    claim=Sentence("A small network has few local minima, many of them are easy to fall into, and they are bad."),
    see=Sentence(
        "All these runs have the same network, the same points and the same rule; only the first weights differ. "
        "Their losses do not scatter: they stand on a few steps, each a minimum that many starts lead to. Open one "
        "run of each step to see how it cuts the plane. Then ask for more units: the steps come down."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw,
)  # fmt: skip
