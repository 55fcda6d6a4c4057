"""A store that is slow, full or cannot be written: changes wait or are refused, and everything else goes on."""

from __future__ import annotations

import logging
import math
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from nnlab.database.errors import StoreBusy, StoreFull
from nnlab.errors import NotFound, TooMany
from nnlab.fleet.runner.queues import MOST_CALLS
from nnlab.fleet.runner.writing import Writer
from nnlab.fleet.store import Store
from nnlab.fleet.store.retention import DAY_S
from nnlab.fleet.wire import Beat, Reply, Watch
from nnlab.session import commands
from nnlab.session.picture.want import PLAIN
from nnlab.session.session import Session
from tests.unit.fleet.labs import Lab, V, W
from tests.unit.making import DEADLINE_S, make_document, wait_until


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)


@pytest.fixture
def running(lab: Lab) -> Lab:
    """A lab whose session V runs and is watched."""
    lab.call(V, commands.Patch(patch={"pace": {"steps_per_second": 300, "frames_per_second": 30}}))
    lab.channel.tell(Watch(V, PLAIN))
    lab.call(V, commands.Run())
    wait_until(lambda: lab.events("frame"))
    return lab


@contextmanager
def locked(lab: Lab) -> Iterator[None]:
    """Another process has the store."""
    connection = sqlite3.connect(lab.settings.database, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def is_answered(lab: Lab, request_id: int) -> bool:
    return any(isinstance(one, Reply) and one.request_id == request_id for one in list(lab.channel.said))


def patience_of_the_store(patch: pytest.MonkeyPatch, seconds: float) -> None:
    patch.setattr("nnlab.fleet.store.schema.BUSY_TIMEOUT_S", seconds)


def title(name: str) -> commands.Patch:
    return commands.Patch(patch={"title": name})


def test_while_the_store_is_locked_changes_wait_and_training_and_frames_go_on(running: Lab) -> None:
    with locked(running):
        change = running.ask(V, title("late"))
        for _ in range(3):
            frames, step = len(running.events("frame")), running.step_of()
            wait_until(lambda frames=frames: len(running.events("frame")) > frames + 10)
            assert running.step_of() > step
        assert not is_answered(running, change)
    assert running.reply(change)["document"]["title"] == "late"


def test_nobody_sees_a_change_before_it_is_stored(running: Lab) -> None:
    with locked(running):
        change = running.ask(V, title("late"))
        assert running.call(V, commands.Read())["document"]["title"] == ""
        assert {event["document"]["title"] for event in running.events("document")} == {""}
    running.reply(change)
    assert running.call(V, commands.Read())["document"]["title"] == "late"
    wait_until(lambda: running.events("document")[-1]["document"]["title"] == "late")


def test_changes_that_waited_are_made_in_order(running: Lab) -> None:
    running.create(W)
    with locked(running):
        asked = [(view_id, running.ask(view_id, title(name))) for name in "abcd" for view_id in (V, W)]
        reset = running.ask(V, commands.Reset())
    revisions = [running.reply(request_id)["revision"] for view_id, request_id in asked if view_id == V]
    assert revisions == list(range(revisions[0], revisions[0] + 4))
    assert running.reply(reset)["document"]["title"] == "d"
    replies = [one.request_id for one in running.channel.said if isinstance(one, Reply)]
    order = [replies.index(request_id) for _, request_id in asked[::2]]
    assert order == sorted(order)
    wait_until(lambda: running.events("document")[-1]["document"]["title"] == "d")
    revisions = [event["revision"] for event in running.events("document")]
    assert revisions == sorted(revisions)


def test_changes_beyond_a_queue_are_refused_at_once_and_other_sessions_are_served(running: Lab) -> None:
    running.create(W)
    with locked(running):
        asked = [running.ask(V, title(f"{number}")) for number in range(2 * MOST_CALLS)]
        with pytest.raises(TooMany):
            running.reply(asked[-1])
        assert running.call(W, commands.Read())["revision"] == 1
        assert not is_answered(running, asked[0])
    for request_id in asked[:MOST_CALLS]:
        assert running.reply(request_id)["document"]["title"]


def test_a_session_that_sleeps_is_woken_when_the_store_is_free(lab: Lab, new_lab: Any) -> None:
    lab.stop()
    other = new_lab()
    with locked(other):
        read = other.ask(V, commands.Read())
        nothing = other.ask(W, commands.Read())
        assert not is_answered(other, read)
    assert other.reply(read)["revision"] == 1
    with pytest.raises(NotFound):
        other.reply(nothing)


@pytest.mark.thorough
def test_a_store_that_stays_locked_refuses_with_the_reason_and_nothing_is_lost(
    new_lab: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience_of_the_store(monkeypatch, 0.2)
    lab = new_lab()
    lab.create(pace={"steps_per_second": 300, "resolution": 20})
    lab.call(V, commands.Run())
    with locked(lab):
        step = wait_until(lambda: (step := lab.step_of()) > 50 and step)
        changes = [lab.ask(V, title(f"{number}")) for number in range(5)]
        for change in changes:
            with pytest.raises(StoreBusy, match="nothing was changed"):
                lab.reply(change)
        with pytest.raises(StoreBusy):
            lab.call(W, commands.Create(document=_document(lab)))
        with pytest.raises(StoreBusy):
            lab.call(V, commands.Delete())
        assert lab.step_of() >= step
    assert lab.call(V, title("free"))["revision"] == 2
    assert lab.step_of() >= step


def test_changes_that_wait_for_their_turn_behind_a_refused_one_are_answered_too(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience_of_the_store(monkeypatch, 0.2)
    with locked(lab):  # a paused session has no turn by itself in which they might be found
        for change in [lab.ask(V, title(f"{number}")) for number in range(5)]:
            with pytest.raises(StoreBusy):
                lab.reply(change)


def _document(lab: Lab) -> Any:
    return lab.runner._keeper.awake[V].subject.document  # type: ignore[union-attr]


def refuse_saves(patch: pytest.MonkeyPatch) -> None:
    def full(*arguments: Any) -> None:
        raise StoreFull

    patch.setattr(Store, "save", full)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "change",
    [
        title("lost"),
        commands.Reset(),
        commands.EditWeight(layer=1, row=0, column=0, value=9.0),
        commands.Patch(patch={"network": {"hidden": []}}),
        commands.Undo(),
    ],
    ids=["title", "reset", "weight", "layers", "undo"],
)
def test_a_full_disk_takes_back_the_change_alone(
    running: Lab, monkeypatch: pytest.MonkeyPatch, change: commands.Change
) -> None:
    with monkeypatch.context() as patch:
        refuse_saves(patch)
        step = wait_until(lambda: (step := running.step_of()) > 400 and step)
        before = running.call(V, commands.Read())
        with pytest.raises(StoreFull, match="disk is full"):
            running.call(V, change)
        after = running.call(V, commands.Read())
        assert (after["document"], after["revision"]) == (before["document"], before["revision"])
        assert after["snapshot"]["state"] == "running"
        wait_until(lambda: running.step_of() > step + 100)
        assert all(frame["step"] > 0 for frame in running.events("frame")[-20:])
    assert running.call(V, title("kept"))["revision"] == before["revision"] + 1
    running.call(V, commands.Undo())
    assert running.call(V, commands.Undo())["document"]["pace"]["steps_per_second"] == 600


def test_a_change_to_what_is_so_already_asks_nothing_of_the_store(
    running: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = running.call(V, title("the same"))
    with monkeypatch.context() as patch:
        refuse_saves(patch)
        again = [running.ask(V, title("the same")) for _ in range(5)]
        assert {running.reply(request_id)["revision"] for request_id in again} == {before["revision"]}
        with pytest.raises(StoreFull):
            running.call(V, title("another"))
    running.call(V, commands.Undo())
    assert running.call(V, commands.Read())["document"]["title"] == ""


def test_the_beat_says_what_ails_the_store(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnlab.fleet.runner.writing.TROUBLE_S", 0.5)
    with monkeypatch.context() as patch:
        refuse_saves(patch)
        with pytest.raises(StoreFull):
            lab.call(V, title("lost"))
        lab.channel.wait_for(lambda one: isinstance(one, Beat) and isinstance(one.trouble, StoreFull))
    said = len(lab.channel.said)
    wait_until(lambda: any(isinstance(one, Beat) and one.trouble is None for one in lab.channel.said[said:]))


def test_a_store_that_cannot_be_written_is_noticed_without_a_change(
    new_lab: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience_of_the_store(monkeypatch, 0.1)
    lab = new_lab()
    with locked(lab):
        lab.channel.wait_for(lambda one: isinstance(one, Beat) and isinstance(one.trouble, StoreBusy))


def test_a_watcher_waits_for_a_session_that_cannot_be_fetched(new_lab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = new_lab()
    first.create()
    first.stop()
    second = new_lab()
    with monkeypatch.context() as patch:

        def busy(*arguments: Any) -> None:
            raise StoreBusy

        patch.setattr(Store, "claim", busy)
        patch.setattr(Store, "read", busy)
        second.channel.tell(Watch(V, PLAIN))
        with pytest.raises(StoreBusy):
            second.call(V, commands.Read())
    wait_until(lambda: second.events("frame"))


@pytest.mark.thorough
def test_what_was_trained_is_saved_though_the_store_refused_for_a_while(
    new_lab: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = new_lab()
    first.create()
    first.call(V, commands.Run())
    with monkeypatch.context() as patch:
        refuse_saves(patch)
        step = wait_until(lambda: (step := first.step_of()) > 900 and step)
    first.stop()
    assert new_lab().step_of() >= step


def test_a_session_whose_change_is_at_the_store_when_the_runner_ends_keeps_its_chart(
    lab: Lab, new_lab: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):  # what comes soon after is saved without the chart
        lab.call(V, commands.Step(steps=100))
    history = lab.call(V, commands.ReadHistory())
    is_saving, is_ending = threading.Event(), threading.Event()
    save, close = Store.save, Writer.close

    def save_at_the_end(*arguments: Any) -> None:
        is_saving.set()
        assert is_ending.wait(DEADLINE_S)
        save(*arguments)

    def end(writer: Writer) -> None:
        is_ending.set()
        close(writer)

    monkeypatch.setattr(Store, "save", save_at_the_end)
    monkeypatch.setattr(Writer, "close", end)
    lab.ask(V, title("kept"))
    assert is_saving.wait(DEADLINE_S)
    lab.stop()
    next_one = new_lab()
    assert next_one.call(V, commands.Read())["document"]["title"] == "kept"
    assert next_one.call(V, commands.ReadHistory()) == history


def test_what_nobody_has_used_for_too_long_leaves_while_the_runner_works(new_lab: Any, tmp_path: Path) -> None:
    names = ["v" + letter * 22 for letter in "CDEF"]
    forgotten, read, watched, young = names
    for view_id, days in zip(names, (3.1, 3.1, 3.1, 2.9), strict=True):
        past = Store(tmp_path / "nnlab.sqlite3", clock=lambda days=days: time.time() - days * DAY_S)
        checkpoint = Session(make_document()).checkpoint()
        past.save(view_id, past.create(view_id, checkpoint), checkpoint)
        past.close()
    lab = new_lab(keep_days=3)
    lab.runner._retention._next_sweep_s = math.inf
    lab.channel.tell(Watch(watched, PLAIN))
    lab.call(read, commands.Read())
    wait_until(lambda: lab.events("frame", watched))

    lab.runner._retention._next_sweep_s = 0.0  # its hour has come
    store = Store(tmp_path / "nnlab.sqlite3")
    wait_until(lambda: store.read(forgotten) is None)
    store.close()
    for kept in (read, watched, young):
        lab.call(kept, commands.Exists())
    with pytest.raises(NotFound):
        lab.call(forgotten, commands.Exists())
