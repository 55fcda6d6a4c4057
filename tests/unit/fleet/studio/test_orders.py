"""What the studio makes of an order: the same as the runner would, and an answer in any case."""

from __future__ import annotations

import io
import logging
from typing import Any

import pytest

from nnlab.errors import InternalError, NotFound
from nnlab.fleet.channel import Channel
from nnlab.fleet.studio.__main__ import serve
from nnlab.fleet.studio.orders import make
from nnlab.fleet.wire import LookOrder, Made
from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.frozen import freeze
from tests.unit.making import make_session


@pytest.mark.parametrize(
    "query",
    [
        commands.ReadDiagnostics(),
        commands.Figure(resolution=20),
        commands.Picture(resolution=20),
        commands.Export(format="python"),
        commands.Export(format="npz"),
        commands.Regions(resolution=30),
        commands.UnitMap(layer=1, unit=0),
        commands.Predict(points=[(0.5, 1.0)], activations=True),
        commands.ReadModel(),
        commands.ReadHistory(),
    ],
    ids=type,
)
def test_a_look_at_a_copy_is_a_look_at_the_session(query: Any) -> None:
    session = make_session(title="Mine")
    session.advance(25)
    made = make(LookOrder(freeze(session), query))
    assert made.error is None
    assert made.value == apply(query, session)
    assert made.took_s > 0


def test_the_copy_is_of_the_moment_it_was_taken() -> None:
    session = make_session()
    session.advance(3)
    before = apply(commands.ReadModel(), session)
    order = LookOrder(freeze(session), commands.ReadModel())
    session.advance(30)
    session.change(session.document.merged({"network": {"hidden": []}}), "hidden")
    assert make(order).value == before


def test_errors_are_answers(caplog: pytest.LogCaptureFixture) -> None:
    unknown = make(LookOrder(freeze(make_session()), commands.UnitMap(layer=1, unit=99)))
    assert isinstance(unknown.error, NotFound)
    with caplog.at_level(logging.CRITICAL):
        assert isinstance(make("nonsense").error, InternalError)  # type: ignore[arg-type]


def test_orders_are_answered_in_turn_until_the_end() -> None:
    session = make_session()
    orders = [LookOrder(freeze(session), commands.UnitMap(layer=1, unit=unit)) for unit in (0, 1)]
    asked, answers = io.BytesIO(), io.BytesIO()
    runner = Channel(io.BytesIO(), asked)
    for order in orders:
        runner.send(order)
    serve(Channel(io.BytesIO(asked.getvalue() + b"\x80\x05half"), answers))
    answers.seek(0)
    runner = Channel(answers, io.BytesIO())
    made = [runner.receive(), runner.receive()]
    assert all(isinstance(one, Made) for one in made)
    assert [one.value["unit"] for one in made] == [0, 1]  # type: ignore[union-attr]
    assert runner.receive() is None
