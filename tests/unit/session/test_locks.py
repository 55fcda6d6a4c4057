"""Locks of a room and orders to a student's session: enforced whatever the way, stored, and void when they are old."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from nnlab.errors import InvalidInput, Locked
from nnlab.session import commands
from nnlab.session.apply import HANDLERS, apply
from nnlab.session.locks import CONTROLS, LOCKS, words_of
from nnlab.session.memento import Memento
from nnlab.session.orders import Orders
from nnlab.session.session import Session
from tests.unit.making import make_document, make_session


def student(*locks: str, **orders: Any) -> Session:
    """A session of a room with these locks."""
    session = make_session()
    session.orders = Orders(member=1, number=1, task=1, locks=locks, **orders)
    return session


LOCKED: list[tuple[str, commands.Change]] = [
    ("network", commands.Patch(patch={"network": {"seed": 9}})),
    ("network.hidden", commands.Patch(patch={"network": {"hidden": []}})),
    ("network.activation", commands.Patch(patch={"network": {"hidden": [{"units": 2, "activation": "relu"}]}})),
    ("training", commands.Patch(patch={"training": {"momentum": 0.5}})),
    ("training.learning_rate", commands.Patch(patch={"training": {"learning_rate": 0.5}, "title": "sly"})),
    ("regularization", commands.Patch(patch={"training": {"l1": 0.1}})),
    ("points", commands.AddPoints.model_validate({"points": [{"x": 1.0, "y": 2.0}]})),
    ("points", commands.MakeDataset(name="moons", points=10)),
    ("points", commands.Patch(patch={"classes": 3})),
    ("view", commands.Fit()),
    ("pace", commands.Patch(patch={"pace": {"resolution": 20}})),
    ("network.seed", commands.Reset(seed=99)),
    ("run", commands.Run()),
    ("run", commands.Step(steps=1)),
    ("run", commands.Reset()),
    ("weights", commands.EditWeight.model_validate({"layer": 1, "row": 0, "column": 0, "value": 2.0})),
]


@pytest.mark.parametrize(("lock", "change"), LOCKED, ids=lambda value: getattr(value, "__class__", value).__name__)
def test_a_locked_change_is_refused_and_changes_nothing(lock: str, change: commands.Change) -> None:
    session = student(lock)
    before = session.checkpoint()
    with pytest.raises(Locked, match="locked"):
        apply(change, session)
    assert session.checkpoint() == before


@pytest.mark.parametrize(("lock", "change"), LOCKED, ids=lambda value: getattr(value, "__class__", value).__name__)
def test_the_same_change_is_made_under_another_lock(lock: str, change: commands.Change) -> None:
    apply(change, student("stop"))


# What these do is done to the document, which the locks look at.
JUDGED_BY_OUTCOME = {
    "AddPoints", "ChangePoint", "ChangePoints", "Fit", "HoldOut", "MakeDataset", "Patch", "Redo", "RemovePoint",
    "ReplacePoints", "Undo",
}  # fmt: skip
NO_CHANGE_OF_A_STUDENTS = (commands.Birth, commands.Death, commands.OfRoom, commands.Once)


def test_each_change_names_its_control_or_is_judged_by_what_it_does_to_the_document() -> None:
    changes = [kind for kind in HANDLERS if issubclass(kind, commands.Change)]
    others = [kind for kind in changes if not issubclass(kind, NO_CHANGE_OF_A_STUDENTS)]
    assert {kind.__name__ for kind in others if kind.control not in CONTROLS} == JUDGED_BY_OUTCOME


def test_more_units_are_no_change_of_the_activation() -> None:
    session = student("network.activation")
    apply(commands.Patch(patch={"network": {"inputs": ["x"]}}), session)
    assert session.document.network.inputs == ("x",)


def test_undo_does_not_lead_around_a_lock() -> None:
    session = make_session()
    apply(commands.Patch(patch={"training": {"learning_rate": 0.5}}), session)
    session.orders = Orders(member=1, locks=("training.learning_rate",))
    with pytest.raises(Locked):
        apply(commands.Undo(), session)
    assert session.document.training.learning_rate == 0.5
    assert session.edits.can_undo


def edited(session: Session) -> None:
    apply(commands.EditWeight.model_validate({"layer": 1, "row": 0, "column": 0, "value": 2.0}), session)


def undone(session: Session) -> None:
    edited(session)
    apply(commands.Undo(), session)


def started_anew(session: Session) -> None:
    apply(commands.Step(steps=5), session)
    apply(commands.Reset(), session)


@pytest.mark.parametrize(
    ("lock", "before", "change"),
    [
        ("weights", edited, commands.Undo()),
        ("weights", undone, commands.Redo()),
        ("run", started_anew, commands.Undo()),
        ("run", started_anew, commands.Patch(patch={"title": "sly"}, afresh=True)),
    ],
)
def test_what_was_done_before_a_lock_does_not_lead_around_it(
    lock: str, before: Callable[[Session], None], change: commands.Change
) -> None:
    session = student()
    before(session)
    session.orders = Orders(member=1, number=2, task=1, locks=(lock,))
    state = session.checkpoint()
    with pytest.raises(Locked):
        apply(change, session)
    assert session.checkpoint() == state
    session.orders = Orders(member=1, number=3, task=1, locks=("stop",))
    apply(change, session)


def test_the_way_back_does_not_lead_around_a_lock() -> None:
    session = make_session()
    session.advance(5)
    apply(commands.Patch(patch={"network": {"hidden": [{"units": 3, "activation": "tanh"}]}}), session)
    session.advance(5)
    session.orders = Orders(member=1, locks=("network.hidden",))
    before = session.checkpoint()
    with pytest.raises(Locked):
        apply(commands.Back(to_step=2), session)
    assert session.checkpoint() == before


def test_a_frozen_session_refuses_everything_and_stands_still() -> None:
    session = student()
    session.start()
    apply(commands.Obey(number=2, is_frozen=True), session)
    assert not session.running
    for change in (commands.Run(), commands.Patch(patch={"title": "x"}), commands.Undo(), commands.Pause()):
        with pytest.raises(Locked, match="stopped"):
            apply(change, session)
    apply(commands.Obey(number=3), session)
    assert session.running


def test_who_was_paused_stays_paused_when_it_goes_on() -> None:
    session = student()
    apply(commands.Obey(number=2, is_frozen=True), session)
    apply(commands.Obey(number=3, is_frozen=True), session)
    apply(commands.Obey(number=4), session)
    assert not session.running


def test_an_older_order_is_void() -> None:
    session = student()
    apply(commands.Obey(number=5, locks=("run",)), session)
    apply(commands.Obey(number=4, is_frozen=True, task=9, document=make_document(title="old")), session)
    assert session.orders == Orders(member=1, number=5, task=1, locks=("run",))
    assert session.document.title != "old"


def test_a_task_is_taken_up_once_and_can_be_undone() -> None:
    session = student("network", "points")
    session.start()
    session.advance(3)
    order = commands.Obey(number=2, task=2, document=make_document(title="task", network={"hidden": []}))
    assert apply(order, session) == {"task": 2}
    assert (session.document.title, session.trainer.steps_taken, session.running) == ("task", 0, False)
    session.advance(4)
    assert apply(order, session) == {"task": 2}
    assert session.trainer.steps_taken == 4
    apply(commands.Undo(), session)
    assert session.document.title != "task"


def test_a_patch_of_the_task_keeps_what_the_student_has_and_trains_on() -> None:
    session = student("training")
    session.advance(3)
    apply(commands.Obey(number=2, task=3, patches=({"training": {"l2": 0.1}}, {"title": "new"})), session)
    assert (session.document.training.l2, session.document.title, session.trainer.steps_taken) == (0.1, "new", 3)
    apply(commands.Obey(number=3, task=4, patches=({},), afresh=True), session)
    assert session.trainer.steps_taken == 0


def test_a_patch_that_does_not_fit_leaves_the_task_to_be_given_whole() -> None:
    session = make_session(task="curve_fitting", points=[{"x": 1.0, "y": 1.0}])
    session.orders = Orders(member=1, number=1, task=1)
    with pytest.raises(InvalidInput):
        apply(commands.Obey(number=2, task=2, patches=({"network": {"loss": "softmax"}},)), session)
    assert session.orders.task == 1


def test_orders_are_stored_and_a_fork_is_free() -> None:
    session = student("network.hidden", is_frozen=True, was_running=True)
    session.keep_days = 3
    again = Session.from_checkpoint(session.checkpoint())
    assert (again.orders, again.keep_days) == (session.orders, 3)
    fork = Session.from_checkpoint(apply(commands.Copy(), session))
    assert (fork.orders, fork.keep_days) == (None, None)


def test_a_memento_brings_the_orders_back() -> None:
    session = student()
    memento = Memento(session)
    apply(commands.Obey(number=2, locks=("run",)), session)
    memento.bring_back()
    assert session.orders == Orders(member=1, number=1, task=1)


def test_every_lock_has_words() -> None:
    assert all(words_of(lock) for lock in LOCKS)


def test_a_session_of_no_room_knows_no_locks() -> None:
    assert apply(commands.ReadObeyed(), make_session()) == {"number": 0, "task": 0}
