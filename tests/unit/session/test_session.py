"""The live session: any sequence of commands keeps its promises."""

from __future__ import annotations

from collections.abc import Callable
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
from tests.unit.making import CALM, make_session
from tests.unit.session.moves import changes, mistakes, play, training, walks, weight_edits


def ids_of(session: Session) -> list[int | None]:
    return [point.id for point in session.document.points]


def state_of(session: Session) -> tuple[Any, ...]:
    """Everything that a command which fails must leave as it was."""
    return apply(commands.Read(), session), apply(commands.ReadModel(), session), session.checkpoint()


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
