"""Boards and viewers: nothing queues, the newest wins."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.errors import Unavailable
from nnlab.fleet.hub import KINDS, MOST_SETS_OF_VIEWS, Hub, Key
from nnlab.fleet.wire import Event
from tests.unit.making import CALM, wait_until


def hub_with_log() -> tuple[Hub, list[tuple[str, Key]]]:
    log: list[tuple[str, Key]] = []
    return Hub(lambda key: log.append(("first", key)), lambda key: log.append(("last", key))), log


def post(hub: Hub, kind: str, piece: bytes, *, view_id: str = "v", views: tuple[str, ...] | None = ()) -> None:
    hub.post(Event(view_id, kind, views, piece))


def test_a_viewer_gets_the_newest_of_each_kind_once_and_the_document_first() -> None:
    hub, _ = hub_with_log()
    viewer = hub.watch("v", ())
    for count in range(5):
        post(hub, "frame", b"frame %d" % count)
    post(hub, "document", b"document")
    assert viewer.next(0) == [("document", b"document"), ("frame", b"frame 4")]
    assert viewer.next(0) == []
    post(hub, "bye", b"bye")
    assert viewer.next(0) == [("bye", b"bye")]


@given(st.lists(st.sampled_from([*KINDS, "look"]), max_size=30))
@CALM
def test_whenever_a_viewer_looks_it_sees_the_newest_of_what_it_has_not_seen(moves: list[str]) -> None:
    hub, _ = hub_with_log()
    viewer = hub.watch("v", ())
    fresh: dict[str, bytes] = {}
    for count, move in enumerate(moves):
        if move == "look":
            assert viewer.next(0) == [(kind, fresh[kind]) for kind in KINDS if kind in fresh]
            fresh.clear()
        else:
            if move == "document":
                fresh.pop("settings", None)  # they are a part of it
            fresh[move] = b"%d" % count
            post(hub, move, fresh[move])


def test_the_points_reach_a_viewer_that_is_slow_or_late_however_often_the_settings_change() -> None:
    hub, _ = hub_with_log()
    slow = hub.watch("v", ())
    post(hub, "document", b"with points")
    for count in range(3):
        post(hub, "settings", b"%d" % count)
    late = hub.watch("v", ())
    assert slow.next(0) == late.next(0) == [("document", b"with points"), ("settings", b"2")]
    post(hub, "document", b"with other points")
    assert slow.next(0) == hub.watch("v", ()).next(0) == [("document", b"with other points")]


def test_a_viewer_that_comes_later_begins_with_what_is_on_the_board() -> None:
    hub, _ = hub_with_log()
    first = hub.watch("v", ())
    post(hub, "frame", b"old")
    later = hub.watch("v", ())
    assert first.next(0) == later.next(0) == [("frame", b"old")]


def is_watched(hub: Hub) -> bool:
    called: list[bool] = []
    hub.if_unwatched("v", lambda: called.append(True))
    return not called


def test_a_session_has_a_limit_of_different_views() -> None:
    hub, _ = hub_with_log()
    for number in range(MOST_SETS_OF_VIEWS):
        hub.watch("v", (f"warp.1.0.{number}",))
    with pytest.raises(Unavailable):
        hub.watch("v", ("units",))
    hub.watch("v", ("warp.1.0.0",))
    hub.watch("v", ())
    hub.watch("other", ("units",))


def test_a_board_without_viewers_is_taken_down() -> None:
    hub, _ = hub_with_log()
    viewer = hub.watch("v", ())
    post(hub, "frame", b"old")
    viewer.leave()
    post(hub, "frame", b"unseen")
    assert not is_watched(hub)
    assert hub.watch("v", ()).next(0) == []


def test_the_first_and_the_last_viewer_of_a_board_are_noticed() -> None:
    hub, log = hub_with_log()
    viewers = [hub.watch("v", ()) for _ in range(3)]
    other = hub.watch("v", ("weights",))
    for viewer in viewers:
        assert is_watched(hub)
        viewer.leave()
    assert is_watched(hub)
    other.leave()
    hub.watch("v", ())
    keys = [("v", ()), ("v", ("weights",))]
    assert log == [
        ("first", keys[0]), ("first", keys[1]), ("last", keys[0]), ("last", keys[1]), ("first", keys[0]),
    ]  # fmt: skip


def test_events_reach_their_session_and_views_alone_and_those_of_every_view_all() -> None:
    hub, _ = hub_with_log()
    plain, rich, other = hub.watch("v", ()), hub.watch("v", ("weights",)), hub.watch("w", ())
    post(hub, "frame", b"plain")
    post(hub, "frame", b"rich", views=("weights",))
    post(hub, "document", b"all", views=None)
    assert plain.next(0) == [("document", b"all"), ("frame", b"plain")]
    assert rich.next(0) == [("document", b"all"), ("frame", b"rich")]
    assert other.next(0) == []


def test_a_board_shows_its_session_between_the_document_and_the_goodbye() -> None:
    hub, _ = hub_with_log()
    viewer = hub.watch("v", ())
    seen = [hub.shows("v", ())]
    for kind in ("frame", "document", "bye"):
        post(hub, kind, b"event", views=None)
        seen.append(hub.shows("v", ()))
    assert seen == [False, False, True, False]
    viewer.leave()
    hub.watch("v", ("weights",))
    post(hub, "document", b"event", views=None)
    assert (hub.shows("v", ()), hub.shows("v", ("weights",))) == (False, True)


def test_every_watched_board_is_visited() -> None:
    hub, _ = hub_with_log()
    hub.watch("v", ())
    hub.watch("w", ("weights",)).leave()
    hub.watch("x", ("units",))
    visited: list[Key] = []
    hub.for_each_watched(visited.append)
    assert sorted(visited) == [("v", ()), ("x", ("units",))]


@pytest.mark.parametrize("viewers", [1, 8])
def test_waiting_viewers_wake_for_news(viewers: int) -> None:
    hub, _ = hub_with_log()
    got: list[list[tuple[str, bytes]]] = []
    places = [hub.watch("v", ()) for _ in range(viewers)]
    threads = [threading.Thread(target=lambda place=place: got.append(place.next(30))) for place in places]
    for thread in threads:
        thread.start()
    post(hub, "frame", b"news")
    wait_until(lambda: len(got) == viewers)
    for thread in threads:
        thread.join()
    assert got == [[("frame", b"news")]] * viewers


def test_a_waker_is_called_at_once_and_with_each_event_instead_of_waiting() -> None:
    hub, _ = hub_with_log()
    viewer = hub.watch("v", ())
    calls: list[list[tuple[str, bytes]]] = []
    viewer.call(lambda: calls.append(viewer.next(0)))
    post(hub, "frame", b"one")
    post(hub, "document", b"two")
    assert calls == [[], [("frame", b"one")], [("document", b"two")]]
    viewer.leave()
    post(hub, "frame", b"three")
    assert len(calls) == 3
