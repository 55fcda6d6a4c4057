"""Skip connections: links over layers in a deep network; and a link backwards, refused with the cycle named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from nnlab.document.fields import field, menu
from nnlab.document.models import parse_document
from nnlab.document.validation import Model, items, whole_number
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.errors import InvalidInput
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Layer, Panel
from nnlab.studies.documents import make_document
from nnlab.studies.parameters import Rate, Seeds, Steps, Units, rate, seeds, steps, units
from nnlab.studies.shapes import curves, faint_dots, find, named, said, table_of
from nnlab.studies.study import Row, Study, Summary
from nnlab.studies.training import Case, Stack, final

NAMES = {
    "none": Sentence("a chain"),
    "input": Sentence("input to every layer"),
    "all": Sentence("every layer to all later ones"),
}
BACKWARDS = (3, 1)


class Parameters(Model):
    """How deep the networks are."""

    depths: Annotated[tuple[Annotated[int, whole_number(1, 8)], ...], items(least=1, most=8)] = field(
        (1, 2, 3, 4, 5, 6), "Hidden layers", "Depths to compare."
    )
    activation: Annotated[str, menu(ACTIVATIONS)] = field("sigmoid", "Activation", "Of all hidden units.")
    units: Units = units(8)
    seeds: Seeds = seeds(10)
    steps: Steps = steps(4_000)
    learning_rate: Rate = rate(0.3)


def cases(p: Parameters) -> Iterator[Case]:
    """Every depth with every kind of links and every seed."""
    dataset = {"name": "moons", "noise": 0.05, "test_fraction": 0}
    for links in NAMES:
        for depth in p.depths:
            for seed in range(1, p.seeds + 1):
                document = make_document(
                    dataset, hidden=[p.units] * depth, activation=p.activation, seed=seed,
                    learning_rate=p.learning_rate, network={"skips": skips(links, depth)},
                )  # fmt: skip
                yield Case({"links": links, "depth": depth, "seed": seed}, document, p.steps)


def skips(links: str, depth: int) -> list[list[int]]:
    """The extra links [from, to] of so many hidden layers; 0 is the input, depth + 1 the output."""
    if links == "none":
        return []
    sources = [0] if links == "input" else range(depth)
    return [[source, end] for source in sources for end in range(source + 2, depth + 2)]


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """The final loss."""
    return [{"loss": row["loss"]} for row in final(stack)]


def refusal() -> str:
    """What is said to a link backwards."""
    try:
        parse_document(make_document(hidden=[4, 4, 4], seed=1, network={"skips": [list(BACKWARDS)]}))
    except InvalidInput as error:
        return error.errors[0].message
    return ""


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """The median loss by depth and links, and the refusal."""
    table = table_of(rows, ("links", "depth"), "loss")
    deepest = max(p.depths)
    parts = named({
        name: said(row["loss"]) for links, name in NAMES.items() if (row := find(table, links=links, depth=deepest))
    })  # fmt: skip
    text = Sentence(
        "Median final loss at {depth} hidden layers: {parts}. A link backwards is refused: {refusal}",
        depth=deepest, parts=parts, refusal=refusal(),
    )  # fmt: skip
    return Summary(text, table)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """The loss by depth, a line a kind of links."""
    table = table_of(rows, ("links", "depth"), "loss")
    caption = Sentence(
        "n = {n} seeds, medians and quartiles; moons, 200 points, noise 0.05; {units} {activation} units a layer, "
        "softmax loss, SGD, learning rate {rate}, minibatch 10, {steps} steps, no regularization.",
        n=p.seeds, units=p.units,
        activation=Sentence(ACTIVATIONS[p.activation].label), rate=p.learning_rate, steps=p.steps,
    )  # fmt: skip
    y = Axis(Sentence("final training loss (nats)"), log=True)
    dots = faint_dots(rows, "depth", "loss", "links")
    layers: list[Layer] = [*dots, *curves(table, "depth", "loss", "links", NAMES)]
    return Chart(Sentence("Links over layers"), caption, (Panel(Axis(Sentence("hidden layers")), y, layers),))


STUDY = Study(
    name="skip_connections",
    section="layers",
    title=Sentence("Skip connections"),
    question=Sentence("What do links over layers change, and what is wrong with a link backwards?"),
    claim=Sentence("A network is an acyclic graph of neurons; a cycle would take for ever to compute."),
    see=Sentence(
        "Layers need not form a chain: any graph without cycles will do. A chain of a few sigmoid layers learns "
        "well, even better than with extra links; one layer too many, and it does not train at all: the gradient, "
        "multiplied by a slope of at most a quarter in each layer, is gone before it reaches the first. Links over "
        "the layers give it a short way, and the same depth learns. A link backwards would need its own result, so "
        "it is refused, with the cycle named."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw,
)  # fmt: skip
