"""The live session: any sequence of commands keeps its promises, and rest in the store does not show."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.document.models import Document
from nnlab.document.points import LARGEST_POINT_ID
from nnlab.errors import Conflict, NnlabError
from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.picture.snapshot import snapshot
from nnlab.session.session import Session
from tests.unit.making import CALM, FOUR_POINTS, make_document, make_session, points


@dataclass(frozen=True)
class Advance:
    """Not a command of the API: training, as the runner does it."""

    steps: int


def ids_of(session: Session) -> list[int | None]:
    return [point.id for point in session.document.points]


def play(session: Session, move: Any) -> None:
    """Carry out a command, or train."""
    if isinstance(move, Advance):
        session.advance(move.steps)
    else:
        apply(move, session)


def state_of(session: Session) -> tuple[Any, ...]:
    """Everything that a command which fails must leave as it was."""
    return apply(commands.Read(), session), apply(commands.ReadModel(), session), session.checkpoint()


patches = st.sampled_from(
    [
        {"title": "Mine"},
        {"training": {"learning_rate": 0.1}},
        {"training": {"optimizer": "adam", "l2": 0.01}},
        {"training": {"batch_size": 3, "input_noise": 0.1}},
        {"training": {"keep_prob": 0.5, "max_norm": 1.0}},
        {"network": {"hidden": [{"units": 3, "activation": "relu"}, {"units": 2}]}},
        {"network": {"hidden": []}},
        {"network": {"inputs": ["x", "y", "x*y"]}},
        {"network": {"loss": "svm"}},
        {"network": {"seed": 5}},
        {"classes": 3},
        {"view": {"x_range": [-1, 1]}},
        {"pace": {"steps_per_second": 5}},
        {"network": None, "training": None},
    ]
)
bad_patches = st.sampled_from(
    [
        {"training": {"learning_rate": -1}},
        {"network": {"hidden": [{"units": 0}]}},
        {"network": {"skips": [[3, 1]]}, "points": []},
        {"network": {"loss": "squared"}, "title": "no"},
        {"classes": 9},
        {"points": [{"x": 0, "y": 0, "label": 7}]},
        {"nonsense": 1},
    ]
)
point_ids = st.integers(1, 8)
numbered_points = st.lists(points(), max_size=3).map(
    lambda rows: [row | {"id": 20 + place} for place, row in enumerate(rows)]
)
changes = st.one_of(
    patches.map(lambda patch: commands.Patch(patch=patch)),
    st.lists(points(), min_size=1, max_size=3).map(lambda rows: commands.AddPoints(points=rows)),
    st.lists(points(), max_size=3).map(lambda rows: commands.ReplacePoints(points=rows)),
    numbered_points.map(lambda rows: commands.ReplacePoints(points=rows)),
    st.builds(commands.ChangePoint, point_id=point_ids, patch=st.sampled_from([{"x": 3}, {"held_out": True}])),
    st.builds(commands.RemovePoint, point_id=point_ids),
    st.builds(commands.MakeDataset, name=st.just("circle"), points=st.integers(1, 8), seed=st.integers(0, 9)),
)
weight_edits = st.one_of(
    st.builds(commands.EditWeight, layer=st.just(1), row=st.just(0), column=st.just(0), value=st.floats(-9, 9)),
    st.builds(commands.EditWeight, layer=st.just(1), unit=st.just(0), bias=st.floats(-9, 9)),
)
mistakes = st.one_of(
    bad_patches.map(lambda patch: commands.Patch(patch=patch)),
    st.just(commands.Patch(patch={"title": "late"}, if_revision=0)),
    st.just(commands.AddPoints(points=[{"x": 0, "y": 0, "label": 7}])),
    st.just(commands.ChangePoint(point_id=1, patch={"x": "left"})),
    st.just(commands.ChangePoint(point_id=999, patch={})),
    st.just(commands.RemovePoint(point_id=999)),
    st.just(commands.MakeDataset(name="sine")),
    st.just(commands.RestoreModel(layers=[{"activation": "tanh", "weights": [[1.0]], "biases": [1.0]}])),
)
walks = st.sampled_from([commands.Undo(), commands.Redo()])
training = st.one_of(
    st.integers(1, 40).map(Advance),
    st.sampled_from([commands.Run(), commands.Pause(), commands.Reset(), commands.Reset(seed=3)]),
)


@given(st.lists(st.one_of(changes, weight_edits, mistakes, walks, training), max_size=12))
@CALM
def test_any_sequence_of_commands_keeps_the_promises(moves: list[Any]) -> None:
    session = make_session()
    seen = set(ids_of(session))
    for move in moves:
        before, state = session.document, state_of(session)
        revision = session.revision
        try:
            play(session, move)
        except NnlabError:
            assert state_of(session) == state, "a command that fails leaves everything as it was"
            continue
        changed = isinstance(move, commands.Change) and not isinstance(move, commands.Run | commands.Pause)
        if session.document is not before:
            assert changed
            assert session.revision == revision + 1, "the revision grows by one with each change"
        elif isinstance(move, commands.EditWeight | commands.Undo | commands.Redo):
            assert session.revision == revision + 1, "weights by hand are a change too"
        else:
            assert session.revision == revision
        ids = ids_of(session)
        assert None not in ids
        assert len(set(ids)) == len(ids)
        if isinstance(move, commands.AddPoints | commands.MakeDataset):
            assert not (set(ids) - {point.id for point in before.points}) & seen, "ids are never used twice"
        seen |= set(ids)


@given(st.lists(changes, max_size=10))
@CALM
def test_undo_of_every_edit_returns_to_the_first_document_and_redo_to_the_last(moves: list[Any]) -> None:
    session = make_session()
    documents = [session.document]
    for move in moves:
        try:
            apply(move, session)
        except NnlabError:
            continue
        if session.document != documents[-1]:  # what changes nothing is no edit
            documents.append(session.document)
    revision = session.revision
    walk(session, commands.Undo(), documents[-2::-1])
    walk(session, commands.Redo(), documents[1:])
    assert session.revision == revision + 2 * (len(documents) - 1)


def walk(session: Session, command: commands.Change, documents: list[Document]) -> None:
    """The command leads through these documents and no further."""
    for document in documents:
        apply(command, session)
        assert session.document == document
    with pytest.raises(Conflict, match="nothing to"):
        apply(command, session)


@given(st.lists(st.one_of(changes, training), max_size=6), st.lists(st.one_of(changes, training), max_size=6))
@CALM
def test_a_session_that_was_at_rest_goes_on_to_the_same_bits(before: list[Any], after: list[Any]) -> None:
    session = make_session()
    play_what_can_be_played(session, before)
    woken = Session.from_checkpoint(session.checkpoint(), clock=itertools.count(0.0, 10.0).__next__)
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


def play_what_can_be_played(session: Session, moves: list[Any]) -> None:
    for move in moves:
        try:
            play(session, move)
        except NnlabError:
            continue


@pytest.mark.parametrize(
    "patch",
    [{"title": "Another"}, {"view": {"x_range": [0, 1]}}, {"pace": {"resolution": 20}}, {"training": {"l2": 0.001}}],
)
def test_what_does_not_concern_training_does_not_disturb_it(patch: dict[str, Any]) -> None:
    alone, disturbed = make_session(), make_session()
    for session in (alone, disturbed):
        session.advance(7)
    apply(commands.Patch(patch=patch), disturbed)
    for session in (alone, disturbed):
        session.advance(50)
    assert disturbed.trainer.state() == alone.trainer.state()


@pytest.mark.parametrize(
    "patch", [{"network": {"seed": 8}}, {"network": {"init": "xavier"}}, {"network": {"init_scale": 2}}]
)
def test_a_new_start_is_the_start_of_a_session_of_that_document(patch: dict[str, Any]) -> None:
    session = make_session()
    session.advance(20)
    apply(commands.Patch(patch=patch), session)
    fresh = Session(session.document)
    assert session.trainer.state() == fresh.trainer.state()
    assert session.trainer.steps_taken == 0


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


def test_points_without_an_id_get_one_that_no_given_id_has() -> None:
    session = make_session(points=[{"x": 0, "y": 0}, {"id": 1, "x": 1, "y": 1}, {"id": 7, "x": 2, "y": 2}])
    assert ids_of(session) == [8, 1, 7]


def test_ids_end_where_the_document_says_so_and_then_the_smallest_free_ones_follow() -> None:
    session = make_session(points=[{"id": LARGEST_POINT_ID - 1, "x": 0, "y": 0}, {"id": 2, "x": 0, "y": 1}])
    first = session.document
    for new in (LARGEST_POINT_ID, 1, 3, 4):
        added = apply(commands.AddPoints(points=[{"x": 1, "y": 1}]), session)["points"]
        assert [point["id"] for point in added] == [new]
    session = Session.from_checkpoint(session.checkpoint())
    added = apply(commands.AddPoints(points=[{"x": 2, "y": 2}] * 3), session)["points"]
    assert [point["id"] for point in added] == [5, 6, 7]
    for _ in range(5):
        apply(commands.Undo(), session)
    assert session.document == first


def test_a_point_of_the_largest_id_keeps_nobody_from_adding() -> None:
    session = make_session(points=[])
    apply(commands.Patch(patch={"points": [{"id": LARGEST_POINT_ID, "x": 0, "y": 0}]}), session)
    apply(commands.MakeDataset(name="circle"), session)
    assert max(ids_of(session)) <= LARGEST_POINT_ID
    apply(commands.ReplacePoints(points=[]), session)
    for _ in range(2):
        apply(commands.AddPoints(points=[{"x": 1, "y": 1}]), session)
    assert ids_of(session) == [201, 202]


def test_weights_that_no_longer_fit_start_anew() -> None:
    session = make_session()
    session.advance(10)
    other = make_document(network={"hidden": [{"units": 5}]})
    mixed = Session(other).checkpoint()
    state = session.checkpoint().training
    woken = Session.from_checkpoint(type(mixed)(**{**fields_of(mixed), "training": state}))
    assert apply(commands.ReadModel(), woken) == apply(commands.ReadModel(), Session(other))
    assert woken.trainer.steps_taken == 0


def fields_of(checkpoint: Any) -> dict[str, Any]:
    return {name: getattr(checkpoint, name) for name in checkpoint.__slots__}


def rested(session: Session) -> Session:
    """The session after a rest in the store."""
    return Session.from_checkpoint(session.checkpoint(), clock=itertools.count(0.0, 10.0).__next__)


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


def test_run_and_pause_are_states() -> None:
    session = make_session()
    assert session.state == "paused"
    session.start()
    assert session.state == "running"
    assert Session.from_checkpoint(session.checkpoint()).state == "running"
    apply(commands.Pause(), session)
    assert session.state == "paused"


@pytest.mark.parametrize("rows", [[], [{"x": 0, "y": 0, "held_out": True}]])
def test_without_a_training_point_no_step_can_be_taken(rows: list[dict[str, Any]]) -> None:
    session = make_session(points=rows)
    assert not session.can_step
    assert session.advance(5) == 0
    with pytest.raises(Conflict, match="add a point"):
        session.require_steps()
    apply(commands.AddPoints(points=[{"x": 0, "y": 0}]), session)
    assert session.can_step
    session.require_steps()
    assert session.advance(5) == 5


@pytest.fixture
def diverged() -> Session:
    """A session in which the decay of the weights overshoots: |1 - learning_rate * l2| is 299."""
    session = make_session(training={"learning_rate": 30, "l2": 10})
    session.start()
    assert session.advance(10_000) < 10_000
    return session


@pytest.mark.parametrize("ask", [Session.start, Session.require_steps])
def test_a_diverged_session_refuses_to_go_on_and_says_why(diverged: Session, ask: Callable[[Session], None]) -> None:
    assert (diverged.state, diverged.can_step, diverged.advance(5)) == ("diverged", False, 0)
    found = snapshot(diverged)
    assert found["state"] == "diverged"
    with pytest.raises(Conflict) as caught:
        ask(diverged)
    assert caught.value.detail == found["message"]


def test_a_change_of_training_leads_out_of_divergence(diverged: Session) -> None:
    apply(commands.Patch(patch={"training": {"learning_rate": 0.01, "l2": 0}}), diverged)
    assert diverged.state != "diverged"
    assert diverged.advance(5) == 5


def test_figures_that_are_not_finite_are_not_known(diverged: Session) -> None:
    figures = [value for value in snapshot(diverged).values() if isinstance(value, float)]
    assert all(abs(value) < float("inf") for value in figures)


def test_phases_are_of_the_last_update_and_go_with_it() -> None:
    session = make_session()
    session.advance(1, observed=True)
    phases = session.phases
    assert phases is not None
    assert sorted(phases["points"]) == [1, 2, 3], "the held-out point 4 is in no minibatch"
    assert phases["loss"] == phases["data_loss"] + phases["reg_loss"]
    assert len(phases["layers"]) == 2
    session.change(session.document.merged({"title": "The same update"}), object())
    assert session.phases == phases
    session.advance(1)
    assert session.phases is None
    for leave in (session.reset, lambda: apply(commands.Back(to_step=0), session)):
        session.advance(1, observed=True)
        leave()
        assert session.phases is None


def test_a_journey_in_pieces_leads_where_one_in_one_go_does() -> None:
    session = make_session(training={"keep_prob": 0.8, "input_noise": 0.1})
    states = {}
    for step in range(200):
        states[step] = session.trainer.state()
        session.advance(1)
    for target in (3, 77, 150, 199):
        journey = session.set_out(target)
        while journey.steps_left:
            assert journey.advance(5) <= 5
        session.arrive(journey)
        assert session.trainer.state() == states[target]


@pytest.mark.parametrize("fields", [{}, {"stop": {"epoch": 90}}, {"training": {"learning_rate": 30, "l2": 10}}])
def test_reading_leaves_no_trace(fields: dict[str, Any]) -> None:
    """A session that is read while it runs has the history, the course and the checkpoint of one that is not."""
    read, alone = make_session(**fields), make_session(**fields)
    for session in (read, alone):
        apply(commands.Run(), session)
    for steps in (1, 2, 3, 7, 31, 50, 1, 100, 333, 90, 500):
        for query in (commands.Read(), commands.ReadHistory(), commands.ReadDiagnostics(), commands.Regions()):
            apply(query, read)
        read.advance(steps)
        alone.advance(steps)
    assert apply(commands.ReadHistory(), read) == apply(commands.ReadHistory(), alone)
    assert read.checkpoint() == alone.checkpoint()
    assert read.timeline.moments == alone.timeline.moments


def test_the_history_is_the_same_however_training_is_cut_into_slices() -> None:
    whole, slices = make_session(), make_session()
    whole.advance(3_000)
    for _ in range(1_000):
        slices.advance(3)
    assert slices.series.to_bytes() == whole.series.to_bytes()
    assert slices.trainer.state() == whole.trainer.state()
