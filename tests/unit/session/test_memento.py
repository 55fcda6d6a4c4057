"""A change that is taken back leaves no trace, and costs no step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from nnlab.errors import Conflict
from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.memento import Memento
from nnlab.session.picture.snapshot import snapshot
from nnlab.session.session import Session
from tests.unit.making import make_session

LAYERS = [
    {"activation": "tanh", "weights": [[1.0, 2.0], [3.0, 4.0]], "biases": [0.5, 0.5]},
    {"activation": "identity", "weights": [[1.0, 0.5], [2.0, -1.0]], "biases": [0.25, 0.0]},
]
CHANGES: dict[str, commands.Change] = {
    "title": commands.Patch(patch={"title": "other"}),
    "learning rate": commands.Patch(patch={"training": {"learning_rate": 0.5, "optimizer": "adam"}}),
    "layers": commands.Patch(patch={"network": {"hidden": [{"units": 5, "activation": "relu"}] * 2}}),
    "seed": commands.Patch(patch={"network": {"seed": 99}}),
    "task": commands.Patch(patch={"task": "curve_fitting", "network": {"inputs": ["x"], "loss": "squared"}}),
    "points": commands.AddPoints.model_validate({"points": [{"x": 3, "y": 3, "label": 1}]}),
    "no points": commands.ReplacePoints(points=()),
    "data set": commands.MakeDataset(name="moons", points=20),
    "run": commands.Run(),
    "pause": commands.Pause(),
    "reset": commands.Reset(),
    "reset to another seed": commands.Reset(seed=7),
    "weights": commands.RestoreModel.model_validate({"layers": LAYERS}),
    "weight": commands.EditWeight(layer=1, row=0, column=0, value=3.0),
    "undo": commands.Undo(),
    "redo": commands.Redo(),
}


def trained() -> Session:
    """A running session with a past: edits to undo and redo, moments to go back to, an uneven step count."""
    session = make_session(training={"optimizer": "adam", "batch_size": 2})
    session.advance(30)
    apply(commands.Patch(patch={"training": {"l2": 0.01}}), session)
    session.advance(30)
    apply(commands.EditWeight(layer=1, row=1, column=1, value=-1.0), session)
    apply(commands.Patch(patch={"title": "undone"}), session)
    apply(commands.Undo(), session)
    session.start()
    session.advance(77)
    return session


def what_follows(session: Session) -> list[Any]:
    """All that can be asked of a session, now and after going on, undoing, redoing and going back."""
    seen: list[Any] = [session.checkpoint(), session.running, session.state]
    session.advance(50)
    seen += [session.checkpoint(), apply(commands.ReadHistory(), session)]
    for command in (commands.Redo(), commands.Undo(), commands.Undo(), commands.Undo(), commands.Back(to_step=45)):
        try:
            seen.append(apply(command, session))
        except Conflict as error:
            seen.append(error.detail)
    return [*seen, apply(commands.ReadModel(), session)]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_that_is_taken_back_leaves_no_trace(change: commands.Change) -> None:
    session = trained()
    memento = Memento(session)
    apply(change, session)
    memento.bring_back()
    assert what_follows(session) == what_follows(trained())


def test_a_diverged_session_is_diverged_again() -> None:
    def diverged() -> Session:
        session = make_session(training={"learning_rate": 30.0, "l2": 10.0})
        session.advance(5000)
        return session

    session = diverged()
    assert session.state == "diverged"
    memento = Memento(session)
    apply(commands.Reset(), session)
    memento.bring_back()
    assert snapshot(session) == snapshot(diverged())


@pytest.mark.parametrize("made", [trained, make_session])
def test_a_memento_does_not_disturb_the_session(made: Callable[[], Session]) -> None:
    session = made()
    Memento(session)
    assert what_follows(session) == what_follows(made())
