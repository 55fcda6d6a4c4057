"""Steps that a runner owes its callers, forward and back: in slices, so that other sessions are served meanwhile."""

from __future__ import annotations

import time

import pytest

from nnlab.errors import Conflict, NotFound, Unsettled
from nnlab.fleet.runner.desk import MOST_OWED, MOST_WAITING
from nnlab.fleet.wire import Reply, Watch
from nnlab.session import commands
from nnlab.session.picture.want import PLAIN
from nnlab.session.replies import KeyReused
from tests.unit.fleet.labs import Lab, V, W
from tests.unit.making import wait_until


def test_step_takes_exactly_its_steps_and_others_are_served_meanwhile(lab: Lab) -> None:
    lab.create(W)
    long = lab.ask(V, commands.Step(steps=5000))
    assert lab.step_of(W) == 0
    assert lab.reply(long)["snapshot"]["step"] == 5000
    assert lab.step_of() == 5000


def test_steps_asked_for_while_others_are_owed_follow_them(lab: Lab) -> None:
    asked = [lab.ask(V, commands.Step(steps=steps)) for steps in (50, 7, 1)]
    assert [lab.reply(request_id)["snapshot"]["step"] for request_id in asked] == [50, 57, 58]


def far_back(lab: Lab) -> int:
    """A session V whose step 700 is hundreds of steps of a large network away from the moments that are kept."""
    lab.call(V, commands.Patch(patch={"network": {"hidden": [{"units": 64, "activation": "tanh"}] * 3}}))
    lab.call(V, commands.Step(steps=2000))
    return 700


def test_back_is_taken_in_slices_and_others_are_served_meanwhile(lab: Lab) -> None:
    lab.create(W)
    target = far_back(lab)
    back = lab.ask(V, commands.Back(to_step=target))
    other = lab.ask(W, commands.ReadSnapshot())
    same = lab.ask(V, commands.ReadSnapshot())
    assert lab.reply(same)["snapshot"]["step"] == 2000, "until it arrives the session stays as it is"
    assert lab.reply(back)["snapshot"]["step"] == target
    order = [one.request_id for one in lab.channel.said if isinstance(one, Reply)]
    assert order.index(other) < order.index(back)
    assert order.index(same) < order.index(back)


def test_steps_asked_for_while_the_session_goes_back_follow_it(lab: Lab) -> None:
    target = far_back(lab)
    asked = [lab.ask(V, commands.Back(to_step=target)), lab.ask(V, commands.Step(steps=3))]
    assert [lab.reply(request_id)["snapshot"]["step"] for request_id in asked] == [target, target + 3]


def test_a_newer_back_or_a_change_ends_a_back(lab: Lab) -> None:
    target = far_back(lab)
    first, second = lab.ask(V, commands.Back(to_step=target)), lab.ask(V, commands.Back(to_step=target - 300))
    with pytest.raises(Unsettled):
        lab.reply(first)
    assert lab.reply(second)["snapshot"]["step"] == target - 300
    third = lab.ask(V, commands.Back(to_step=target))
    lab.call(V, commands.Patch(patch={"title": "Changed meanwhile"}))
    with pytest.raises(Unsettled):
        lab.reply(third)
    assert lab.step_of() == target - 300


def test_watchers_see_the_document_of_another_moment(lab: Lab) -> None:
    lab.call(V, commands.Step(steps=20))
    lab.call(V, commands.Patch(patch={"network": {"hidden": []}}))
    lab.call(V, commands.Step(steps=20))
    lab.channel.tell(Watch(V, PLAIN))
    lab.call(V, commands.Back(to_step=10))
    wait_until(lambda: len(lab.events("document")[-1]["document"]["network"]["hidden"]) == 1)
    wait_until(lambda: lab.events("frame")[-1]["step"] == 10)


def test_there_is_a_limit_to_steps_that_are_owed_and_pause_ends_them(lab: Lab) -> None:
    asked = [lab.ask(V, commands.Step(steps=10_000)) for _ in range(MOST_OWED)]
    with pytest.raises(Conflict, match="already"):
        lab.call(V, commands.Step(steps=1))
    lab.call(V, commands.Pause())
    for request_id in asked:
        with pytest.raises(Unsettled):
            lab.reply(request_id)
    step = lab.step_of()
    assert step < 10_000 * MOST_OWED
    assert lab.call(V, commands.Step(steps=1))["snapshot"]["step"] == step + 1


def under_a_key(command: commands.Change, fingerprint: str = "this request") -> commands.Once:
    return commands.Once(key="k" * 16, fingerprint=fingerprint, command=command)


@pytest.mark.parametrize(
    "other",
    [
        commands.Step(steps=1),
        commands.Back(to_step=0),
        commands.Patch(patch={"title": "another"}),
        commands.Reset(),
        commands.Delete(),
    ],
    ids=lambda command: type(command).__name__,
)
def test_a_key_whose_steps_are_being_taken_is_refused_to_any_other_request(lab: Lab, other: commands.Change) -> None:
    steps = lab.ask(V, under_a_key(commands.Step(steps=2000)))
    with pytest.raises(KeyReused):
        lab.call(V, under_a_key(other, "another request"))
    assert lab.reply(steps)["snapshot"]["step"] == 2000
    assert lab.call(V, under_a_key(commands.Step(steps=2000)))["snapshot"]["step"] == 2000


def test_those_who_repeat_steps_under_a_key_get_the_same_answer_and_are_not_too_many(lab: Lab) -> None:
    few = [lab.ask(V, under_a_key(commands.Step(steps=100))) for _ in range(MOST_WAITING)]
    assert {lab.reply(request_id)["snapshot"]["step"] for request_id in few} == {100}
    far_back(lab)
    many = commands.Once(key="m" * 16, fingerprint="many", command=commands.Step(steps=10_000))
    asked = [lab.ask(V, many) for _ in range(MOST_WAITING)]
    with pytest.raises(Unsettled, match="being taken"):
        lab.call(V, many)
    lab.call(V, commands.Pause())
    for request_id in asked:
        with pytest.raises(Unsettled, match="not finished"):
            lab.reply(request_id)


def test_a_larger_network_begins_with_one_step(lab: Lab) -> None:
    """The cost of a step that was learned on a small network would make the first slice of a large one last seconds."""
    lab.call(V, commands.Patch(patch={"pace": {"steps_per_second": 50_000}, "network": {"hidden": []}}))
    lab.call(V, commands.Run())
    wait_until(lambda: lab.step_of() > 500)
    hidden = [{"units": 128, "activation": "tanh"}] * 8
    lab.call(V, commands.Patch(patch={"network": {"hidden": hidden}, "training": {"batch_size": 2000}}))
    began = time.monotonic()
    lab.call(V, commands.Read())
    assert time.monotonic() - began < 1.0


def test_step_pauses_a_running_session(lab: Lab) -> None:
    lab.call(V, commands.Run())
    wait_until(lambda: lab.step_of() > 0)
    snapshot = lab.call(V, commands.Step(steps=10))["snapshot"]
    assert snapshot["state"] == "paused"
    assert lab.step_of() == snapshot["step"]


def test_step_without_training_points_is_refused(lab: Lab) -> None:
    lab.create(W, points=[])
    with pytest.raises(Conflict, match="add a point"):
        lab.call(W, commands.Step(steps=1))


def test_a_session_that_is_deleted_while_steps_are_owed_leaves_no_caller_waiting(lab: Lab) -> None:
    steps = lab.ask(V, commands.Step(steps=10_000))
    lab.call(V, commands.Delete())
    with pytest.raises((NotFound, Unsettled)):
        lab.reply(steps)
