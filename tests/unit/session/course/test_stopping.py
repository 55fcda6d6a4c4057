"""Stop conditions: judged at steps that depend on the document alone, whatever the pace and whoever looks."""

from __future__ import annotations

import random
from typing import Any

import pytest

from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.course.stopping import steps_between_looks
from nnlab.session.picture.snapshot import snapshot
from nnlab.session.session import Session
from tests.unit.making import make_document, make_session

STOPS = [{"loss": 0.3}, {"accuracy": 0.95}, {"epoch": 7}, {"loss": 0.35, "accuracy": 0.99}]


def circle(**fields: Any) -> Session:
    session = make_session(
        dataset={"name": "circle", "points": 60, "seed": 3},
        points=[],
        network={"hidden": [{"units": 6, "activation": "tanh"}]},
        training={"learning_rate": 0.1},
        **fields,
    )
    apply(commands.Run(), session)
    return session


def stopping_step(session: Session, slices: Any) -> int:
    """Run in slices until it pauses by itself."""
    while session.running:
        session.advance(slices())
        assert session.trainer.steps_taken < 20_000, "it never stopped"
    assert session.notice is not None
    return session.trainer.steps_taken


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_the_same_commands_stop_at_the_same_step_at_any_pace(stop: dict[str, Any]) -> None:
    draw = random.Random(1)
    whole, single, ragged, watched = (circle(stop=stop) for _ in range(4))
    expected = stopping_step(whole, lambda: 20_000)

    def look() -> int:
        snapshot(watched)
        return draw.randint(1, 90)

    assert stopping_step(single, lambda: 1) == expected
    assert stopping_step(ragged, lambda: draw.randint(1, 400)) == expected
    assert stopping_step(watched, look) == expected
    assert {session.trainer.state() for session in (whole, single, ragged, watched)} == {whole.trainer.state()}


def test_a_condition_is_judged_at_the_first_look_after_it_is_met() -> None:
    session = circle(stop={"loss": 0.3})
    step = stopping_step(session, lambda: 17)
    every = steps_between_looks(session.document)
    assert step % every == 0
    assert session.trainer.losses().loss <= 0.3
    apply(commands.Back(to_step=step - every), session)
    assert session.trainer.losses().loss > 0.3


def test_running_where_a_condition_is_met_already_takes_no_step() -> None:
    session = circle(stop={"loss": 0.3})
    session.advance(20_000)
    apply(commands.Pause(), session)
    session.advance(3)
    step = session.trainer.steps_taken
    reply = apply(commands.Run(), session)
    assert reply["snapshot"]["state"] == "paused"
    assert "stop condition is met" in reply["snapshot"]["message"]
    assert session.trainer.steps_taken == step


@pytest.mark.parametrize(("points", "batch_size", "expected"), [(50, 10, 10), (1000, 10, 100), (1000, 1, 1000)])
def test_a_look_is_taken_every_ten_steps_or_once_an_epoch(points: int, batch_size: int, expected: int) -> None:
    rows = [{"x": index / 100, "y": 0} for index in range(points)]
    document = make_document(points=rows, training={"batch_size": batch_size})
    assert steps_between_looks(document) == expected
