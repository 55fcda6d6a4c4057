"""Small networks need luck: the spread of the final loss over random starts, by the number of hidden units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nnlab.document.validation import Model
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Dots, Panel, Ranges, beside
from nnlab.studies.documents import experiment
from nnlab.studies.parameters import Noise, Rate, Seeds, Sizes, Steps, noise, rate, seeds, sizes, steps
from nnlab.studies.study import Row, Study, Summary, by
from nnlab.studies.training import Case, Stack, final, spread


class Parameters(Model):
    """Which sizes, how many runs, how long."""

    hidden: Sizes = sizes((3, 6, 20, 50))
    seeds: Seeds = seeds(40)
    steps: Steps = steps(6_000)
    learning_rate: Rate = rate(0.1)
    noise: Noise = noise(0.05)


def cases(p: Parameters) -> Iterator[Case]:
    """Every size with every seed, on the same points."""
    dataset = {"name": "spiral", "noise": p.noise, "test_fraction": 0}
    for units in p.hidden:
        for seed in range(1, p.seeds + 1):
            document = experiment(dataset, hidden=[units], seed=seed, learning_rate=p.learning_rate)
            yield Case({"units": units, "seed": seed}, document, p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """The final loss of every network."""
    return [{"loss": row["loss"], "accuracy": row["accuracy"]} for row in final(stack)]


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """Mean and spread of the final loss of each size."""
    table = []
    for units, group in by(rows, "units").items():
        losses = [row["loss"] for row in group if row["loss"] is not None]
        mean, deviation = spread(losses) if losses else (None, None)
        ends = {"least": min(losses, default=None), "most": max(losses, default=None)}
        table.append({"units": units, "n": len(group), "mean": mean, "standard_deviation": deviation, **ends})
    said = ", ".join(f"{row['standard_deviation']:.2g} ({row['units']})" for row in table if row["mean"] is not None)
    text = Sentence("Standard deviation of the final loss over seeds, by hidden units: {said}.", said=said)
    return Summary(text, table)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """A dot a network, in strips; beside them mean and range."""
    places = {units: float(index) for index, units in enumerate(p.hidden)}
    at = [beside(row["seed"], places[row["units"]]) for row in rows]
    dots = Dots(at, [row["loss"] for row in rows], [row["run"] for row in rows], Sentence("one network"))
    table = [row for row in summarize(p, rows).table if row["mean"] is not None]
    columns: dict[str, list[Any]] = {name: [row[name] for row in table] for name in ("mean", "least", "most")}
    middle = [places[row["units"]] + 0.38 for row in table]
    ranges = Ranges(middle, columns["mean"], columns["least"], columns["most"], Sentence("mean and range"))
    x = Axis(Sentence("hidden units"), ticks=tuple((place, str(units)) for units, place in places.items()))
    caption = Sentence(
        "n = {n} seeds a size (1 to {n}); spiral, 200 points, noise {noise}; tanh, softmax loss, SGD, learning rate "
        "{rate}, minibatch 10, {steps} steps, no regularization.",
        n=p.seeds, noise=p.noise, rate=p.learning_rate, steps=p.steps,
    )  # fmt: skip
    panel = Panel(x, Axis(Sentence("final training loss (nats)")), (dots, ranges))
    return Chart(Sentence("Final loss by number of hidden units"), caption, (panel,))


STUDY = Study(
    name="seed_variance",
    section="arch",
    title=Sentence("Luck and size"),
    question=Sentence("Does a small network depend more on the luck of its first weights than a large one?"),
    claim=Sentence("Small networks end at losses that vary a good deal; large ones all end about equally well."),
    see=Sentence(
        "Each dot is one network; within a strip only the first random weights differ. In the left strips "
        "some were lucky and some are trapped. To the right the strips close up: whichever network you "
        "take there, it is about as good as the next. Open a high and a low dot of the smallest size and compare "
        "what they have learned."
    ),
    parameters=Parameters,
    cases=cases,
    measure=measure,
    summarize=summarize,
    draw=draw,
)
