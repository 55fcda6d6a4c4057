"""Judging a network on points that its owner never sees."""

from __future__ import annotations

from typing import Any

from nnlab.document.points import Dataset
from nnlab.engine.menus.datasets import make_dataset
from nnlab.errors import Conflict
from nnlab.sentence import Sentence
from nnlab.session.commands.kinds import Handlers, Query
from nnlab.session.durations import pass_s
from nnlab.session.session import Session


class Judge(Query):
    """The share of these points that the network gets right, its size, and how long it has been trained."""

    dataset: Dataset

    def takes_s(self, session: Session) -> float:
        """By the points."""
        return pass_s(session, self.dataset.points)


def judge(command: Judge, session: Session) -> dict[str, Any]:
    """Draw the points within the usual view and judge. Raises Conflict for a network that has another task."""
    document, order = session.document, command.dataset
    if document.task != "classification":
        raise Conflict(Sentence("The network must tell classes apart to be judged."))
    examples = make_dataset(
        order.name,
        points=order.points,
        noise=order.noise,
        seed=order.seed,
        classes=order.classes or 2,
        test_fraction=0.0,
    )
    found = session.trainer.predict(examples.coordinates, activations=False)
    assert found.labels is not None
    right = float((found.labels == examples.targets).mean())
    return {"accuracy": right, "parameters": session.trainer.network.num_params, "steps": session.trainer.steps_taken}


HANDLERS: Handlers = {Judge: judge}
