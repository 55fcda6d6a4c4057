"""Boards and viewers: nothing queues, the newest wins."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.errors import Unavailable
from nnlab.fleet.hub import KINDS, MOST_WANTS, Board, Hub, Topic, Viewer
from nnlab.fleet.wire import Event
from nnlab.session.picture.want import PLAIN, Want
from tests.unit.making import CALM, wait_until

WEIGHTS = Want(("weights",))


def hub_with_log() -> tuple[Hub, list[tuple[str, Topic]]]:
    log: list[tuple[str, Topic]] = []
    return Hub(lambda key: log.append(("first", key)), lambda key: log.append(("last", key))), log


def post(hub: Hub, kind: str, piece: bytes, *, view_id: str = "v", want: Want | None = PLAIN) -> None:
    hub.post(Event(view_id, kind, want, piece))


def test_a_viewer_gets_the_newest_of_each_kind_once_and_the_document_first() -> None:
    hub, _ = hub_with_log()
    viewer = hub.watch([Topic("v", PLAIN)])
    for count in range(5):
        post(hub, "frame", b"frame %d" % count)
    post(hub, "document", b"document")
    assert viewer.next(0) == [("document", b"document"), ("frame", b"frame 4")]
    assert viewer.next(0) == []
    post(hub, "bye", b"bye")
    assert viewer.next(0) == [("bye", b"bye")]


@given(st.lists(st.sampled_from(["document", "settings", "frame", "look"]), max_size=30))
@CALM
def test_whenever_a_viewer_looks_it_sees_the_newest_of_what_it_has_not_seen(moves: list[str]) -> None:
    hub, _ = hub_with_log()
    viewer = hub.watch([Topic("v", PLAIN)])
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
    slow = hub.watch([Topic("v", PLAIN)])
    post(hub, "document", b"with points")
    for count in range(3):
        post(hub, "settings", b"%d" % count)
    late = hub.watch([Topic("v", PLAIN)])
    assert slow.next(0) == late.next(0) == [("document", b"with points"), ("settings", b"2")]
    post(hub, "document", b"with other points")
    assert slow.next(0) == hub.watch([Topic("v", PLAIN)]).next(0) == [("document", b"with other points")]


def test_a_viewer_that_comes_later_begins_with_what_is_on_the_board() -> None:
    hub, _ = hub_with_log()
    first = hub.watch([Topic("v", PLAIN)])
    post(hub, "frame", b"old")
    later = hub.watch([Topic("v", PLAIN)])
    assert first.next(0) == later.next(0) == [("frame", b"old")]


def is_watched(hub: Hub) -> bool:
    called: list[bool] = []
    hub.if_unwatched("v", lambda: called.append(True))
    return not called


def test_a_session_has_a_limit_of_different_wants() -> None:
    hub, _ = hub_with_log()
    for number in range(MOST_WANTS):
        hub.watch([Topic("v", Want((f"warp.1.0.{number}",)))])
    with pytest.raises(Unavailable):
        hub.watch([Topic("v", Want(("units",)))])
    hub.watch([Topic("v", Want(("warp.1.0.0",)))])
    hub.watch([Topic("v", PLAIN)])
    hub.watch([Topic("other", Want(("units",)))])


def test_a_board_without_viewers_is_taken_down() -> None:
    hub, _ = hub_with_log()
    viewer = hub.watch([Topic("v", PLAIN)])
    post(hub, "frame", b"old")
    viewer.leave()
    post(hub, "frame", b"unseen")
    assert not is_watched(hub)
    assert hub.watch([Topic("v", PLAIN)]).next(0) == []


def test_the_first_and_the_last_viewer_of_a_board_are_noticed() -> None:
    hub, log = hub_with_log()
    viewers = [hub.watch([Topic("v", PLAIN)]) for _ in range(3)]
    other = hub.watch([Topic("v", WEIGHTS)])
    for viewer in viewers:
        assert is_watched(hub)
        viewer.leave()
    assert is_watched(hub)
    other.leave()
    hub.watch([Topic("v", PLAIN)])
    keys = [Topic("v", PLAIN), Topic("v", WEIGHTS)]
    assert log == [
        ("first", keys[0]), ("first", keys[1]), ("last", keys[0]), ("last", keys[1]), ("first", keys[0]),
    ]  # fmt: skip


def test_events_reach_their_session_and_want_alone_and_those_of_every_want_all() -> None:
    hub, _ = hub_with_log()
    topics = [Topic("v", PLAIN), Topic("v", WEIGHTS), Topic("w", PLAIN)]
    plain, rich, other = [hub.watch([topic]) for topic in topics]
    post(hub, "frame", b"plain")
    post(hub, "frame", b"rich", want=WEIGHTS)
    post(hub, "document", b"all", want=None)
    assert plain.next(0) == [("document", b"all"), ("frame", b"plain")]
    assert rich.next(0) == [("document", b"all"), ("frame", b"rich")]
    assert other.next(0) == []


def test_a_board_shows_its_session_between_the_document_and_the_goodbye() -> None:
    hub, _ = hub_with_log()
    viewer = hub.watch([Topic("v", PLAIN)])
    seen = [hub.shows("v")]
    for kind in ("frame", "document", "bye"):
        post(hub, kind, b"event", want=None)
        seen.append(hub.shows("v"))
    assert seen == [False, False, True, False]
    viewer.leave()
    hub.watch([Topic("v", WEIGHTS)])
    post(hub, "document", b"event", want=None)
    assert (hub.shows("v"), hub.shows("w")) == (True, False)


def test_every_watched_board_is_visited() -> None:
    hub, _ = hub_with_log()
    hub.watch([Topic("v", PLAIN)])
    hub.watch([Topic("w", WEIGHTS)]).leave()
    hub.watch([Topic("x", Want(("units",)))])
    visited: list[Topic] = []
    hub.for_each_watched(visited.append)
    assert sorted(visited) == [Topic("v", PLAIN), Topic("x", Want(("units",)))]


@pytest.mark.parametrize("viewers", [1, 8])
def test_waiting_viewers_wake_for_news(viewers: int) -> None:
    hub, _ = hub_with_log()
    got: list[list[tuple[str, bytes]]] = []
    places = [hub.watch([Topic("v", PLAIN)]) for _ in range(viewers)]
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
    viewer = hub.watch([Topic("v", PLAIN)])
    calls: list[list[tuple[str, bytes]]] = []
    viewer.call(lambda: calls.append(viewer.next(0)))
    post(hub, "frame", b"one")
    post(hub, "document", b"two")
    assert calls == [[], [("frame", b"one")], [("document", b"two")]]
    viewer.leave()
    post(hub, "frame", b"three")
    assert len(calls) == 3


MANY = [Topic("v", PLAIN), Topic("w", WEIGHTS)]


def test_a_viewer_of_many_gets_the_news_of_one_after_the_other_those_that_waited_longest_first() -> None:
    hub, _ = hub_with_log()
    viewer = hub.watch(MANY)
    post(hub, "frame", b"w", view_id="w", want=WEIGHTS)
    post(hub, "frame", b"v")
    post(hub, "frame", b"w again", view_id="w", want=WEIGHTS)
    assert viewer.next(0) == [("frame", b"w again")]
    post(hub, "document", b"w", view_id="w", want=WEIGHTS)
    assert viewer.next(0) == [("frame", b"v")]
    assert viewer.next(0) == [("document", b"w")]
    assert viewer.next(0) == []


def test_a_viewer_of_many_stays_until_all_have_said_goodbye() -> None:
    hub, log = hub_with_log()
    viewer = hub.watch(MANY)
    post(hub, "bye", b"v", want=None)
    assert not viewer.is_over
    assert (viewer.next(0), viewer.is_over) == ([("bye", b"v")], False)
    post(hub, "frame", b"w", view_id="w", want=WEIGHTS)
    post(hub, "bye", b"w", view_id="w", want=None)
    assert (viewer.next(0), viewer.is_over) == ([("frame", b"w"), ("bye", b"w")], True)
    viewer.leave()
    assert [what for what, _ in log] == ["first", "first", "last", "last"]


def test_a_goodbye_takes_the_board_down_so_that_who_comes_next_is_shown_the_session_anew() -> None:
    hub, log = hub_with_log()
    first = hub.watch(MANY)
    post(hub, "document", b"old")
    post(hub, "bye", b"bye", want=None)
    assert not is_watched(hub)
    second = hub.watch([Topic("v", PLAIN)])
    assert log[-2:] == [("last", Topic("v", PLAIN)), ("first", Topic("v", PLAIN))]
    first.leave()
    assert is_watched(hub)
    post(hub, "document", b"new")
    assert second.next(0) == [("document", b"new")]


def test_farewells_are_news_of_sessions_that_are_not_there() -> None:
    hub, log = hub_with_log()
    viewer = hub.watch([Topic("v", PLAIN)], [Event("gone", "bye", None, b"bye")])
    assert viewer.next(0) == [("bye", b"bye")]
    assert not viewer.is_over
    assert log == [("first", Topic("v", PLAIN))]


def test_who_cannot_watch_all_watches_none() -> None:
    hub, log = hub_with_log()
    for number in range(MOST_WANTS):
        hub.watch([Topic("w", Want(resolution=20 + number))])
    with pytest.raises(Unavailable):
        hub.watch(MANY)
    assert log[-2:] == [("first", Topic("v", PLAIN)), ("last", Topic("v", PLAIN))]


def test_a_thread_that_waits_misses_nothing_that_others_put_up() -> None:
    hub, _ = hub_with_log()
    topics = [Topic(f"v{number}", PLAIN) for number in range(8)]
    viewer = hub.watch(topics)

    def put_up(topic: Topic) -> None:
        for count in range(200):
            post(hub, "frame", b"%d" % count, view_id=topic.view_id)
        post(hub, "bye", b"bye", view_id=topic.view_id)

    threads = [threading.Thread(target=put_up, args=(topic,)) for topic in topics]
    for thread in threads:
        thread.start()
    newest: list[bytes] = []
    while not viewer.is_over:
        events = viewer.next(30)
        assert events, "an event was missed"
        newest += [piece for kind, piece in events if kind == "frame"]
    for thread in threads:
        thread.join()
    assert newest.count(b"199") == len(topics)


def test_one_goodbye_may_speak_for_all() -> None:
    viewer = Viewer(lambda viewer: None)
    room, session = Board(), Board()
    viewer.stand_before(Topic("room", PLAIN), room, speaks_for_all=True)
    viewer.stand_before(Topic("session", PLAIN), session)
    session.post("frame", b"frame")
    room.post("bye", b"bye")
    seen = [viewer.next(0), viewer.next(0)]
    assert sorted(seen) == [[("bye", b"bye")], [("frame", b"frame")]]
    assert viewer.is_over
