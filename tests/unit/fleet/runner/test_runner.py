"""What a runner does with calls, watchers and the store."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest

from nnlab.database.errors import StoreBusy, StoreFull
from nnlab.errors import Conflict, InternalError, InvalidInput, NotFound, Unavailable, Unsettled
from nnlab.fleet.store import Store
from nnlab.fleet.wire import Asleep, Beat, Reply, Unwatch, Watch
from nnlab.session import commands
from nnlab.session.picture.want import PLAIN, Want
from tests.unit.fleet.labs import Lab, V, W
from tests.unit.making import make_document, wait_until


def test_every_call_gets_the_reply_to_itself(lab: Lab) -> None:
    lab.create(W)
    asked = {}
    for count in range(40):
        view_id = (V, W)[count % 2]
        asked[lab.ask(view_id, commands.Patch(patch={"title": f"{count}"}))] = f"{count}"
    for request_id, title in asked.items():
        assert lab.reply(request_id)["document"]["title"] == title
    replies = [one.request_id for one in lab.channel.said if isinstance(one, Reply)]
    assert len(replies) == len(set(replies))


def test_errors_go_to_their_caller_and_the_next_call_is_served(lab: Lab) -> None:
    with pytest.raises(InvalidInput):
        lab.call(V, commands.Patch(patch={"classes": 99}))
    with pytest.raises(NotFound):
        lab.call(W, commands.Read())
    with pytest.raises(Conflict):
        lab.call(V, commands.Undo())
    assert lab.call(V, commands.Read())["revision"] == 1


def test_a_bug_is_an_internal_error_and_the_session_is_as_it_was_stored(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = lab.call(V, commands.Read())

    def broken(session: Any) -> None:
        session.document = make_document(title="half a change")
        raise ZeroDivisionError

    with monkeypatch.context() as patch, caplog.at_level(logging.CRITICAL):
        patch.setattr("nnlab.session.session.Session.start", broken)
        with pytest.raises(InternalError):
            lab.call(V, commands.Run())
    assert lab.call(V, commands.Read())["document"] == before["document"]


def test_a_view_that_cannot_be_made_is_left_out(lab: Lab) -> None:
    layer = {"units": 40, "activation": "identity"}
    lab.create(W, network={"hidden": [layer] * 8})
    model = lab.call(W, commands.ReadModel())
    for one in model["layers"]:
        one["weights"] = [[1e6] * len(row) for row in one["weights"]]
    lab.call(W, commands.RestoreModel.model_validate(model))
    lab.channel.tell(Watch(W, Want(("regions", "units", "warp", "weights"))))
    wait_until(lambda: lab.events("frame", W))
    assert lab.events("frame", W)[-1]["warp"] is None


def test_a_query_does_not_wait_for_the_store(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.call(V, commands.Read())

    def locked(*arguments: Any) -> None:
        raise StoreBusy

    with monkeypatch.context() as patch:
        patch.setattr(Store, "transaction", locked)
        assert lab.call(V, commands.Read())["revision"] == 1


def test_a_failure_while_training_pauses_the_session_and_leaves_no_caller_waiting(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*arguments: Any) -> int:
        raise ZeroDivisionError

    with monkeypatch.context() as patch, caplog.at_level(logging.CRITICAL):
        patch.setattr("nnlab.session.session.Session.advance", broken)
        with pytest.raises(Unsettled):
            lab.call(V, commands.Step(steps=10))
        lab.call(V, commands.Run())
        wait_until(lambda: lab.call(V, commands.ReadSnapshot())["snapshot"]["state"] == "paused")
    assert lab.call(V, commands.Step(steps=10))["snapshot"]["step"] == 10


def test_run_trains_until_pause(lab: Lab) -> None:
    lab.call(V, commands.Run())
    wait_until(lambda: lab.step_of() > 20)
    lab.call(V, commands.Pause())
    assert lab.step_of() == lab.step_of()


def test_a_watcher_gets_the_document_then_frames_and_none_after_unwatch(lab: Lab) -> None:
    lab.channel.tell(Watch(V, PLAIN))
    wait_until(lambda: lab.events("frame"))
    assert lab.events("document")[0] == {
        "session": V, "view_id": V, "revision": 1, "points_revision": 1,
        "document": make_document(pace={"resolution": 20}).model_dump(mode="json") | {
            "points": lab.call(V, commands.Read())["document"]["points"]},
    }  # fmt: skip
    lab.call(V, commands.Run())
    wait_until(lambda: len(lab.events("frame")) > 3)
    lab.channel.tell(Unwatch(V, PLAIN))
    lab.call(V, commands.Read())
    count, step = len(lab.events("frame")), lab.step_of()
    wait_until(lambda: lab.step_of() > step + 100)
    assert len(lab.events("frame")) == count


def test_the_newest_document_is_shown_once_and_a_read_shows_none(lab: Lab) -> None:
    lab.channel.tell(Watch(V, PLAIN))
    lab.call(V, commands.Read())
    for title in "abc":
        lab.call(V, commands.Patch(patch={"title": title}))
        lab.call(V, commands.Read())
    wait_until(lambda: lab.events("document")[-1]["document"]["title"] == "c")
    seq = max((event["seq"] for event in lab.events("frame")), default=0)
    lab.call(V, commands.Pause())
    wait_until(lambda: any(event["seq"] > seq for event in lab.events("frame")))
    titles = [event["document"]["title"] for event in lab.events("document")]
    assert titles == sorted(set(titles))


def test_a_deleted_session_says_bye_and_is_gone(lab: Lab) -> None:
    lab.channel.tell(Watch(V, PLAIN))
    lab.call(V, commands.Delete())
    assert {"session": V, "reason": "deleted"} in lab.events("bye")
    for command in (commands.Read(), commands.Delete(), commands.Step(steps=1)):
        with pytest.raises(NotFound):
            lab.call(V, command)
    lab.channel.tell(Watch(V, PLAIN))
    lab.create(W)
    assert lab.events("frame", W) == []


def test_many_running_sessions_all_go_forward(lab: Lab) -> None:
    names = [f"v{number:022}" for number in range(6)]
    for name in names:
        lab.create(name, pace={"steps_per_second": 50_000, "resolution": 20})
        lab.call(name, commands.Run())
    for name in names:
        wait_until(lambda name=name: lab.step_of(name) > 50)


def test_what_was_done_is_there_for_the_next_runner(new_lab: Callable[..., Lab]) -> None:
    first = new_lab()
    first.create()
    first.call(V, commands.Patch(patch={"title": "kept"}))
    first.call(V, commands.Step(steps=123))
    model, history = first.call(V, commands.ReadModel()), first.call(V, commands.ReadHistory())
    first.stop()
    second = new_lab()
    whole = second.call(V, commands.Read())
    assert (whole["document"]["title"], whole["revision"], whole["snapshot"]["step"]) == ("kept", 2, 123)
    assert second.call(V, commands.ReadModel()) == model
    assert second.call(V, commands.ReadHistory()) == history


def test_a_running_session_is_saved_at_the_end_and_goes_on_with_the_next_runner(new_lab: Callable[..., Lab]) -> None:
    first = new_lab()
    first.create()
    first.call(V, commands.Run())
    step = wait_until(lambda: (step := first.step_of()) > 50 and step)
    first.stop()
    second = new_lab()
    assert second.step_of() >= step
    wait_until(lambda: second.step_of() > step + 50)


def test_a_session_that_another_runner_has_taken_over_is_not_changed_here(new_lab: Callable[..., Lab]) -> None:
    old, new = new_lab(), new_lab()
    old.create()
    new.call(V, commands.Patch(patch={"title": "new"}))
    with pytest.raises(Unavailable, match="nothing was changed"):
        old.call(V, commands.Patch(patch={"title": "old"}))
    assert new.call(V, commands.Read())["document"]["title"] == "new"


def test_a_change_that_cannot_be_stored_is_not_made_and_watchers_go_on(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lab.channel.tell(Watch(V, PLAIN))
    wait_until(lambda: lab.events("frame"))

    def full(*arguments: Any) -> None:
        raise StoreFull

    with monkeypatch.context() as patch, caplog.at_level(logging.CRITICAL):
        patch.setattr(Store, "save", full)
        with pytest.raises(Unavailable, match="nothing was changed"):
            lab.call(V, commands.Patch(patch={"title": "lost"}))
    assert lab.call(V, commands.Patch(patch={"title": "kept"}))["revision"] == 2
    wait_until(lambda: any(event["document"]["title"] == "kept" for event in lab.events("document")))
    assert "lost" not in {event["document"]["title"] for event in lab.events("document")}


def test_idle_sessions_go_to_sleep_and_wake_at_a_call(new_lab: Callable[..., Lab]) -> None:
    lab = new_lab(sleep_s=0.01)
    lab.create()
    lab.call(V, commands.Step(steps=5))
    lab.channel.wait_for(lambda one: one == Asleep(V))
    assert lab.step_of() == 5


def names_kept(lab: Lab) -> set[str]:
    """The sessions that a runner's tables know by name."""
    runner: Any = lab.runner
    keeper, studio, quarantine = runner._keeper, runner._studio, runner._desk.boundary.quarantine
    tables = [
        *[keeper.awake, keeper._audiences, keeper._checkpoints, runner._calls._queues, runner._desk._lines._lines],
        *[studio._jobs, quarantine._failures, quarantine._until_s],
        *[table for turns in (runner._turns, studio._turns) for table in (turns._plans, turns._ends, turns._since_s)],
    ]
    return {name for table in tables for name in [*table]}


def fall_asleep(lab: Lab) -> None:
    lab.call(V, commands.Step(steps=5))


def be_watched_and_fall_asleep(lab: Lab) -> None:
    lab.channel.tell(Watch(V, PLAIN))
    wait_until(lambda: lab.events("frame"))
    lab.channel.tell(Unwatch(V, PLAIN))


def be_deleted_and_asked_for(lab: Lab) -> None:
    lab.call(V, commands.Delete())
    with pytest.raises(NotFound):
        lab.call(V, commands.Read())


def fail_to_be_saved(lab: Lab) -> None:
    """The answer to Step fails, and then a checkpoint, with no turn to come."""

    def broken(*arguments: Any, **options: Any) -> None:
        raise ZeroDivisionError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nnlab.fleet.runner.quarantine.MOST_FAILURES", 2)
        patch.setattr("nnlab.fleet.runner.awake.Awake.checkpoint", broken)
        with pytest.raises(Unsettled):
            lab.call(V, commands.Step(steps=1))
        lab.channel.wait_for(lambda one: one == Asleep(V))


@pytest.mark.parametrize("go", [fall_asleep, be_watched_and_fall_asleep, be_deleted_and_asked_for, fail_to_be_saved])
def test_nothing_is_kept_of_sessions_that_are_gone(
    new_lab: Callable[..., Lab],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    go: Callable[[Lab], None],
) -> None:
    monkeypatch.setattr("nnlab.fleet.runner.loop.CHECKPOINT_EVERY_S", 0.05)
    monkeypatch.setattr("nnlab.fleet.runner.quarantine.LEFT_ALONE_S", 0.1)
    caplog.set_level(logging.CRITICAL)
    lab = new_lab(sleep_s=0.01)
    lab.create()
    go(lab)
    lab.channel.wait_for(lambda one: one == Asleep(V))
    wait_until(lambda: names_kept(lab) == set())


def test_beats_tell_how_many_are_awake_and_training(lab: Lab) -> None:
    lab.channel.wait_for(lambda one: isinstance(one, Beat))
    lab.create(W)
    lab.call(W, commands.Run())
    lab.channel.wait_for(lambda one: one == Beat(2, 1))
