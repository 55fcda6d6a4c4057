"""Nothing is lost by a slip: the course that is left comes back by Undo, with the way there and what lay ahead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.session import Session
from tests.unit.making import make_session

SEED = commands.Patch(patch={"network": {"seed": 5}})


def back_and_on(session: Session) -> None:
    apply(commands.Back(to_step=20), session)
    apply(commands.Step(steps=5), session)


def back_and_run(session: Session) -> None:
    apply(commands.Back(to_step=20), session)
    apply(commands.Run(), session)
    session.advance(7)


def back_to_the_start_and_reset(session: Session) -> None:
    apply(commands.Back(to_step=0), session)
    session.reset()


SLIPS: dict[str, Callable[[Session], Any]] = {
    "a step after going back": back_and_on,
    "run after going back": back_and_run,
    "reset": lambda session: apply(commands.Reset(), session),
    "reset to another seed": lambda session: apply(commands.Reset(seed=3), session),
    "a change to start afresh with": lambda session: apply(
        commands.Patch(patch={"network": {"hidden": [{"units": 9}]}, "title": "Nine"}, afresh=True), session
    ),
    "another seed": lambda session: apply(SEED, session),
    "another task": lambda session: apply(
        commands.Patch(patch={"task": "surface_fitting", "network": {"loss": "squared"}}), session
    ),
    "reset at the start with steps ahead": back_to_the_start_and_reset,
}


def weights(session: Session) -> bytes:
    return session.trainer.network.params.tobytes()


def trained() -> tuple[Session, dict[int, bytes]]:
    """A session after 60 steps, with a change on the way, and the weights after each."""
    session, seen = make_session(), {}
    for step in range(60):
        if step == 30:
            apply(commands.Patch(patch={"training": {"l2": 0.01}}), session)
        seen[step] = weights(session)
        session.advance(1)
    seen[60] = weights(session)
    return session, seen


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_undo_brings_back_the_course_that_a_slip_left(slip: Callable[[Session], Any]) -> None:
    session, seen = trained()
    document, rows = session.document, session.history()
    slip(session)
    left = weights(session)
    apply(commands.Undo(), session)
    assert session.document == document
    assert not session.running
    assert session.timeline.last_step == 60
    for step in (60, 0, 31, 29, 59):
        apply(commands.Back(to_step=step), session)
        assert weights(session) == seen[step], f"step {step}"
    apply(commands.Back(to_step=60), session)
    assert session.history() == rows
    apply(commands.Redo(), session)
    assert weights(session) == left


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_rest_in_the_store_keeps_the_course_that_was_left(slip: Callable[[Session], Any]) -> None:
    session, seen = trained()
    slip(session)
    woken = Session.from_checkpoint(session.checkpoint())
    apply(commands.Undo(), woken)
    apply(commands.Back(to_step=45), woken)
    assert weights(woken) == seen[45]


def test_a_change_to_start_afresh_with_right_after_one_that_was_not_is_an_edit_of_its_own() -> None:
    session = Session(make_session().document, clock=lambda: 0.0)  # all within a moment
    session.advance(60)
    end = weights(session)
    for units, afresh in ((6, False), (7, True), (8, True)):
        patch = {"network": {"hidden": [{"units": units}]}, "title": "One more"}
        apply(commands.Patch(patch=patch, afresh=afresh), session)
        if not afresh:
            kept = weights(session)
    apply(commands.Undo(), session)
    assert (session.trainer.steps_taken, weights(session)) == (60, kept)
    apply(commands.Undo(), session)
    assert (session.trainer.steps_taken, weights(session)) == (60, end)


def test_what_was_done_before_a_reset_is_undone_after_it() -> None:
    session, _ = trained()
    entry = session.trainer.layers()[0].weights[0, 0]
    apply(commands.EditWeight(layer=1, row=0, column=0, value=9.0), session)
    session.reset()
    session.advance(3)
    apply(commands.Undo(), session)
    assert session.trainer.layers()[0].weights[0, 0] == 9.0
    apply(commands.Undo(), session)
    assert session.trainer.layers()[0].weights[0, 0] == entry


def test_going_on_again_and_again_keeps_every_course() -> None:
    session, _ = trained()
    ends = []
    for step in (50, 40, 30):
        ends.append(weights(session))
        apply(commands.Back(to_step=step), session)
        session.advance(20)
    for end in reversed(ends):
        apply(commands.Undo(), session)
        apply(commands.Back(to_step=10**6), session)
        assert weights(session) == end


def test_a_reset_that_changes_nothing_is_no_edit() -> None:
    session = make_session()
    session.reset()
    assert not session.edits.can_undo
