"""Training the networks of a study: those of one shape as one stack, each exactly as a session would train it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnlab.document.models import Document, parse_document
from nnlab.engine.ensemble import Ensemble, Member
from nnlab.engine.looks.reports import Losses
from nnlab.engine.network.graph import count_params
from nnlab.engine.network.network import Network
from nnlab.engine.trainer import Trainer
from nnlab.session.course.figures import finite
from nnlab.session.dataset import drawn

OWN = ("learning_rate", "l2", "l1")  # may differ within a stack

# What a step takes on one of two busy cores of 2026, in seconds: fitted to fifty shapes of networks, to within a third
# of each. A server that is slower or faster finds out by itself.
LAYER_S = 8e-6  # of a stack, or of each network that trains alone
DRAW_S = 2.3e-6  # of each network's minibatch
UNIT_EXAMPLE_S = 1.9e-9
MULTIPLICATION_S = 0.028e-9


@dataclass(frozen=True, slots=True)
class Case:
    """One network of a study: the tags that tell it apart, the document that it is trained by, and for how long.

    Whoever opens the document and takes as many steps has this very network.
    """

    tags: Mapping[str, Any]
    document: Mapping[str, Any]
    steps: int


def alike(case: Case) -> str:
    """A text that is the same for networks that can train in one stack."""
    document = json.loads(json.dumps(case.document))
    document.get("network", {}).pop("seed", None)
    for name in OWN:
        document.get("training", {}).pop(name, None)
    return json.dumps([document, case.steps], sort_keys=True)


def seconds(cases: Sequence[Case]) -> float:
    """How long a stack of these takes on one core, roughly."""
    document = parse_document(cases[0].document)
    points = document.dataset.points if document.dataset else len(document.points)
    batch = min(document.training.batch_size, points)
    layers = len(document.network.hidden) + 1
    units = sum(layer.units for layer in document.network.hidden)
    products = 3 * count_params(document.network_spec()) * batch * MULTIPLICATION_S
    network_s = (DRAW_S if batch < points else 0.0) + units * batch * UNIT_EXAMPLE_S + products
    calls_s = layers * LAYER_S * (len(cases) if has_dropout(document) else 1)
    return cases[0].steps * (calls_s + len(cases) * network_s)


def has_dropout(document: Document) -> bool:
    """Whether a step leaves units out, so that networks train one by one."""
    own = [layer.keep_prob for layer in document.network.hidden if layer.keep_prob is not None]
    return min([document.training.keep_prob, *own]) < 1.0


class Stack:
    """S networks of one shape that train in lockstep; with dropout, which an ensemble cannot do, one by one."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = tuple(cases)
        documents = _parsed(cases)
        self.document = drawn(documents[0])
        self.examples = self.document.examples()
        spec, trainings = self.document.network_spec(), [document.training_spec() for document in documents]
        seeds = [document.network.seed for document in documents]
        self._ensemble: Ensemble | None = None
        self._trainers: list[Trainer] = []
        if has_dropout(self.document):
            self._trainers = self.singles()
        else:
            members = [Member(seed, training) for seed, training in zip(seeds, trainings, strict=True)]
            self._ensemble = Ensemble(spec, members, self.examples)

    def singles(self) -> list[Trainer]:
        """Its networks apart, each at its start, for what has to be looked at step by step."""
        documents = _parsed(self.cases)
        return [Trainer(one.network_spec(), one.training_spec(), self.examples) for one in documents]

    @property
    def steps(self) -> int:
        """How long its networks are to be trained."""
        return self.cases[0].steps

    def step(self, count: int) -> None:
        """Take so many updates of every network."""
        if self._ensemble is not None:
            self._ensemble.step(count)
        for trainer in self._trainers:
            trainer.step(count)

    def losses(self) -> list[Losses]:
        """Losses and accuracies of every network as it stands; what left the range of numbers is not finite."""
        if self._ensemble is not None:
            return self._ensemble.losses()
        return [trainer.losses() for trainer in self._trainers]

    def networks(self) -> list[Network]:
        """Every network as it stands; of an ensemble a copy."""
        if self._ensemble is not None:
            return [self._ensemble.network(index) for index in range(len(self.cases))]
        return [trainer.network for trainer in self._trainers]


def _parsed(cases: Sequence[Case]) -> list[Document]:
    """The cases' documents; all but the first without the points, which all of a stack have in common."""
    first, *others = (case.document for case in cases)
    return [parse_document(first), *(parse_document({**one, "points": [], "dataset": None}) for one in others)]


def final(stack: Stack) -> list[dict[str, Any]]:
    """Train to the end; return loss and accuracy on training and test points of every network."""
    stack.step(stack.steps)
    names = ("loss", "data_loss", "accuracy", "test_loss", "test_accuracy")
    return [{name: finite(getattr(losses, name)) for name in names} for losses in stack.losses()]


def first_below(stack: Stack, target: float, *, every: int) -> tuple[list[int | None], list[float | None]]:
    """Train to the end with a look every so many steps: the first step at which each data loss is at the target, or
    None, and the last loss.
    """
    reached: list[int | None] = [None] * len(stack.cases)
    last: list[float | None] = [None] * len(stack.cases)
    for step in range(every, stack.steps + 1, every):
        stack.step(every)
        last = [finite(losses.data_loss) for losses in stack.losses()]
        reached = [
            step if was is None and loss is not None and loss <= target else was
            for was, loss in zip(reached, last, strict=True)
        ]
        if all(was is not None for was in reached):
            break
    return reached, last


def quantiles(values: Sequence[float | None]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile; what has no value counts as endlessly large."""
    ordered = sorted(math.inf if value is None else value for value in values)
    positions = [round(share * (len(ordered) - 1)) for share in (0.25, 0.5, 0.75)]
    return ordered[positions[0]], ordered[positions[1]], ordered[positions[2]]


def spread(values: Sequence[float]) -> tuple[float, float]:
    """Mean and standard deviation (n - 1); of fewer than two values the deviation is 0."""
    array = np.asarray(values, np.float64)
    return float(array.mean()), float(array.std(ddof=1)) if len(array) > 1 else 0.0
