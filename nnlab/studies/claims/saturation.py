"""Saturation: sigmoid and tanh units that start too far out have no gradient and barely learn."""

from __future__ import annotations

from collections.abc import Iterator

from nnlab.document.fields import field
from nnlab.document.validation import Model
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Panel
from nnlab.studies.documents import make_document
from nnlab.studies.looks import saturated_share
from nnlab.studies.parameters import Factors, Rate, Seeds, Steps, Units, rate, seeds, steps, units
from nnlab.studies.shapes import activation_names, curves, faint_dots, find, numbers, percent, said, table_of
from nnlab.studies.study import Row, Study, Summary
from nnlab.studies.training import Case, Stack, final

ACTIVATIONS = ("sigmoid", "tanh")


class Parameters(Model):
    """Which starting weights, on which network."""

    scales: Factors = field((0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0), "Initialization scales",
                            "Starting weights are multiplied by these.")  # fmt: skip
    units: Units = units(20)
    seeds: Seeds = seeds(20)
    steps: Steps = steps(2_000)
    learning_rate: Rate = rate(0.1)


def cases(p: Parameters) -> Iterator[Case]:
    """Both activations with every scale and seed."""
    for activation in ACTIVATIONS:
        for scale in p.scales:
            for seed in range(1, p.seeds + 1):
                more = {"learning_rate": p.learning_rate, "network": {"init_scale": scale}}
                dataset = {"name": "circle", "test_fraction": 0}
                document = make_document(dataset, hidden=[p.units], activation=activation, seed=seed, **more)
                yield Case({"activation": activation, "scale": scale, "seed": seed}, document, p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """Saturated activations before the first step, in percent, and the loss after the last."""
    before = [100 * saturated_share(network, stack.examples) for network in stack.networks()]
    return [{"saturated": share, "loss": row["loss"]} for share, row in zip(before, final(stack), strict=True)]


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """Both by activation and scale."""
    table = table_of(rows, ("activation", "scale"), "saturated", "loss")
    low, high = min(p.scales, key=lambda scale: abs(scale - 1)), max(p.scales)
    parts = {
        f"{name}_{end}": _at(table, activation=name, scale=scale)
        for name in ACTIVATIONS for end, scale in (("low", low), ("high", high))
    }  # fmt: skip
    text = Sentence(
        "Saturated at the start, and final loss: sigmoid {sigmoid_low} at scale {low}, {sigmoid_high} at {high}; "
        "tanh {tanh_low} and {tanh_high}.",
        low=f"{low:g}", high=f"{high:g}", **parts,
    )  # fmt: skip
    return Summary(text, table)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """The saturated share and the final loss by scale."""
    table, names = summarize(p, rows).table, activation_names(ACTIVATIONS)
    x = numbers(Sentence("initialization scale"), p.scales)
    share = Axis(Sentence("saturated at the start (%)"), limits=(-3, 103))
    loss = Axis(Sentence("final training loss (nats)"), log=True)
    caption = Sentence(
        "n = {n} seeds, medians and quartiles; circle, 200 points, noise 0.1; 2-{units}-2, softmax loss, SGD, "
        "learning rate {rate}, minibatch 10, {steps} steps; saturated: local gradient below 0.01.",
        n=p.seeds, units=p.units, rate=p.learning_rate, steps=p.steps,
    )  # fmt: skip
    panels = (
        Panel(x, share, curves(table, "scale", "saturated", "activation", names)),
        Panel(
            x,
            loss,
            [*faint_dots(rows, "scale", "loss", "activation"), *curves(table, "scale", "loss", "activation", names)],
        ),
    )
    return Chart(Sentence("Large starting weights saturate"), caption, panels)


def _at(table: list[Row], **tags: object) -> str:
    row = find(table, **tags)
    return f"{percent(row['saturated'], 100)}, {said(row['loss'])}" if row else "–"


STUDY = Study(
    name="saturation",
    section="actfun",
    title=Sentence("Saturation"),
    question=Sentence("What do too large starting weights do to sigmoid and tanh units?"),
    claim=Sentence("With too large first weights most sigmoid units are saturated and the network barely learns."),
    see=Sentence(
        "First the share of activations on a flat end, before any training; then what training makes of it. "
        "Where nearly everything is saturated, the gradient is gone and the loss stays near that of guessing, or far "
        "above. Sigmoid needs care at the small end too: its slope is at most a quarter, so from small weights it "
        "hardly gets going."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw,
)  # fmt: skip
