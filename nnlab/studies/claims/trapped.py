"""Small networks get trapped: what share of runs of each size ends above a loss that larger ones always reach."""

from __future__ import annotations

from collections.abc import Iterator

from nnlab.document.fields import field, slider, within
from nnlab.document.validation import Model
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Level, Line, Panel
from nnlab.studies.documents import experiment
from nnlab.studies.parameters import Rate, Seeds, Sizes, Steps, rate, seeds, sizes, steps
from nnlab.studies.shapes import categories, percent, places_of, strip
from nnlab.studies.study import Row, Study, Summary, by
from nnlab.studies.training import Case, Stack, final


class Parameters(Model):
    """Which sizes, and what counts as trapped."""

    hidden: Sizes = sizes((2, 3, 4, 6, 8, 12, 20))
    seeds: Seeds = seeds(60)
    steps: Steps = steps(4_000)
    learning_rate: Rate = rate(0.1)
    threshold: float = field(0.1, "Trapped above", "Final loss above which a run counts as trapped.", within(0.001, 2),
                             slider(0.01, 0.5, 0.01))  # fmt: skip


def cases(p: Parameters) -> Iterator[Case]:
    """Every size with every seed on XOR, which four units solve if they find the way."""
    dataset = {"name": "xor", "noise": 0.02, "test_fraction": 0}
    for units in p.hidden:
        for seed in range(1, p.seeds + 1):
            document = experiment(dataset, hidden=[units], activation="relu", seed=seed, learning_rate=p.learning_rate)
            yield Case({"units": units, "seed": seed}, document, p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """The final loss."""
    return [{"loss": row["loss"]} for row in final(stack)]


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """The share of trapped runs of each size."""
    table = [
        {"units": units, "n": len(group), "trapped": sum(_is_trapped(p, row) for row in group) / len(group)}
        for units, group in by(rows, "units").items()
    ]
    shares = ", ".join(f"{percent(row['trapped'])} ({row['units']})" for row in table)
    return Summary(
        Sentence("Runs that end above a loss of {loss}, by hidden units: {shares}.", loss=p.threshold, shares=shares),
        table,
    )


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """All final losses; and the share of trapped ones."""
    places = places_of(p.hidden)
    x = categories(Sentence("hidden units"), places)
    level = Level(p.threshold, Sentence("trapped above"))
    losses = Panel(x, Axis(Sentence("final training loss (nats)")), (strip(rows, places, "units", "loss"), level))
    table = summarize(p, rows).table
    shares = Line([places[row["units"]] for row in table], [100 * row["trapped"] for row in table])
    share = Panel(x, Axis(Sentence("trapped runs (%)"), limits=(-3, 103)), (shares,))
    caption = Sentence(
        "n = {n} seeds a size; XOR, 200 points, noise 0.02; ReLU, softmax loss, SGD, learning rate {rate}, minibatch "
        "10, {steps} steps, no regularization.",
        n=p.seeds, rate=p.learning_rate, steps=p.steps,
    )  # fmt: skip
    return Chart(Sentence("How many runs get trapped"), caption, (losses, share))


def _is_trapped(p: Parameters, row: Row) -> bool:
    return row["loss"] is None or row["loss"] > p.threshold


STUDY = Study(
    name="trapped",
    section="arch",
    title=Sentence("Trapped networks"),
    question=Sentence("How often does a network of each size end in a bad minimum?"),
    claim=Sentence("Smaller networks are harder to train with local methods: they end in bad minima more often."),
    see=Sentence(
        "Two units cannot solve XOR at all. Three and four can, and yet some of these runs stay high: their first "
        "weights led them to a place from which every small step is uphill. With more units the trapped runs "
        "disappear, though nothing about the task has become easier. Open a trapped run and press Run: it does not "
        "get out."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw,
)  # fmt: skip
