"""Scaling of inputs: updates to a loss when the same points are drawn on a smaller or larger plane."""

from __future__ import annotations

from collections.abc import Iterator

from nnlab.document.fields import field
from nnlab.document.validation import Model
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Level, Panel
from nnlab.studies.documents import make_document
from nnlab.studies.parameters import Factors, Rates, Seeds, Steps, Target, Units, rates, seeds, steps, target, units
from nnlab.studies.shapes import curves, faint_dots, fastest, numbers, said, table_of
from nnlab.studies.study import Row, Study, Summary, by
from nnlab.studies.training import Case, Stack, first_below

LOOK_EVERY = 10
HALF_IN_DEVIATIONS = 2.3  # half the view over the standard deviation of the circle's coordinates


class Parameters(Model):
    """Which scales."""

    scales: Factors = field(
        (0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0), "Scales", "Standard deviations of the inputs to compare."
    )
    learning_rates: Rates = rates((0.01, 0.1, 1.0))
    target: Target = target(0.1)
    units: Units = units(10)
    seeds: Seeds = seeds(10)
    steps: Steps = steps(6_000)


def cases(p: Parameters) -> Iterator[Case]:
    """Every scale with every learning rate and seed: the same points, on planes of other sizes."""
    dataset = {"name": "circle", "test_fraction": 0}
    for scale in p.scales:
        half = scale * HALF_IN_DEVIATIONS
        view = {"x_range": [-half, half], "y_range": [-half, half]}
        for rate in p.learning_rates:
            for seed in range(1, p.seeds + 1):
                document = make_document(dataset, hidden=[p.units], view=view, seed=seed, learning_rate=rate)
                yield Case({"scale": scale, "learning_rate": rate, "seed": seed}, document, p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """The first step with the loss at the target."""
    reached, last = first_below(stack, p.target, every=LOOK_EVERY)
    return [{"updates": step, "last_loss": loss} for step, loss in zip(reached, last, strict=True)]


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """Each scale's best learning rate."""
    best = [fastest(group) for group in by(table_of(rows, ("scale", "learning_rate"), "updates"), "scale").values()]
    parts = ", ".join(f"{said(row['updates'], 4)} ({row['scale']:g})" for row in best)
    text = Sentence(
        "Median updates to a loss of {target} at the best learning rate, by standard deviation of the inputs: {parts}.",
        target=p.target, parts=parts,
    )  # fmt: skip
    return Summary(text, best)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """Updates by scale, a line a learning rate."""
    by_rate = sorted(rows, key=lambda row: p.learning_rates.index(row["learning_rate"]))
    table = table_of(by_rate, ("scale", "learning_rate"), "updates")
    names = {rate: Sentence("learning rate {rate}", rate=f"{rate:g}") for rate in p.learning_rates}
    dots = faint_dots(by_rate, "scale", "updates", "learning_rate")
    never = Level(float(p.steps), Sentence("given up"))
    caption = Sentence(
        "n = {n} seeds, medians and quartiles; circle, 200 points, noise 0.1; 2-{units}-2 tanh, softmax loss, SGD, "
        "minibatch 10; no mark where more than half did not arrive in {steps} steps.",
        n=p.seeds, units=p.units, steps=p.steps,
    )  # fmt: skip
    x = numbers(Sentence("standard deviation of the inputs"), p.scales)
    y = Axis(Sentence("updates to a loss of {target}", target=p.target), log=True)
    lines = curves(table, "scale", "updates", "learning_rate", names)
    return Chart(Sentence("Inputs want a standard deviation near 1"), caption, (Panel(x, y, (*dots, *lines, never)),))


STUDY = Study(
    name="scaling",
    section="actfun",
    title=Sentence("Scaling of the inputs"),
    question=Sentence("What is lost when inputs are ten times too small or too large?"),
    claim=Sentence("Units saturate at large sums; so inputs are scaled before anything else (the next note)."),
    see=Sentence(
        "The points are the same in all runs; only the plane they lie on is smaller or larger. Near a standard "
        "deviation of one a learning rate does its best. Small inputs make small gradients: training takes longer in "
        "proportion. Large ones saturate the units before they have learned anything, and no learning rate makes up "
        "for it. Scaling the inputs first is one division."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw, effort=1.25,
)  # fmt: skip
