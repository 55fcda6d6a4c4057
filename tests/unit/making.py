"""Documents, points and sessions for tests, made by hand and drawn by hypothesis."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from nnlab.document.models import TASKS, Document, parse_document
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.features import INPUTS
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.menus.optimizers import OPTIMIZERS
from nnlab.engine.menus.scalings import SCALINGS
from nnlab.engine.network.initializers import INITS
from nnlab.session.session import Session
from tests.searching import examples

CALM = settings(examples(25), derandomize=True)
DEADLINE_S = 20.0
LOOK_EVERY_S = 0.005

FOUR_POINTS = (
    {"x": 1.0, "y": 1.0, "label": 0},
    {"x": -1.0, "y": -1.0, "label": 1},
    {"x": 2.0, "y": -1.5, "label": 0},
    {"x": -2.0, "y": 0.5, "label": 1, "held_out": True},
)


def make_document(**fields: Any) -> Document:
    """A document with four points and one small hidden layer, unless `fields` say otherwise."""
    usual = {"points": list(FOUR_POINTS), "network": {"hidden": [{"units": 2, "activation": "tanh"}]}}
    return parse_document(usual | fields)


def make_session(**fields: Any) -> Session:
    """A session whose clock goes on by ten seconds at every look, so that every change is an edit of its own."""
    return Session(make_document(**fields), clock=itertools.count(0.0, 10.0).__next__)


def wait_until(condition: Callable[[], Any]) -> Any:
    """Wait until the condition holds and return its value."""
    end_s = time.monotonic() + DEADLINE_S
    while not (value := condition()):
        assert time.monotonic() < end_s, "the condition was not met in time"
        time.sleep(LOOK_EVERY_S)
    return value


coordinates = st.floats(-100, 100)


def points(classes: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    """Points as a request brings them."""
    return st.fixed_dictionaries(
        {"x": coordinates, "y": coordinates},
        optional={"label": st.integers(0, classes - 1), "held_out": st.booleans(), "value": st.none() | coordinates},
    )


def ranges() -> st.SearchStrategy[list[float]]:
    """Ascending pairs."""
    return st.tuples(st.floats(-50, 50), st.floats(0.1, 50)).map(lambda pair: [pair[0], pair[0] + pair[1]])


hidden_layers = st.fixed_dictionaries(
    {"units": st.integers(1, 5)},
    optional={
        "activation": st.sampled_from(list(ACTIVATIONS)),
        "pieces": st.integers(2, 4),
        "keep_prob": st.none() | st.floats(0.1, 1),
    },
)
trainings = st.fixed_dictionaries(
    {},
    optional={
        "optimizer": st.sampled_from(list(OPTIMIZERS)),
        "learning_rate": st.floats(1e-4, 0.1),
        "learning_rate_decay": st.floats(0, 1),
        "momentum": st.floats(0, 0.95),
        "batch_size": st.integers(1, 12),
        "l2": st.floats(0, 0.1),
        "l1": st.floats(0, 0.1),
        "max_norm": st.none() | st.floats(0.5, 10),
        "keep_prob": st.floats(0.2, 1),
        "input_noise": st.floats(0, 0.5),
    },
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Whole documents of every task as a request brings them, their points numbered from 1."""
    task = draw(st.sampled_from(list(TASKS)))
    classes = draw(st.integers(2, 8))
    losses = [name for name, loss in LOSSES.items() if task in loss.tasks and (classes == 2 or not loss.one_score)]
    inputs = [name for name in INPUTS if task != "curve_fitting" or "y" not in name]
    network = {
        "inputs": draw(st.lists(st.sampled_from(inputs), min_size=1, unique=True)),
        "hidden": draw(st.lists(hidden_layers, max_size=3)),
        "loss": draw(st.sampled_from(losses)) if task == "classification" else "squared",
        "scaling": draw(st.sampled_from(list(SCALINGS))),
        "init": draw(st.sampled_from(list(INITS))),
        "seed": draw(st.integers(0, 2**32 - 1)),
    }
    return {
        "title": draw(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=20)),
        "task": task,
        "classes": classes,
        "points": [{**point, "id": id} for id, point in enumerate(draw(st.lists(points(classes), max_size=8)), 1)],
        "network": network,
        "training": draw(trainings),
        "pace": {"steps_per_second": draw(st.floats(0.1, 50_000)), "resolution": draw(st.integers(20, 200))},
        "view": {"x_range": draw(ranges()), "y_range": draw(ranges())},
    }
