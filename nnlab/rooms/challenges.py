"""Challenges: a task, a goal, and points that only the server knows, on which each network is judged.

What is to be found out stands in the note: what a linear classifier can, how many units a shape needs, what decides how
fast training is, and that noise is met by regularization, not by a smaller network.  [CS231n nn-1 #arch]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nnlab.document.models import Document, parse_document
from nnlab.rooms.state import Result, State
from nnlab.sentence import Sentence

JUDGED_POINTS = 1000


@dataclass(frozen=True, slots=True)
class Challenge:
    """The data set and how training begins; the goal; what is locked meanwhile, so that all have the same task.

    `accuracy` is the share of the server's points that must be right. `ranks_by`: what the leaderboard compares, less
    being better, or, of accuracy, more.
    """

    title: Sentence
    sentence: Sentence
    accuracy: float
    ranks_by: str
    dataset: dict[str, Any]
    judged: dict[str, Any] = field(default_factory=dict)  # where the server's points differ from the data set's
    most_parameters: int | None = None
    least_parameters: int | None = None
    most_steps: int | None = None
    start: dict[str, Any] = field(default_factory=dict)
    locks: tuple[str, ...] = ("points",)

    def document(self) -> Document:
        """How everybody begins."""
        return parse_document({"title": str(self.title), "dataset": self.dataset} | self.start)

    def is_passed(self, accuracy: float, parameters: int, steps: int) -> bool:
        """Whether the goal is reached."""
        return (
            accuracy >= self.accuracy
            and parameters <= (self.most_parameters or parameters)
            and parameters >= (self.least_parameters or 0)
            and steps <= (self.most_steps or steps)
        )


CHALLENGES: dict[str, Challenge] = {
    "straight_line": Challenge(
        Sentence("A straight line"),
        Sentence("Tell the two clouds apart with no hidden layer at all: 6 parameters are enough."),
        accuracy=0.95,
        most_parameters=6,
        ranks_by="steps",
        dataset={"name": "gauss", "points": 100, "noise": 0.1, "seed": 1},
    ),
    "round_border": Challenge(
        Sentence("A round border"),
        Sentence("A disc in a ring: find the smallest network that draws the border."),
        accuracy=0.95,
        most_parameters=22,
        ranks_by="parameters",
        dataset={"name": "circle", "points": 200, "noise": 0.05, "seed": 2},
        start={"network": {"hidden": []}},
    ),
    "four_corners": Challenge(
        Sentence("Four corners"),
        Sentence("Opposite corners belong together: no straight line will do, but few units are enough."),
        accuracy=0.93,
        most_parameters=26,
        ranks_by="parameters",
        dataset={"name": "xor", "points": 200, "noise": 0.05, "seed": 3},
        start={"network": {"hidden": []}},
    ),
    "few_steps": Challenge(
        Sentence("Few steps"),
        Sentence(
            "Two moons, and no more than 150 steps: choose the update rule, the learning rate and the activation."
        ),
        accuracy=0.95,
        most_steps=150,
        ranks_by="steps",
        dataset={"name": "moons", "points": 200, "noise": 0.1, "seed": 4},
    ),
    "spiral": Challenge(
        Sentence("Spiral"),
        Sentence("Two arms wound into each other: give the network room, and patience."),
        accuracy=0.9,
        ranks_by="parameters",
        dataset={"name": "spiral", "points": 300, "noise": 0.05, "seed": 5},
    ),
    "noise": Challenge(
        Sentence("Noise"),
        Sentence(
            "Few points, many of them astray, and a network of at least 300 parameters: what keeps it from learning by"
            " heart?"
        ),
        accuracy=0.82,
        least_parameters=300,
        ranks_by="accuracy",
        dataset={"name": "moons", "points": 40, "noise": 0.4, "seed": 8, "test_fraction": 0.0},
        judged={"noise": 0.2},
        start={
            "network": {"hidden": [{"units": 20, "activation": "relu"}, {"units": 20, "activation": "relu"}]},
            "training": {"learning_rate": 0.1, "l2": 0.0},
        },
    ),
}


def challenge_json(name: str | None) -> dict[str, Any] | None:
    """A challenge as everybody may know it."""
    if name is None:
        return None
    one = CHALLENGES[name]
    goal = {
        "accuracy": one.accuracy,
        "most_parameters": one.most_parameters,
        "least_parameters": one.least_parameters,
        "most_steps": one.most_steps,
        "ranks_by": one.ranks_by,
    }
    return {"name": name, "title": str(one.title), "sentence": str(one.sentence), "goal": goal}


def leaderboard(state: State) -> list[dict[str, Any]] | None:
    """Who has passed the challenge, the best first; those who were earlier before those who are as good."""
    if state.challenge is None:
        return None
    by = CHALLENGES[state.challenge].ranks_by
    found = [(member, result) for member in state.members for result in member.results]
    passed = [(member, result) for member, result in found if result.challenge == state.challenge and result.passed]
    passed.sort(key=lambda pair: (rank(pair[1], by), pair[1].at_s))
    return [
        {"number": member.number, "nickname": member.nickname, **result.model_dump(exclude={"challenge"})}
        for member, result in passed
    ]


def rank(result: Result, by: str) -> float:
    """Less is better."""
    return -result.accuracy if by == "accuracy" else float(getattr(result, by))
