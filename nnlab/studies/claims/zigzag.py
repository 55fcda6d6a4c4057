"""Zig-zag: units fed by positive numbers alone have weight gradients of one sign; a batch mixes the signs again."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from nnlab.document.fields import field
from nnlab.document.points import MOST_POINTS
from nnlab.document.validation import Model, items, whole_number
from nnlab.engine.trainer import Trainer
from nnlab.sentence import Sentence
from nnlab.studies.chart import Axis, Chart, Dots, Layer, Panel
from nnlab.studies.documents import make_document
from nnlab.studies.parameters import Rate, Seeds, Steps, Units, rate, seeds, steps, units
from nnlab.studies.shapes import activation_names, curves, faint_dots, find, numbers, percent, table_of
from nnlab.studies.study import Row, Study, Summary
from nnlab.studies.training import Case, Stack

ACTIVATIONS = ("sigmoid", "relu", "tanh")
LAYER = 1  # the second hidden layer: what feeds it are activations
LOOKS = 100
MOVES = 100  # so many steps of two weights are drawn


class Parameters(Model):
    """Which minibatches."""

    batch_sizes: Annotated[tuple[Annotated[int, whole_number(1, MOST_POINTS)], ...], items(least=1, most=8)] = field(
        (1, 3, 10, 30, 140), "Minibatch sizes", "Points per step, to compare."
    )
    units: Units = units(6)
    seeds: Seeds = seeds(5)
    steps: Steps = steps(300)
    learning_rate: Rate = rate(0.1)


def cases(p: Parameters) -> Iterator[Case]:
    """Every activation with every minibatch size and seed."""
    for activation in ACTIVATIONS:
        for size in p.batch_sizes:
            for seed in range(1, p.seeds + 1):
                document = make_document(
                    {"name": "circle"}, hidden=[p.units] * 2, activation=activation, seed=seed,
                    learning_rate=p.learning_rate, batch_size=size,
                )  # fmt: skip
                yield Case({"activation": activation, "batch_size": size, "seed": seed}, document, p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """Share of looks in which a unit's weight gradients had one sign; the steps of two weights of the first seed."""
    return [_watch(p, trainer, case) for trainer, case in zip(stack.singles(), stack.cases, strict=True)]


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """Medians by activation and minibatch size."""
    table = table_of(rows, ("activation", "batch_size"), "agree")
    smallest = min(p.batch_sizes)
    names = activation_names(ACTIVATIONS)
    found = [(names[name], find(table, activation=name, batch_size=smallest)) for name in ACTIVATIONS]
    shares = ", ".join(f"{name} {percent(row['agree'], 100)}" for name, row in found if row)
    text = Sentence(
        "Share of a unit's updates in which all its weights move the same way, at minibatch {size}: {shares}.",
        size=smallest, shares=shares,
    )  # fmt: skip
    return Summary(text, table)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """The agreement by minibatch size, and the steps of two weights."""
    table, names = summarize(p, rows).table, activation_names(ACTIVATIONS)
    dots = faint_dots(rows, "batch_size", "agree", "activation")
    agree: list[Layer] = [*dots, *curves(table, "batch_size", "agree", "activation", names)]
    y = Axis(Sentence("updates with one sign (%)"), limits=(-3, 103))
    smallest = min(p.batch_sizes)
    moves = [_moves(row, names) for row in rows if row["moves"] and row["batch_size"] == smallest]
    caption = Sentence(
        "n = {n} seeds, medians and quartiles; circle, 140 training points; 2-{units}-{units}-2, the second hidden "
        "layer; softmax loss, SGD, learning rate {rate}, {steps} steps, {looks} looks. Two weights: "
        "of one unit, seed 1, minibatch {size}, the first {moves} steps, the longest of each activation 1.",
        n=p.seeds, units=p.units, rate=p.learning_rate, steps=p.steps, looks=LOOKS, size=smallest, moves=MOVES,
    )  # fmt: skip
    one, other = (
        Axis(name, limits=(-1.1, 1.1)) for name in (Sentence("step of one weight"), Sentence("step of another weight"))
    )
    panels = (Panel(numbers(Sentence("minibatch size"), p.batch_sizes), y, agree), Panel(one, other, moves))
    return Chart(Sentence("Do a unit's weights all move the same way?"), caption, panels)


def _moves(row: Row, names: dict[str, str]) -> Dots:
    """A dot a step of two weights, relative to the longest."""
    most = max(max(map(abs, move)) for move in row["moves"]) or 1.0
    x, y = ([move[axis] / most for move in row["moves"]] for axis in (0, 1))
    return Dots(x, y, label=names[row["activation"]], colour=ACTIVATIONS.index(row["activation"]))


def _watch(p: Parameters, trainer: Trainer, case: Case) -> Row:
    every = max(1, p.steps // LOOKS)
    agree, weights = [], [_weights(trainer)]
    for step in range(1, p.steps + 1):
        trainer.step(1)
        if step % every == 0:
            agree.append(_agreement(trainer))
        if step <= MOVES:
            weights.append(_weights(trainer))
    moves = _most_moved(np.diff(weights, axis=0)) if case.tags["seed"] == 1 else []
    seen = [share for share in agree if share is not None]
    return {"agree": 100 * mean(seen) if seen else None, "moves": moves}


def _agreement(trainer: Trainer) -> float | None:
    """Share of the layer's units whose weight gradients have no two signs, of those that have any; None without."""
    gradient = trainer.network.shapes[LAYER].links[-1].weights(trainer.last_gradient)
    up, down = (gradient > 0).any(axis=1), (gradient < 0).any(axis=1)
    moved = int(np.count_nonzero(up | down))
    return int(np.count_nonzero(up ^ down)) / moved if moved else None


def _weights(trainer: Trainer) -> NDArray[np.float64]:
    """The layer's weights (H, D), as they stand."""
    return np.array(trainer.network.shapes[LAYER].links[-1].weights(trainer.network.params), np.float64)


def _most_moved(moves: NDArray[np.float64]) -> list[list[float]]:
    """The steps (T, 2) of two weights of one unit, out of (T, H, D): where the less moved moves most. [] for D = 1."""
    if moves.shape[2] < 2:
        return []
    reach = np.abs(moves).sum(axis=0)
    inputs = np.argsort(-reach, axis=1, kind="stable")[:, :2]
    unit = int(np.take_along_axis(reach, inputs[:, 1:], axis=1).argmax())
    found: list[list[float]] = moves[:, unit, inputs[unit]].tolist()
    return found


STUDY = Study(
    name="zigzag",
    section="actfun",
    title=Sentence("Zig-zag"),
    question=Sentence("Do the weights of a unit that is fed by sigmoids all have to move the same way?"),
    claim=Sentence("If what feeds a unit is positive, its weight gradients have one sign; a batch mitigates this."),
    see=Sentence(
        "Sigmoid and ReLU outputs are never negative, so with one point a step all weights of a unit above them go "
        "up together or down together: the steps of two such weights lie in the upper right and the lower left corner "
        "alone. Who wants one weight up and the other one down must zig-zag there. tanh has both signs and moves "
        "freely. With larger minibatches gradients of several points add up and the constraint fades."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw, effort=5.0,
)  # fmt: skip
