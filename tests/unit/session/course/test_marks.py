"""What the chart of a course marks: each change by hand where it acts, kept with the course."""

from __future__ import annotations

from typing import Any

from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.course.marks import MOST_MARKS, marks
from nnlab.session.session import Session
from tests.unit.making import make_session

SLOW = {"pace": {"steps_per_second": 1}}


def patch(session: Session, **fields: Any) -> None:
    apply(commands.Patch(patch=fields), session)


def told(session: Session) -> list[tuple[Any, ...]]:
    return [(mark.step, mark.field, mark.before, mark.after) for mark in marks(session.timeline)]


def test_each_change_that_acts_is_marked_at_its_step() -> None:
    session = make_session(**SLOW)
    patch(session, training={"l2": 0.5})  # before the first step: the course begins with it
    session.advance(10)
    patch(session, training={"l2": 0.25, "learning_rate": 0.1})
    session.advance(10)
    patch(session, title="Nothing to do with it", stop={"epoch": 9}, view={"x_range": [-1, 1]})
    apply(commands.AddPoints(points=[{"x": 0, "y": 0}]), session)
    session.advance(10)
    patch(session, network={"hidden": [{"units": 3, "activation": "tanh"}]})
    session.advance(10)
    patch(session, network={"hidden": []})
    assert told(session) == [
        (10, "training.learning_rate", 0.03, 0.1),
        (10, "training.l2", 0.5, 0.25),
        (20, "points", 4, 5),
        (30, "network.hidden.units", 2, 3),
        (40, "network.hidden", 1, 0),
    ]


def test_weights_by_hand_are_marked() -> None:
    session = make_session(**SLOW)
    session.advance(5)
    apply(commands.EditWeight(layer=2, row=0, column=1, value=2.5), session)
    session.advance(5)
    apply(commands.EditWeight(layer=1, unit=1, bias=-1), session)
    session.advance(5)
    apply(commands.RestoreModel(**apply(commands.ReadModel(), session)), session)
    found = [(mark.step, mark.field, mark.layer, mark.unit, mark.after) for mark in marks(session.timeline)]
    assert found == [(5, "weights", 2, 1, 2.5), (10, "biases", 1, 1, -1.0), (15, "model", None, None, None)]


def test_a_drag_is_one_mark_and_none_if_it_comes_back() -> None:
    session = make_session(pace={"steps_per_second": 100})
    session.advance(10)
    for tenth in range(1, 5):
        patch(session, training={"l2": tenth / 10})
        session.advance(100)
    assert told(session) == [(10, "training.l2", 0.001, 0.4)]
    patch(session, training={"l2": 0.001})
    assert told(session) == []
    session.advance(1000)
    patch(session, training={"l2": 0.002})
    session.advance(1000)
    patch(session, training={"l2": 0.003})
    assert len(told(session)) == 2


def test_marks_ahead_of_an_earlier_moment_go_once_steps_follow_and_come_back_with_their_course() -> None:
    session = make_session(**SLOW)
    session.advance(50)
    patch(session, training={"l2": 0.5})
    session.advance(50)
    before = told(session)
    apply(commands.Back(to_step=20), session)
    patch(session, training={"l1": 0.1})
    assert told(session) == before, "what is tried at an earlier moment acts on no step that is drawn"
    session.advance(1)
    assert [mark[:2] for mark in told(session)] == [(20, "training.l2"), (20, "training.l1")]
    apply(commands.Undo(), session)
    assert told(session) == before


def test_marks_survive_a_rest_and_are_new_by_a_number() -> None:
    session = make_session(**SLOW)
    session.advance(5)
    number = session.timeline.rewritten
    patch(session, training={"l2": 0.5})
    assert session.timeline.rewritten != number
    woken = Session.from_checkpoint(session.checkpoint())
    assert woken.timeline.rewritten, "or nobody would ask for them"
    assert told(woken) == told(session) == [(5, "training.l2", 0.001, 0.5)]


def test_the_newest_marks_are_kept() -> None:
    session = make_session(**SLOW)
    for change in range(MOST_MARKS + 9):
        session.advance(3)
        patch(session, training={"l2": (change + 1) / 1000})
    steps = [mark[0] for mark in told(session)]
    assert (len(steps), steps[-1]) == (MOST_MARKS, session.trainer.steps_taken)
