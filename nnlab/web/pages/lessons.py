"""The lessons: the note as a walk, a page a section, with live playgrounds in the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template

from nnlab.errors import NotFound
from nnlab.sentence import Sentence
from nnlab.studies.documents import address, experiment
from nnlab.studies.registry import STUDIES

bp = Blueprint("lessons", __name__)


@dataclass(frozen=True, slots=True)
class Playground:
    """A playground in the text: its document, the parts it shows beside plane, results and run bar."""

    document: Mapping[str, Any]
    show: str = "network"

    @property
    def address(self) -> str:
        """What the frame shows."""
        return f"/embed{address(self.document, 0)}&{urlencode({'show': self.show})}"

    @property
    def whole(self) -> str:
        """The same on a page of its own."""
        return address(self.document, 0)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A page. `section` is the anchor of the note; `studies` measure what it says."""

    name: str
    section: str
    title: Sentence
    about: Sentence
    playgrounds: Mapping[str, Playground] = field(default_factory=dict)
    studies: tuple[str, ...] = ()


CLOUDS = {"name": "gauss", "test_fraction": 0}
RINGS = {"name": "circle", "test_fraction": 0}
ONE_SCORE = {"loss": "binary_softmax"}
THREE_INPUTS = {"inputs": ["x", "y", "x*y"]}
MOONS = {"name": "moons", "points": 100, "noise": 0.3, "test_fraction": 0.5}

LESSONS = {
    lesson.name: lesson
    for lesson in (
        Lesson("neuron", "bio", Sentence("One neuron"), Sentence("A sum, a bias, a bend: the model behind the name.")),
        Lesson(
            "classifier", "classifier", Sentence("A neuron as a classifier"),
            Sentence("One neuron draws one straight line. What it can and cannot do."),
            {
                "clouds": Playground(experiment(CLOUDS, hidden=[], seed=4, learning_rate=0.01, network=ONE_SCORE)),
                "rings": Playground(experiment(RINGS, hidden=[], seed=1, learning_rate=0.01, network=ONE_SCORE)),
            },
            ("softmax_svm", "forgetting", "symmetry"),
        ),
        Lesson(
            "activations", "actfun", Sentence("Activation functions"),
            Sentence("Sigmoid, tanh, ReLU, leaky ReLU, maxout: what each is good for and where each fails."),
            {
                "dying": Playground(
                    experiment(RINGS, hidden=[20, 20], activation="relu", seed=4, learning_rate=0.1),
                    "network,training",
                )
            },
            (
                "saturation", "zigzag", "activation_race", "dead_units", "maxout_pieces", "mixed_activations",
                "learning_rate", "scaling",
            ),
        ),
        Lesson(
            "layers", "layers", Sentence("Layers, and counting them"),
            Sentence("Names, and how many numbers a network learns."),
            {"count": Playground(experiment(RINGS, hidden=[2], seed=1, network=ONE_SCORE | THREE_INPUTS))},
            ("skip_connections",),
        ),
        Lesson(
            "feed_forward", "feedforward", Sentence("Feed-forward by matrices"),
            Sentence("The whole computation is three products, for one point or for many at once."),
        ),
        Lesson(
            "power", "power", Sentence("What networks can represent"),
            Sentence("One hidden layer approximates any curve; why one takes more."),
            {
                "curve": Playground(
                    experiment(
                        {"name": "x_sin_x", "noise": 0, "test_fraction": 0}, task="curve_fitting", hidden=[3], seed=1,
                        optimizer="adam", learning_rate=0.02,
                    )
                )
            },
            ("approximation", "depth_ladder"),
        ),
        Lesson(
            "sizes", "arch", Sentence("How large a network?"),
            Sentence("Capacity, overfitting, and why size is not the thing to save on."),
            {
                "overfit": Playground(
                    experiment(MOONS, hidden=[20], activation="relu", seed=1, learning_rate=0.1), "network,training"
                )
            },
            ("seed_variance", "trapped", "minima", "overfitting", "dropout_average"),
        ),
        Lesson("quiz", "summary", Sentence("Quiz"), Sentence("Eight questions, answered by a number or a choice.")),
    )
}  # fmt: skip


@bp.get("/lessons")
def contents() -> str:
    """The lessons in order."""
    return render_template("lessons.html", lessons=LESSONS.values())


@bp.get("/lessons/<name>")
def lesson(name: str) -> str:
    """One lesson."""
    if name not in LESSONS:
        raise NotFound(Sentence("There is no lesson {name}; see /lessons.", name=name[:40]))
    found, names = LESSONS[name], list(LESSONS)
    position = names.index(name)
    following = LESSONS[names[position + 1]] if position + 1 < len(names) else None
    studies = [STUDIES[one] for one in found.studies]
    return render_template(f"lessons/{name}.html", lesson=found, position=position + 1, next=following, studies=studies)
