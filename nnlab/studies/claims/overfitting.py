"""Overfitting: the gap between test and training loss by size, and the cures one beside the other."""

from __future__ import annotations

from collections.abc import Iterator

from nnlab.document.fields import field, log_slider, slider, within
from nnlab.document.validation import Model
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Panel
from nnlab.studies.documents import make_document
from nnlab.studies.parameters import Noise, Rate, Seeds, Sizes, Steps, noise, rate, seeds, sizes, steps
from nnlab.studies.shapes import curves, faint_dots, find, named, numbers, said, table_of
from nnlab.studies.study import Row, Study, Summary
from nnlab.studies.training import Case, Stack, final

NAMES = {
    "none": Sentence("no cure"),
    "l2": Sentence("L2"),
    "dropout": Sentence("dropout"),
    "noise": Sentence("input noise"),
}


class Parameters(Model):
    """Which sizes, and how strong the cures are."""

    hidden: Sizes = sizes((2, 5, 10, 20, 50))
    seeds: Seeds = seeds(10)
    steps: Steps = steps(6_000)
    learning_rate: Rate = rate(0.1)
    noise: Noise = noise(0.3)
    l2: float = field(0.01, "L2 strength", "Of the first cure.", within(0, 1), log_slider(1e-4, 0.3))
    keep_prob: float = field(
        0.7, "Dropout: keep probability", "Of the second cure.", within(0.1, 1), slider(0.1, 1, 0.05)
    )
    input_noise: float = field(0.5, "Input noise", "Of the third cure.", within(0, 3), slider(0, 1, 0.05))


def cases(p: Parameters) -> Iterator[Case]:
    """Every cure with every size and seed, on few noisy points."""
    dataset = {"name": "moons", "points": 100, "noise": p.noise, "test_fraction": 0.5}
    cures = {
        "none": {},
        "l2": {"l2": p.l2},
        "noise": {"input_noise": p.input_noise},
        "dropout": {"keep_prob": p.keep_prob},
    }
    for cure, fields in cures.items():
        for units in p.hidden:
            for seed in range(1, p.seeds + 1):
                more = {"learning_rate": p.learning_rate, **fields}
                document = make_document(dataset, hidden=[units], activation="relu", seed=seed, **more)
                yield Case({"cure": cure, "units": units, "seed": seed}, document, p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """Data loss on training points, loss on test points, the gap between them, test accuracy."""
    return [
        {
            "data_loss": row["data_loss"],
            "test_loss": row["test_loss"],
            "gap": _gap(row),
            "test_accuracy": row["test_accuracy"],
        }
        for row in final(stack)
    ]


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """Medians by cure and size."""
    table = table_of(rows, ("cure", "units"), "data_loss", "test_loss", "gap", "test_accuracy")
    largest = max(p.hidden)
    parts = named({
        name: f"{said(row['test_loss'])} ({said(row['data_loss'])})"
        for cure, name in NAMES.items()
        if (row := find(table, cure=cure, units=largest))
    })  # fmt: skip
    text = Sentence("Median test loss at {units} units (training loss): {parts}.", units=largest, parts=parts)
    return Summary(text, table)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """The test loss and the gap by size, a line a cure."""
    table = summarize(p, rows).table
    x = numbers(Sentence("hidden units"), p.hidden)
    caption = Sentence(
        "n = {n} seeds, medians and quartiles; moons, 50 training and 50 test points, noise {noise}; ReLU, softmax "
        "loss, SGD, learning rate {rate}, minibatch 10, {steps} steps; L2 {l2}, dropout keeps {keep}, input noise "
        "{input}.",
        n=p.seeds, noise=p.noise, rate=p.learning_rate, steps=p.steps, l2=p.l2, keep=p.keep_prob, input=p.input_noise,
    )  # fmt: skip
    dots = faint_dots(rows, "units", "test_loss", "cure")
    panels = (
        Panel(x, Axis(Sentence("test loss (nats)")), (*dots, *curves(table, "units", "test_loss", "cure", NAMES))),
        Panel(x, Axis(Sentence("test loss - training loss (nats)")), curves(table, "units", "gap", "cure", NAMES)),
    )
    return Chart(Sentence("Overfitting and its cures"), caption, panels)


def _gap(row: Row) -> float | None:
    known = row["test_loss"] is not None and row["data_loss"] is not None
    return row["test_loss"] - row["data_loss"] if known else None


STUDY = Study(
    name="overfitting",
    section="arch",
    title=Sentence("Overfitting and its cures"),
    question=Sentence("Does a larger network overfit more, and which cure closes the gap?"),
    claim=Sentence("Larger networks can overfit; regularization is a better remedy than fewer units."),
    see=Sentence(
        "Few points, much noise. Two units are too few: both losses are high. From five units on the training loss "
        "goes to zero while the test loss stays: the gap is overfitting. With L2 the large network is better on test "
        "points than the small one, and size hardly matters any more. Whether dropout and input noise help as much "
        "is for the lines to say: on networks as small as these dropout does not."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw,
)  # fmt: skip
