"""A session at rest: what is stored of it brings all of it back, and what cannot be read costs no more than itself."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.errors import Conflict
from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.picture.snapshot import snapshot
from nnlab.session.session import Session
from tests.unit.making import CALM, FOUR_POINTS, make_document, make_session
from tests.unit.session.moves import changes, play_what_can_be_played, training


def fields_of(checkpoint: Any) -> dict[str, Any]:
    return {name: getattr(checkpoint, name) for name in checkpoint.__slots__}


def rested(session: Session) -> Session:
    """The session after a rest in the store."""
    return Session.from_checkpoint(session.checkpoint(), clock=itertools.count(0.0, 10.0).__next__)


@given(st.lists(st.one_of(changes, training), max_size=6), st.lists(st.one_of(changes, training), max_size=6))
@CALM
def test_a_session_that_was_at_rest_goes_on_to_the_same_bits(before: list[Any], after: list[Any]) -> None:
    session = make_session()
    play_what_can_be_played(session, before)
    woken = rested(session)
    assert woken.checkpoint() == session.checkpoint()
    play_what_can_be_played(session, after)
    play_what_can_be_played(woken, after)
    assert woken.document == session.document
    assert woken.revision == session.revision
    assert apply(commands.ReadModel(), woken) == apply(commands.ReadModel(), session)
    one, other = snapshot(session), snapshot(woken)
    for layer in (*one["layers"], *other["layers"]):
        del layer["sign_agreement"]  # of the last minibatch, which a woken session has not seen
    for name in ("state", "step", "epoch", "loss", "accuracy", "test_loss", "layers", "num_parameters"):
        assert one[name] == other[name], name


def test_the_document_is_written_as_text_once_for_each_revision() -> None:
    session = make_session()
    first = session.checkpoint().document
    session.advance(3)
    assert session.checkpoint().document is first
    apply(commands.Patch(patch={"title": "Mine"}), session)
    assert json.loads(session.checkpoint().document) == session.document.model_dump(mode="json")


def test_ids_of_removed_points_stay_used_over_a_rest() -> None:
    session = make_session()
    apply(commands.ReplacePoints(points=[]), session)
    woken = Session.from_checkpoint(session.checkpoint())
    assert apply(commands.AddPoints(points=[{"x": 0, "y": 0}]), woken)["points"][0]["id"] == len(FOUR_POINTS) + 1


def test_weights_that_no_longer_fit_start_anew() -> None:
    session = make_session()
    session.advance(10)
    other = make_document(network={"hidden": [{"units": 5}]})
    mixed = Session(other).checkpoint()
    state = session.checkpoint().training
    woken = Session.from_checkpoint(type(mixed)(**{**fields_of(mixed), "training": state}))
    assert apply(commands.ReadModel(), woken) == apply(commands.ReadModel(), Session(other))
    assert woken.trainer.steps_taken == 0


@given(st.lists(st.one_of(changes, training), max_size=8))
@CALM
def test_undo_redo_and_every_moment_survive_a_rest(moves: list[Any]) -> None:
    session = make_session()
    play_what_can_be_played(session, moves)
    woken = rested(rested(session))
    for command in (commands.Undo(), commands.Undo(), commands.Redo(), commands.Back(steps=7), commands.Back(steps=9)):
        outcomes = []
        for one in (session, woken):
            try:
                apply(command, one)
                outcomes.append((one.document, one.trainer.state(), one.revision))
            except Conflict as conflict:
                outcomes.append((str(conflict), snapshot(one)["first_step"], snapshot(one)["last_step"]))
        assert outcomes[0] == outcomes[1]


def test_weights_set_by_hand_survive_a_rest_and_can_be_taken_back() -> None:
    session = make_session()
    session.advance(10)
    before = session.trainer.network.params.copy()
    apply(commands.EditWeight(layer=1, row=0, column=0, value=3.0), session)
    model = apply(commands.ReadModel(), session)
    apply(commands.RestoreModel.model_validate(model), session)
    woken = rested(session)
    apply(commands.Undo(), woken)
    apply(commands.Undo(), woken)
    assert (woken.trainer.network.params == before).all()


def test_training_that_cannot_be_read_is_said_to_begin_anew() -> None:
    session = make_session()
    session.start()
    session.advance(10)
    spoilt = replace(session.checkpoint(), training=b"spoilt")
    woken = Session.from_checkpoint(spoilt)
    assert snapshot(woken)["step"] == 0
    assert "could not be read" in snapshot(woken)["message"]
    assert woken.state == "paused"
    assert woken.document == session.document


@pytest.mark.parametrize("spoilt", [{"course": b"{}"}, {"course": b"no"}, {"pieces": {}}, {"series": b"123"}])
def test_a_course_that_cannot_be_read_costs_the_way_back_alone(spoilt: dict[str, Any]) -> None:
    session = make_session()
    session.advance(10)
    woken = Session.from_checkpoint(replace(session.checkpoint(), **spoilt))
    assert snapshot(woken)["step"] == 10
    assert "could not be read" in snapshot(woken)["message"]


def test_rows_of_the_series_beyond_the_known_steps_are_left_out() -> None:
    """They are of another course: the series is saved less often than the weights."""
    session = make_session()
    session.advance(300)
    old = session.checkpoint()
    session.reset()
    session.advance(5)
    woken = Session.from_checkpoint(replace(session.checkpoint(), series=old.series))
    assert max(woken.series.columns()["step"], default=0) <= 5
