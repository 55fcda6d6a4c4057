"""Going back: every step within reach comes back bit for bit, whatever was changed on the way."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.errors import NnlabError
from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.course.timeline import LEAST_MOMENTS, MOST_BYTES, MOST_BYTES_OF_CHANGES, Timeline
from nnlab.session.picture.snapshot import snapshot
from nnlab.session.session import Session
from tests.unit.making import CALM, make_document, make_session, points

LAYER = {"units": 20, "activation": "tanh"}
ADAM: dict[str, Any] = {"network": {"hidden": [LAYER, LAYER]}, "training": {"optimizer": "adam", "batch_size": 2}}


def weights(session: Session) -> bytes:
    return session.trainer.network.params.tobytes()


def train(session: Session, steps: int, seen: dict[int, bytes]) -> None:
    """Take steps one by one and note the weights after each."""
    seen[session.trainer.steps_taken] = weights(session)
    for _ in range(steps):
        session.advance(1)
        seen[session.trainer.steps_taken] = weights(session)


def assert_reached(session: Session, seen: dict[int, bytes]) -> None:
    """The steps that were seen come back, in any order."""
    for step in [*seen][::-7] + [*seen][::29]:
        apply(commands.Back(to_step=step), session)
        assert session.trainer.steps_taken == step
        assert weights(session) == seen[step], f"step {step}"


def test_every_step_comes_back_after_fifty_changes_of_a_setting() -> None:
    session, seen = make_session(**ADAM), {}
    for l2 in range(1, 26):
        train(session, 10, seen)
        train(session, 10, seen)
        apply(commands.Patch(patch={"training": {"l2": l2 / 1000}}), session)
    assert_reached(session, seen)


def test_every_step_comes_back_after_a_slider_was_dragged_while_training_ran() -> None:
    session, seen = make_session(**ADAM), {}
    for change in range(240):
        apply(commands.Patch(patch={"training": {"l2": change / 10_000}}), session)
        train(session, change % 4, seen)
    assert_reached(session, seen)


CHANGES = st.one_of(
    st.sampled_from(
        [
            {"training": {"learning_rate": 0.1}},
            {"training": {"optimizer": "adam", "l2": 0.01}},
            {"training": {"optimizer": "momentum"}},
            {"training": {"batch_size": 2, "input_noise": 0.1}},
            {"training": {"batch_size": 1}},
            {"training": {"shuffle": False}},
            {"training": {"keep_prob": 0.5, "max_norm": 1.0}},
            {"training": None},
            {"network": {"hidden": [{"units": 3, "activation": "relu"}, {"units": 2}]}},
            {"network": {"inputs": ["x", "y", "x*y"]}},
            {"network": {"loss": "svm"}},
            {"title": "nothing to do with training"},
        ]
    ).map(lambda patch: commands.Patch(patch=patch)),
    st.lists(points(), min_size=1, max_size=3).map(lambda rows: commands.AddPoints(points=rows)),
    st.builds(commands.ChangePoint, point_id=st.integers(1, 4), patch=st.sampled_from([{"x": 3}, {"held_out": True}])),
    st.builds(commands.EditWeight, layer=st.just(1), row=st.just(0), column=st.just(0), value=st.floats(-2, 2)),
    st.sampled_from([commands.Undo(), commands.Redo()]),
)
WALKS = st.lists(st.one_of(CHANGES, st.integers(1, 30), st.integers(1, 30)), max_size=24)


def walk(session: Session, moves: list[Any], seen: dict[int, bytes]) -> None:
    for move in moves:
        try:
            if isinstance(move, int):
                train(session, move, seen)
            else:
                apply(move, session)
                seen[session.trainer.steps_taken] = weights(session)
        except NnlabError:
            continue


@given(WALKS)
@CALM
def test_every_step_comes_back_whatever_was_changed(moves: list[Any]) -> None:
    session, seen = make_session(), {}
    walk(session, [1, *moves], seen)
    network = session.document.network
    for step in [*reversed(range(session.trainer.steps_taken + 1))][::5]:
        apply(commands.Back(to_step=step), session)
        assert session.trainer.steps_taken == step
        if session.document.network == network:
            assert weights(session) == seen.get(step), f"step {step}"


@given(WALKS, st.integers(0, 60), WALKS)
@CALM
def test_another_course_from_an_earlier_step_comes_back_too(first: list[Any], back: int, then: list[Any]) -> None:
    session, seen = make_session(), {}
    walk(session, [20, *first], seen)
    apply(commands.Back(to_step=max(0, session.trainer.steps_taken - back)), session)
    walk(session, [*then, 3], seen)
    last = session.trainer.steps_taken
    network = session.document.network
    for step in [*reversed(range(last + 1))][::5]:
        apply(commands.Back(to_step=step), session)
        if session.document.network == network:
            assert weights(session) == seen[step], f"step {step} of {last}"


@given(WALKS, st.integers(1, 40))
@CALM
def test_going_on_from_an_earlier_step_as_before_gives_the_same_bits(moves: list[Any], back: int) -> None:
    session, seen = make_session(), {}
    walk(session, [*moves, 40], seen)
    apply(commands.Back(to_step=session.trainer.steps_taken - back), session)
    again: dict[int, bytes] = {}
    train(session, back, again)
    assert again == {step: seen[step] for step in again}


def test_a_change_made_at_an_earlier_step_keeps_what_lies_ahead_until_training_goes_on() -> None:
    session, seen = make_session(), {}
    train(session, 60, seen)
    apply(commands.Back(to_step=20), session)
    apply(commands.Patch(patch={"training": {"learning_rate": 0.5}}), session)
    apply(commands.Back(to_step=60), session)
    assert weights(session) == seen[60]
    apply(commands.Back(to_step=20), session)
    train(session, 30, seen)
    assert snapshot(session)["last_step"] == 50
    assert_reached(session, {step: seen[step] for step in range(51)})


def test_a_step_that_is_no_longer_kept_is_answered_with_the_nearest_and_says_so() -> None:
    session = make_session()
    session.advance(30)
    reply = apply(commands.Back(to_step=10), session)
    assert (reply["snapshot"]["step"], reply["snapshot"]["message"]) == (10, None)
    reply = apply(commands.Back(to_step=1_000), session)
    assert reply["snapshot"]["step"] == 30
    assert "1000" in reply["snapshot"]["message"]
    assert "30" in reply["snapshot"]["message"]
    assert "nearest" in reply["snapshot"]["message"]


def test_the_first_step_is_true_when_changes_take_too_much_room() -> None:
    many = [{"x": index / 100, "y": 1.0, "label": index % 2} for index in range(1500)]
    session = make_session(points=many)
    seen: dict[int, bytes] = {}
    for change in range(2 * MOST_BYTES_OF_CHANGES // (8 * len(many))):
        apply(commands.ChangePoint(point_id=1, patch={"x": change / 7}), session)
        train(session, 1, seen)
    first = snapshot(session)["first_step"]
    assert 0 < first < session.trainer.steps_taken / 2 + 50
    for step in (first, first + 1, (first + session.trainer.steps_taken) // 2):
        apply(commands.Back(to_step=step), session)
        assert weights(session) == seen[step]
    reply = apply(commands.Back(to_step=0), session)
    assert reply["snapshot"]["step"] == first
    assert "nearest" in reply["snapshot"]["message"]


def test_moments_keep_to_their_bytes_and_lie_evenly() -> None:
    timeline, document, state = Timeline(), make_document(), bytes(4_000)
    for step in range(0, 40_000, 3):
        timeline.go_on(step, lambda: state, document)
        timeline.reach(step + 3)
    steps = [moment.step for moment in timeline.moments]
    assert LEAST_MOMENTS <= len(steps) <= MOST_BYTES // len(state)
    gaps = [later - earlier for earlier, later in itertools.pairwise(steps)]
    assert max(gaps) <= 2.1 * min(gaps)
    assert (steps[0], timeline.last_step) == (0, 40_002)


def test_large_networks_keep_a_few_moments_all_the_same() -> None:
    timeline, state = Timeline(), bytes(2 * MOST_BYTES)
    for step in range(2_000):
        timeline.go_on(step, lambda: state, make_document() if step == 0 else timeline.moments[0].document)
        timeline.reach(step + 1)
    assert LEAST_MOMENTS / 2 <= len(timeline.moments) <= LEAST_MOMENTS


@pytest.mark.parametrize("count", [5, 300])
def test_changes_of_a_setting_at_one_step_are_one_change(count: int) -> None:
    session = make_session()
    session.advance(3)
    for value in range(count):
        apply(commands.Patch(patch={"training": {"l2": value / 1000}}), session)
    assert len(session.timeline.changes) == 1


def test_a_timeline_survives_a_rest() -> None:
    session, seen = make_session(), {}
    layers = apply(commands.ReadModel(), session)["layers"]
    moves = [
        15,
        commands.Patch(patch={"training": {"optimizer": "adam"}}),
        7,
        commands.AddPoints(points=[{"x": 1, "y": 2}]),
        9,
        commands.EditWeight(layer=1, row=0, column=1, value=0.5),
        4,
        commands.RestoreModel(layers=layers),
        20,
        commands.Patch(patch={"training": {"l2": 0.1}}),
    ]
    walk(session, moves, seen)
    woken = Session.from_checkpoint(session.checkpoint())
    assert woken.checkpoint() == session.checkpoint()
    assert_reached(woken, seen)
