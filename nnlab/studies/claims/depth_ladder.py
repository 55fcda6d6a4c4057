"""The depth ladder: one to six hidden layers with about the same number of parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from nnlab.document.fields import field, log_slider, slider
from nnlab.document.validation import Model, whole_number
from nnlab.engine.network.graph import count_params
from nnlab.engine.specs import LayerSpec, NetworkSpec
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Panel, Ranges
from nnlab.studies.documents import experiment
from nnlab.studies.parameters import Noise, Rate, Seeds, Steps, noise, rate, seeds, steps
from nnlab.studies.shapes import categories, listed, places_of, strip, table_of
from nnlab.studies.study import Row, Study, Summary
from nnlab.studies.training import Case, Stack, final


class Parameters(Model):
    """How deep, with how many parameters."""

    deepest: Annotated[int, whole_number(2, 8)] = field(6, "Deepest", "Up to so many hidden layers.", slider(2, 8, 1))
    parameters: Annotated[int, whole_number(50, 5_000)] = field(
        340, "Parameters", "Of each network, as nearly as possible.", log_slider(50, 5_000)
    )
    seeds: Seeds = seeds(30)
    steps: Steps = steps(4_000)
    learning_rate: Rate = rate(0.01)
    noise: Noise = noise(0.05)


def cases(p: Parameters) -> Iterator[Case]:
    """Every depth with every seed."""
    dataset = {"name": "spiral", "points": 300, "noise": p.noise, "test_fraction": 0.5}
    for layers in range(1, p.deepest + 1):
        hidden = [units_for(layers, p.parameters)] * layers
        for seed in range(1, p.seeds + 1):
            document = experiment(dataset, hidden=hidden, seed=seed, optimizer="adam", learning_rate=p.learning_rate)
            yield Case({"layers": layers, "units": hidden[0], "seed": seed}, document, p.steps)


def units_for(layers: int, parameters: int) -> int:
    """The width at which so many equal layers have as nearly as possible so many parameters."""
    return min(range(1, 129), key=lambda units: abs(_count(layers, units) - parameters))


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """Loss on training and test points."""
    return [{name: row[name] for name in ("loss", "test_loss", "test_accuracy")} for row in final(stack)]


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """The median test loss of each depth."""
    table = table_of(rows, ("layers", "units"), "test_loss", "test_accuracy", "loss")
    for row in table:
        row["parameters"] = _count(row["layers"], row["units"])
    best = min(table, key=lambda row: row["test_loss"])["layers"]
    text = Sentence(
        "Median test loss by hidden layers: {losses}. The best here: {best}.",
        losses=listed(table, "layers", "test_loss"), best=best
    )  # fmt: skip
    return Summary(text, table)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """Test losses by depth; median and quartiles."""
    places = places_of(range(1, p.deepest + 1))
    table = summarize(p, rows).table
    at = [places[row["layers"]] + 0.38 for row in table]
    middle, low, high = ([row[name] for row in table] for name in ("test_loss", "test_loss_low", "test_loss_high"))
    layers = (
        strip(rows, places, "layers", "test_loss", Sentence("one network")),
        Ranges(at, middle, low, high, Sentence("median and quartiles")),
    )
    names = {row["layers"]: f"{row['layers']}\n({row['units']})" for row in table}
    x = categories(
        Sentence("hidden layers (units of each)"), {key: place for key, place in places.items() if key in names}, names
    )
    caption = Sentence(
        "n = {n} seeds a depth; spiral, 150 training and 150 test points, noise {noise}; tanh, about {parameters} "
        "parameters each, softmax loss, Adam, learning rate {rate}, minibatch 10, {steps} steps, no regularization.",
        n=p.seeds, noise=p.noise, parameters=p.parameters, rate=p.learning_rate, steps=p.steps,
    )  # fmt: skip
    y = Axis(Sentence("test loss (nats)"), log=True)
    return Chart(Sentence("The same parameters in more layers"), caption, (Panel(x, y, layers),))


def _count(layers: int, units: int) -> int:
    spec = NetworkSpec(("x", "y"), (LayerSpec(units, "tanh"),) * layers, 2, "softmax")
    return count_params(spec)


STUDY = Study(
    name="depth_ladder",
    section="power",
    title=Sentence("The depth ladder"),
    question=Sentence("Does it help to put the same number of parameters into more layers?"),
    claim=Sentence("Three-layer networks often beat two-layer ones; going deeper rarely helps much more."),
    see=Sentence(
        "All these networks have about the same number of parameters: the deeper, the narrower. A second and a third "
        "hidden layer bring the test loss down; beyond, the layers become so narrow that runs depend on luck, and "
        "the median climbs. (An N-layer network has N - 1 hidden layers.)"
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw,
)  # fmt: skip
