"""Sessions that fail, each in its own way, beside one that does not: nobody else is touched."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from nnlab.document.models import parse_document
from nnlab.errors import Broken, InternalError, NotFound, Unavailable, Unsettled
from nnlab.fleet.runner.awake import Awake
from nnlab.fleet.runner.quarantine import MOST_FAILURES
from nnlab.fleet.wire import Asleep, Unwatch, Watch
from nnlab.session import commands
from nnlab.session.picture.want import PLAIN
from tests.unit.fleet.labs import Lab, V, W
from tests.unit.making import wait_until


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)


@pytest.fixture
def pair(lab: Lab) -> Lab:
    """A lab with V, and W running and watched beside it."""
    lab.create(W, pace={"steps_per_second": 100, "frames_per_second": 30, "resolution": 20})
    lab.channel.tell(Watch(W, PLAIN))
    lab.call(W, commands.Run())
    wait_until(lambda: lab.events("frame", W))
    return lab


def spoil(lab: Lab, name: str = "document", content: bytes = b"{{{", view_id: str = V) -> None:
    """Overwrite a part of a stored session."""
    connection = sqlite3.connect(lab.settings.database, isolation_level=None)
    changed = connection.execute(
        "UPDATE parts SET content = ? WHERE view_id = ? AND name = ?", (content, view_id, name)
    ).rowcount
    connection.close()
    assert changed == 1


def goes_on(lab: Lab) -> None:
    """W is what it was: running, with a frame for every step."""
    frames, step = len(lab.events("frame", W)), lab.step_of(W)
    wait_until(lambda: len(lab.events("frame", W)) > frames + 2)
    assert lab.step_of(W) > step


def lay_down(lab: Lab) -> None:
    """Let V leave the memory: somebody else has claimed it."""
    connection = sqlite3.connect(lab.settings.database, isolation_level=None)
    connection.execute("UPDATE sessions SET term = term + 1 WHERE view_id = ?", (V,))
    connection.close()
    with pytest.raises(Unavailable):
        lab.call(V, commands.Pause())


@pytest.mark.parametrize(
    ("name", "content"), [("document", b"{{{"), ("document", b'{"classes": 99}'), ("document", b"[]")]
)
def test_a_watched_session_that_cannot_be_read_is_given_up_alone(pair: Lab, name: str, content: bytes) -> None:
    lay_down(pair)
    spoil(pair, name, content)
    pair.channel.tell(Watch(V, PLAIN))
    wait_until(lambda: {"session": V, "reason": "broken"} in pair.events("bye"))
    for command in (commands.Read(), commands.Pause(), commands.Step(steps=1)):
        with pytest.raises(Broken):
            pair.call(V, command)
    goes_on(pair)


def test_what_cannot_be_read_stays_in_the_store_and_can_be_deleted(pair: Lab) -> None:
    lay_down(pair)
    spoil(pair)
    with pytest.raises(Broken):
        pair.call(V, commands.Read())
    connection = sqlite3.connect(pair.settings.database)
    assert connection.execute("SELECT count(*) FROM parts WHERE content = ?", (b"{{{",)).fetchone() == (1,)
    connection.close()
    pair.call(V, commands.Delete())
    with pytest.raises(NotFound):
        pair.call(V, commands.Read())


def test_everybody_who_waits_for_a_broken_session_is_answered(pair: Lab) -> None:
    lay_down(pair)
    spoil(pair)
    asked = [pair.ask(V, command) for command in (commands.Read(), commands.Run(), commands.Read())]
    for request_id in asked:
        with pytest.raises(Broken):
            pair.reply(request_id)
    deleted = pair.ask(V, commands.Delete())
    assert pair.reply(deleted) is None


def test_a_broken_session_is_tried_again_after_a_while(pair: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnlab.fleet.runner.quarantine.LEFT_ALONE_S", 0.1)
    before = pair.call(V, commands.Read())
    lay_down(pair)
    spoil(pair)
    with pytest.raises(Broken):
        pair.call(V, commands.Read())
    spoil(pair, content=parse_document(before["document"]).model_dump_json().encode())
    said = len(pair.channel.said)
    wait_until(lambda: Asleep(V) in pair.channel.said[said:])
    assert pair.call(V, commands.Read())["document"] == before["document"]


def break_once(patch: pytest.MonkeyPatch, owner: type, name: str, times: int = 1, only: str | None = None) -> None:
    """Let a method fail so often, for one session if need be."""
    whole: Callable[..., Any] = getattr(owner, name)
    left = [times]

    def method(self: Any, *arguments: Any, **options: Any) -> Any:
        if left[0] > 0 and only in (None, getattr(self, "view_id", None)):
            left[0] -= 1
            raise ZeroDivisionError
        return whole(self, *arguments, **options)

    patch.setattr(owner, name, method)


@pytest.mark.parametrize("name", ["take_slice", "frames_due", "finished", "documents_due", "show_change", "due_s"])
def test_a_session_that_fails_once_is_back_for_its_watchers(
    pair: Lab, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    pair.channel.tell(Watch(V, PLAIN))
    pair.call(V, commands.Run())
    wait_until(lambda: pair.events("frame"))
    break_once(monkeypatch, Awake, name, only=V)
    pair.ask(V, commands.Patch(patch={"title": "once"}))
    pair.call(V, commands.Read())
    frames = len(pair.events("frame"))
    wait_until(lambda: pair.call(V, commands.Run()) and len(pair.events("frame")) > frames + 3)
    goes_on(pair)


@pytest.mark.thorough
def test_a_session_that_fails_always_is_given_up(pair: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    pair.channel.tell(Watch(V, PLAIN))
    break_once(monkeypatch, Awake, "frames_due", times=MOST_FAILURES, only=V)
    wait_until(lambda: {"session": V, "reason": "broken"} in pair.events("bye"))
    goes_on(pair)
    pair.channel.tell(Unwatch(V, PLAIN))
    with pytest.raises(Broken):
        pair.call(V, commands.Read())


def test_a_checkpoint_that_cannot_be_made_is_that_sessions_affair(pair: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    pair.call(V, commands.Step(steps=3))
    broken = pair.runner._keeper.awake[V].subject  # type: ignore[union-attr]
    monkeypatch.setattr(broken, "series", None)
    with pytest.raises(InternalError):
        pair.call(V, commands.Patch(patch={"title": "lost"}))
    assert pair.step_of() == 3
    goes_on(pair)


def test_steps_that_end_in_a_failure_are_unsettled(pair: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    break_once(monkeypatch, Awake, "finished", only=V)
    with pytest.raises(Unsettled):
        pair.call(V, commands.Step(steps=3))
    assert pair.call(V, commands.Step(steps=3))["snapshot"]["step"] == 3


def test_a_reply_that_cannot_be_sent_is_an_error(pair: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    send = pair.channel.send
    refused: list[Any] = []

    def picky(message: Any) -> None:
        if getattr(message, "value", None) is not None and not refused:
            refused.append(message)
            raise TypeError("cannot be sent")
        send(message)

    monkeypatch.setattr(pair.channel, "send", picky)
    with pytest.raises(InternalError):
        pair.call(V, commands.Read())
    goes_on(pair)


def test_the_loop_survives_a_failure_of_its_own(pair: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pair.runner is not None
    break_once(monkeypatch, type(pair.runner), "_keep_house", times=2)
    goes_on(pair)


@pytest.mark.thorough
def test_a_looping_failure_ends_the_runner_and_keeps_what_was_trained(
    new_lab: Callable[..., Lab], monkeypatch: pytest.MonkeyPatch
) -> None:
    lab = new_lab()
    lab.create()
    lab.call(V, commands.Patch(patch={"title": "kept"}))
    ended: list[Exception] = []
    with monkeypatch.context() as patch:
        patch.setattr("threading.excepthook", lambda told: ended.append(told.exc_value))
        break_once(patch, type(lab.runner), "_keep_house", times=100)
        wait_until(lambda: ended)
    assert isinstance(ended[0], ZeroDivisionError)
    lab.stop()
    assert new_lab().call(V, commands.Read())["document"]["title"] == "kept"
