"""The race of the activations: how many updates each needs to a loss, at its own best learning rate."""

from __future__ import annotations

from collections.abc import Iterator

from nnlab.document.validation import Model
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Panel
from nnlab.studies.documents import make_document
from nnlab.studies.parameters import Rates, Seeds, Steps, Target, Units, rates, seeds, steps, target, units
from nnlab.studies.shapes import activation_names, curves, faint_dots, fastest, named, numbers, said, table_of
from nnlab.studies.study import Row, Study, Summary, by
from nnlab.studies.training import Case, Stack, first_below

ACTIVATIONS = ("relu", "leaky_relu", "maxout", "tanh", "sigmoid")
LOOK_EVERY = 20


class Parameters(Model):
    """To which loss, at which learning rates."""

    learning_rates: Rates = rates((0.03, 0.1, 0.3, 1.0))
    target: Target = target(0.1)
    units: Units = units(20)
    seeds: Seeds = seeds(15)
    steps: Steps = steps(8_000)


def cases(p: Parameters) -> Iterator[Case]:
    """Every activation with every learning rate and seed."""
    for activation in ACTIVATIONS:
        for rate in p.learning_rates:
            for seed in range(1, p.seeds + 1):
                dataset = {"name": "spiral", "noise": 0.02, "test_fraction": 0}
                document = make_document(
                    dataset, hidden=[p.units, p.units], activation=activation, seed=seed, learning_rate=rate
                )
                yield Case({"activation": activation, "learning_rate": rate, "seed": seed}, document, p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """The first step, of those looked at, with the loss at the target."""
    reached, last = first_below(stack, p.target, every=LOOK_EVERY)
    return [{"updates": step, "last_loss": loss} for step, loss in zip(reached, last, strict=True)]


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """Each activation's best learning rate, and how many times the updates of ReLU it needs."""
    table = table_of(rows, ("activation", "learning_rate"), "updates")
    best = [fastest(group) for group in by(table, "activation").values()]
    relu = next((row["updates"] for row in best if row["activation"] == "relu"), None)
    for row in best:
        row["times_relu"] = row["updates"] / relu if relu and row["updates"] else None
    names = activation_names(ACTIVATIONS)
    parts = named({
        names[row["activation"]]: f"{said(row['updates'])} ({said(row['times_relu'])}x, {row['learning_rate']:g})"
        for row in best
    })  # fmt: skip
    text = Sentence(
        "Median updates to a loss of {target} at each one's best learning rate (times ReLU's, rate): {parts}.",
        target=p.target, parts=parts,
    )  # fmt: skip
    return Summary(text, best)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """Updates by learning rate, a line an activation."""
    table = table_of(rows, ("activation", "learning_rate"), "updates")
    lines = curves(table, "learning_rate", "updates", "activation", activation_names(ACTIVATIONS))
    dots = faint_dots(rows, "learning_rate", "updates", "activation")
    caption = Sentence(
        "n = {n} seeds, medians and quartiles; no mark where more than half of the runs did not arrive in {steps} "
        "steps; spiral, 200 points, noise 0.02; 2-{units}-{units}-2, softmax loss, SGD, minibatch 10, no "
        "regularization; looked at every {every} steps.",
        n=p.seeds, steps=p.steps, units=p.units, every=LOOK_EVERY,
    )  # fmt: skip
    y = Axis(Sentence("updates to a loss of {target}", target=p.target), log=True)
    return Chart(
        Sentence("The race of the activations"),
        caption,
        (Panel(numbers(Sentence("learning rate"), p.learning_rates), y, (*dots, *lines)),),
    )


STUDY = Study(
    name="activation_race",
    section="actfun",
    title=Sentence("The race of the activations"),
    question=Sentence("How much faster do ReLUs train than tanh and sigmoid units?"),
    claim=Sentence("ReLU speeds up training: a factor of 6 against tanh is reported, by its paper, on images."),
    see=Sentence(
        "A lower line needs fewer updates. Compare each activation at its own best learning rate: the lowest mark of "
        "its line. On these small networks ReLU is ahead of tanh by much less than the six times that the note "
        "quotes from a paper about large networks on images; sigmoid is far behind, and at small rates does not "
        "arrive at all."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw, effort=0.65,
)  # fmt: skip
