"""Web processes fetch what is newest, each for itself; those that are gone leave nothing behind."""

from __future__ import annotations

import time

import pytest

from nnlab.fleet.hub import Topic
from nnlab.fleet.ray.outboxes import FORGET_S, Outboxes
from nnlab.fleet.wire import Event
from nnlab.session.picture.want import PLAIN, Want

FINE = Want(resolution=200)
TOPIC = Topic("v1", PLAIN)


def event(kind: str, want: Want | None = PLAIN) -> Event:
    return Event("v1", kind, want, b"")


@pytest.fixture
def boxes() -> Outboxes:
    """Two web processes watch one session."""
    boxes = Outboxes()
    for web in ("one", "other"):
        assert boxes.open(web, lambda urgent: None) == []
        assert boxes.watch(web, TOPIC)
    return boxes


def test_of_each_kind_the_newest_waits_for_each_web_process(boxes: Outboxes) -> None:
    boxes.put(event("frame"), b"old")
    boxes.put(event("frame"), b"new")
    assert boxes.take("one") == [b"new"]
    assert boxes.take("one") == []
    assert boxes.take("other") == [b"new"]


def test_what_comes_last_goes_last(boxes: Outboxes) -> None:
    for kind, body in (("settings", b"1"), ("document", b"2"), ("settings", b"3")):
        boxes.put(event(kind), body)
    assert boxes.take("one") == [b"2", b"3"], "settings belong to the document before them"


def test_what_is_meant_for_all_reaches_every_want_once(boxes: Outboxes) -> None:
    boxes.watch("one", Topic("v1", FINE))
    boxes.put(event("bye", None), b"bye")
    assert boxes.take("one") == boxes.take("other") == [b"bye"]


def test_nobody_gets_what_they_do_not_watch(boxes: Outboxes) -> None:
    boxes.watch("one", Topic("v1", FINE))
    boxes.put(event("frame", FINE), b"fine")
    boxes.put(Event("v2", "frame", PLAIN, b""), b"another session")
    assert boxes.take("other") == []
    assert boxes.take("one") == [b"fine"]


def test_only_the_first_event_wakes(boxes: Outboxes) -> None:
    calls: list[bool] = []
    boxes.open("third", calls.append)
    boxes.watch("third", TOPIC)
    for _ in range(2):
        boxes.put(event("frame"), b"")
        boxes.put(event("document"), b"")
        assert boxes.has_news("third")
        assert boxes.take("third") == [b"", b""]
        assert not boxes.has_news("third")
    assert calls == [False, False]


def test_what_shows_a_change_wakes_in_any_case(boxes: Outboxes) -> None:
    calls: list[bool] = []
    boxes.open("third", calls.append)
    boxes.watch("third", TOPIC)
    boxes.put(event("document"), b"")
    boxes.put(Event("v1", "frame", PLAIN, b"", shows_change=True), b"")
    assert calls == [False, True]


def test_the_last_one_to_leave_ends_the_watch(boxes: Outboxes) -> None:
    assert not boxes.unwatch("one", TOPIC)
    assert boxes.unwatch("other", TOPIC)
    assert not boxes.unwatch("other", TOPIC)


def test_a_stranger_has_no_box_and_watches_nothing(boxes: Outboxes) -> None:
    assert boxes.take("stranger") is None
    assert boxes.has_news("stranger"), "that it is unknown is to be said at once"
    assert not boxes.watch("stranger", TOPIC)


def test_who_greets_again_begins_anew(boxes: Outboxes) -> None:
    boxes.unwatch("other", TOPIC)
    boxes.put(event("frame"), b"for the one before")
    assert boxes.open("one", lambda urgent: None) == [TOPIC]
    assert boxes.take("one") == []


def test_who_does_not_ask_for_long_is_forgotten(boxes: Outboxes, monkeypatch: pytest.MonkeyPatch) -> None:
    boxes.unwatch("other", TOPIC)
    now_s = time.monotonic() + FORGET_S / 2
    monkeypatch.setattr("nnlab.fleet.ray.outboxes.time.monotonic", lambda: now_s)
    boxes.take("other")
    assert boxes.forget_silent() == []
    now_s += FORGET_S * 0.6
    assert boxes.forget_silent() == [TOPIC]
    assert boxes.webs() == {"other"}
