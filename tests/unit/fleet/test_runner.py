"""A runner inside this process, over a channel in memory."""

from __future__ import annotations

import itertools
import json
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nnlab.errors import Conflict, InternalError, InvalidInput, NotFound, Unavailable
from nnlab.fleet.desk import MOST_OWED
from nnlab.fleet.frames import inflate
from nnlab.fleet.runner import Runner
from nnlab.fleet.store import Store
from nnlab.fleet.wire import Asleep, Beat, Call, Event, Message, Reply, Unwatch, Watch
from nnlab.session import commands
from nnlab.settings import Settings
from tests.unit.making import DEADLINE_S, make_document, wait_until

V, W = "v" + "A" * 22, "v" + "B" * 22


class MemoryChannel:
    """Both ends of a channel: what the runner is told, and what it says."""

    def __init__(self) -> None:
        self._down: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._changed = threading.Condition()
        self.said: list[Message] = []

    def send(self, message: Message) -> None:
        """Called by the runner."""
        with self._changed:
            self.said.append(message)
            self._changed.notify_all()

    def receive(self) -> Message | None:
        """Called by the runner."""
        return self._down.get()

    def tell(self, message: Message | None) -> None:
        """Called by the test; None is the end."""
        self._down.put(message)

    def wait_for(self, wanted: Callable[[Message], bool]) -> Any:
        """The first thing said that is wanted."""
        with self._changed:
            found = self._changed.wait_for(lambda: [one for one in self.said if wanted(one)], DEADLINE_S)
        assert found, f"not among {len(self.said)} messages"
        return found[0]


class Lab:
    """A runner at work, and its caller."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.channel = MemoryChannel()
        self.runner: Runner | None = None
        self._request_ids = itertools.count(1)
        self._ready = threading.Event()
        self._threads = [threading.Thread(target=self._serve)]
        self._threads[0].start()
        assert self._ready.wait(DEADLINE_S)

    def _serve(self) -> None:
        self.runner = Runner(self.channel, Store(self.settings.database), self.settings)  # type: ignore[arg-type]
        self._threads.append(threading.Thread(target=self.runner.listen))
        self._threads[1].start()
        self._ready.set()
        self.runner.run()

    def ask(self, view_id: str, command: Any) -> int:
        """Send a call; its request id."""
        request_id = next(self._request_ids)
        self.channel.tell(Call(request_id, view_id, command))
        return request_id

    def reply(self, request_id: int) -> Any:
        """Wait for the reply to a call; its value, or its error raised."""
        reply = self.channel.wait_for(lambda one: isinstance(one, Reply) and one.request_id == request_id)
        if reply.error is not None:
            raise reply.error
        return reply.value

    def call(self, view_id: str, command: Any) -> Any:
        """Send a call and wait for its reply."""
        return self.reply(self.ask(view_id, command))

    def create(self, view_id: str = V, **fields: Any) -> None:
        """Make a small session."""
        self.call(view_id, commands.Create(document=make_document(**{"pace": {"resolution": 20}} | fields)))

    def step_of(self, view_id: str = V) -> int:
        """Updates so far."""
        step: int = self.call(view_id, commands.ReadSnapshot())["snapshot"]["step"]
        return step

    def events(self, kind: str, view_id: str = V) -> list[dict[str, Any]]:
        """Data of the events so far."""
        said = [one for one in list(self.channel.said) if isinstance(one, Event)]
        pieces = [inflate(one.piece).decode() for one in said if (one.kind, one.view_id) == (kind, view_id)]
        return [json.loads(piece.split("data: ", 1)[1]) for piece in pieces]

    def stop(self) -> None:
        """The end of the pipe: the runner saves and ends."""
        self.channel.tell(None)
        for thread in self._threads:
            thread.join(DEADLINE_S)
            assert not thread.is_alive()


@pytest.fixture
def new_lab(tmp_path: Path) -> Iterator[Callable[..., Lab]]:
    """Makes runners on one database, and ends them after the test."""
    labs: list[Lab] = []

    def make(**settings: Any) -> Lab:
        labs.append(Lab(Settings(database=tmp_path / "nnlab.sqlite3", **settings)))
        return labs[-1]

    yield make
    for lab in labs:
        lab.stop()


@pytest.fixture
def lab(new_lab: Callable[..., Lab]) -> Lab:
    """One runner with a paused session, V."""
    lab = new_lab()
    lab.create()
    return lab


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
    with pytest.raises(Unavailable):
        lab.reply(first)
    assert lab.reply(second)["snapshot"]["step"] == target - 300
    third = lab.ask(V, commands.Back(to_step=target))
    lab.call(V, commands.Patch(patch={"title": "Changed meanwhile"}))
    with pytest.raises(Unavailable):
        lab.reply(third)
    assert lab.step_of() == target - 300


def test_watchers_see_the_document_of_another_moment(lab: Lab) -> None:
    lab.call(V, commands.Step(steps=20))
    lab.call(V, commands.Patch(patch={"network": {"hidden": []}}))
    lab.call(V, commands.Step(steps=20))
    lab.channel.tell(Watch(V, ()))
    lab.call(V, commands.Back(to_step=10))
    wait_until(lambda: len(lab.events("document")[-1]["document"]["network"]["hidden"]) == 1)
    wait_until(lambda: lab.events("frame")[-1]["step"] == 10)


def test_there_is_a_limit_to_steps_that_are_owed_and_pause_ends_them(lab: Lab) -> None:
    asked = [lab.ask(V, commands.Step(steps=10_000)) for _ in range(MOST_OWED)]
    with pytest.raises(Conflict, match="already"):
        lab.call(V, commands.Step(steps=1))
    lab.call(V, commands.Pause())
    for request_id in asked:
        with pytest.raises(Unavailable):
            lab.reply(request_id)
    step = lab.step_of()
    assert step < 10_000 * MOST_OWED
    assert lab.call(V, commands.Step(steps=1))["snapshot"]["step"] == step + 1


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


def test_a_view_that_cannot_be_made_is_left_out(lab: Lab) -> None:
    layer = {"units": 40, "activation": "identity"}
    lab.create(W, network={"hidden": [layer] * 8})
    model = lab.call(W, commands.ReadModel())
    for one in model["layers"]:
        one["weights"] = [[1e6] * len(row) for row in one["weights"]]
    lab.call(W, commands.RestoreModel.model_validate(model))
    lab.channel.tell(Watch(W, ("units", "warp", "weights")))
    wait_until(lambda: lab.events("frame", W))
    assert lab.events("frame", W)[-1]["warp"] is None


def test_a_query_does_not_wait_for_the_store(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.call(V, commands.Read())

    def locked(*arguments: Any) -> None:
        raise sqlite3.OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "transaction", locked)
        assert lab.call(V, commands.Read())["revision"] == 1


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
    with pytest.raises((NotFound, Unavailable)):
        lab.reply(steps)


def test_a_failure_while_training_pauses_the_session_and_leaves_no_caller_waiting(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*arguments: Any) -> int:
        raise ZeroDivisionError

    with monkeypatch.context() as patch, caplog.at_level(logging.CRITICAL):
        patch.setattr("nnlab.session.session.Session.advance", broken)
        with pytest.raises(Unavailable):
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
    lab.channel.tell(Watch(V, ()))
    wait_until(lambda: lab.events("frame"))
    assert lab.events("document")[0] == {
        "view_id": V, "revision": 1, "document": make_document(pace={"resolution": 20}).model_dump(mode="json") | {
            "points": lab.call(V, commands.Read())["document"]["points"]},
    }  # fmt: skip
    lab.call(V, commands.Run())
    wait_until(lambda: len(lab.events("frame")) > 3)
    lab.channel.tell(Unwatch(V, ()))
    lab.call(V, commands.Read())
    count, step = len(lab.events("frame")), lab.step_of()
    wait_until(lambda: lab.step_of() > step + 100)
    assert len(lab.events("frame")) == count


def test_each_change_of_the_document_is_shown_and_a_read_is_not(lab: Lab) -> None:
    lab.channel.tell(Watch(V, ()))
    lab.call(V, commands.Read())
    for title in "abc":
        lab.call(V, commands.Patch(patch={"title": title}))
        lab.call(V, commands.Read())
    lab.call(V, commands.Pause())
    lab.call(V, commands.Read())
    assert [event["document"]["title"] for event in lab.events("document")] == ["", "a", "b", "c"]


def test_a_deleted_session_says_bye_and_is_gone(lab: Lab) -> None:
    lab.channel.tell(Watch(V, ()))
    lab.call(V, commands.Delete())
    assert {"reason": "deleted"} in lab.events("bye")
    for command in (commands.Read(), commands.Delete(), commands.Step(steps=1)):
        with pytest.raises(NotFound):
            lab.call(V, command)
    lab.channel.tell(Watch(V, ()))
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
    lab.channel.tell(Watch(V, ()))
    wait_until(lambda: lab.events("frame"))

    def full(*arguments: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

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


def test_beats_tell_how_many_are_awake_and_training(lab: Lab) -> None:
    lab.channel.wait_for(lambda one: isinstance(one, Beat))
    lab.create(W)
    lab.call(W, commands.Run())
    lab.channel.wait_for(lambda one: one == Beat(2, 1))
