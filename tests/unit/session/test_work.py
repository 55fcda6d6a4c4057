"""Long work: a session can be stepped and gone back with, piece by piece or at once, without any fleet."""

from __future__ import annotations

import pytest

from nnlab.errors import Conflict
from nnlab.session import commands
from nnlab.session.apply import HANDLERS, apply, begin
from nnlab.session.commands.kinds import Birth, Death
from nnlab.session.picture.snapshot import snapshot
from nnlab.session.session import Session
from nnlab.session.work import Work
from tests.unit.making import make_session


def test_steps_are_taken_exactly_and_pause_the_session() -> None:
    session = make_session()
    apply(commands.Run(), session)
    assert apply(commands.Step(steps=37), session)["snapshot"]["step"] == 37
    assert session.state == "paused"


def test_work_in_pieces_comes_to_the_same_as_at_once() -> None:
    whole, pieces = make_session(), make_session()
    for command in (commands.Step(steps=200), commands.Back(steps=63), commands.Step(steps=5)):
        expected = apply(command, whole)
        work = begin(command, pieces)
        while not work.is_done:
            assert work.take(7) > 0
        assert work.reply() == expected
    assert pieces.trainer.state() == whole.trainer.state()
    assert snapshot(pieces)["step"] == 142


def test_until_it_arrives_a_travelling_session_stays_as_it_is() -> None:
    session = make_session()
    session.advance(200)
    state = session.trainer.state()
    work = begin(commands.Back(to_step=11), session)
    work.take(1)
    assert session.trainer.state() == state
    assert work.is_travel


def test_steps_end_with_divergence() -> None:
    session = make_session(training={"learning_rate": 30, "l2": 10})
    reply = apply(commands.Step(steps=10_000), session)
    assert reply["snapshot"]["state"] == "diverged"


@pytest.mark.parametrize("command", [commands.Step(), commands.Back(steps=1)])
def test_work_that_cannot_be_done_is_refused_and_leaves_the_session_running(command: commands.Change) -> None:
    session = make_session(points=[])
    session.start()
    with pytest.raises(Conflict):
        begin(command, session)
    assert session.running


def test_each_command_has_one_handler_or_is_about_a_sessions_life() -> None:
    models = {getattr(commands, name) for name in commands.__all__}
    kinds = {commands.Change, commands.Query, commands.OfRoom, Birth, Death}
    asked = {
        model for model in models if isinstance(model, type) and issubclass(model, commands.Change | commands.Query)
    }
    assert asked - kinds - set(HANDLERS) == {
        commands.Create,
        commands.CreateFrom,
        commands.Delete,
        commands.Enroll,
        commands.Once,
        commands.OpenExperiment,
    }
    for model, handler in HANDLERS.items():
        assert handler.__module__ == model.__module__, "a command's model stands beside its handler"
        assert handler.__name__ != "_"
    for model in HANDLERS:
        assert model.takes_steps == (model in (commands.Step, commands.Back))
    assert not isinstance(begin(commands.Read(), make_session()), Work)
    assert isinstance(commands.Create(document=make_session().document).make(), Session)
