"""A session in memory: when it is due, what it owes, and what its watchers get."""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any

import pytest

from nnlab.fleet.frames import inflate
from nnlab.fleet.runner.audience import SHORTEST_FRAME_GAP_S
from nnlab.fleet.runner.awake import Awake
from nnlab.fleet.runner.pacing import LONGEST_REST_S
from nnlab.fleet.studio.orders import make
from nnlab.fleet.wire import Event
from nnlab.session.picture.parts import Parts
from nnlab.session.picture.snapshot import snapshot
from nnlab.session.picture.want import PLAIN, Want
from nnlab.session.work import Steps
from tests.unit.fleet.conftest import FakeTime
from tests.unit.making import make_session

GRACE_S = 30.0
VIEW_ID = "v" + "A" * 22
WEIGHTS, PHASES = Want(("weights",)), Want(("phases",))
DOCUMENTS = ("document", "settings")  # with points and without


@pytest.fixture
def awake(clock: FakeTime) -> Awake:
    """A small session with four points, paused, unwatched."""
    return Awake(VIEW_ID, make_session(pace={"resolution": 20}), term=7)


def lines_of(event: Event) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in inflate(event.piece).decode().strip().splitlines())


def data_of(event: Event) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(lines_of(event)["data"])
    return data


def live(
    awake: Awake, clock: FakeTime, seconds: float, most_turns: int, change_every_s: float = math.inf
) -> list[Event]:
    """Give the session its turns for so long, as the runner does, and change its title; the events it made."""
    end_s, change_s = clock.now_s + seconds, clock.now_s + change_every_s
    frames: list[Event] = []
    for _ in range(most_turns):
        due_s = max(awake.due_s(GRACE_S), clock.now_s)
        if change_s <= min(due_s, end_s):
            clock.now_s, change_s = change_s, change_s + change_every_s
            awake.subject.change(awake.subject.document.merged({"title": str(change_s)}), "title")
            awake.change_document()
            awake.show_change()
            continue
        if due_s >= end_s:
            clock.now_s = end_s
            return frames
        clock.now_s = due_s
        awake.take_slice(GRACE_S)
        frames += awake.documents_due()
        frames += awake.frames_due()
    raise AssertionError(f"more than {most_turns} turns in {seconds} s")


def test_a_paused_session_wants_no_turn(awake: Awake, clock: FakeTime) -> None:
    assert awake.due_s(GRACE_S) == math.inf
    awake.take_slice(GRACE_S)
    assert (awake.subject.trainer.steps_taken, awake.unsaved) == (0, False)


def test_a_running_session_is_due_at_once_and_trains(awake: Awake, clock: FakeTime) -> None:
    awake.subject.start()
    assert awake.due_s(GRACE_S) == clock.now_s
    awake.take_slice(GRACE_S)
    assert awake.subject.trainer.steps_taken >= 1
    assert awake.unsaved


def test_a_session_keeps_its_pace(awake: Awake, clock: FakeTime) -> None:
    awake.subject.start()
    live(awake, clock, 5.0, most_turns=500)
    since_last_slice = 600 * LONGEST_REST_S  # are to be taken with the next one
    assert 5 * 600 - since_last_slice <= awake.subject.trainer.steps_taken <= 5 * 600 + 1


@pytest.mark.parametrize("watched", [False, True])
@pytest.mark.parametrize("per_second", [15, 40, 160])
def test_a_session_keeps_its_pace_however_often_it_changes(
    awake: Awake, clock: FakeTime, per_second: int, watched: bool
) -> None:
    awake.subject.start()
    if watched:
        awake.welcome(PLAIN)
    live(awake, clock, 5.0, most_turns=5000, change_every_s=1 / per_second)
    assert 0.95 * 5 * 600 <= awake.subject.trainer.steps_taken <= 5 * 600 + 1


def test_a_running_session_without_training_points_wants_no_turn(clock: FakeTime) -> None:
    awake = Awake(VIEW_ID, make_session(points=[]), term=1)
    awake.subject.start()
    assert awake.due_s(GRACE_S) == math.inf


def test_a_session_nobody_watches_rests_after_the_grace_time_and_owes_nothing_for_it(
    awake: Awake, clock: FakeTime
) -> None:
    awake.subject.start()
    assert awake.is_training(GRACE_S)
    clock.now_s += GRACE_S
    assert not awake.is_training(GRACE_S)
    assert awake.due_s(GRACE_S) == math.inf
    awake.welcome(PLAIN)
    assert awake.is_training(GRACE_S)
    assert awake.due_s(GRACE_S) <= clock.now_s
    awake.take_slice(GRACE_S)
    assert awake.subject.trainer.steps_taken == 1


def test_a_slow_session_that_is_watched_wants_few_turns(awake: Awake, clock: FakeTime) -> None:
    """One step a second and twelve frames a second: between two steps there is nothing to do and nothing to show."""
    session = awake.subject
    session.adopt(session.document.merged({"pace": {"steps_per_second": 1.0, "frames_per_second": 12.0}}))
    session.start()
    awake.welcome(PLAIN)
    frames = live(awake, clock, 10.0, most_turns=60)
    assert session.trainer.steps_taken == pytest.approx(10, abs=1)
    assert len(frames) == pytest.approx(session.trainer.steps_taken, abs=1)


def test_a_watched_session_shows_frames_at_its_rate(awake: Awake, clock: FakeTime) -> None:
    awake.subject.start()
    awake.welcome(PLAIN)
    frames = live(awake, clock, 5.0, most_turns=2000)
    assert len(frames) == pytest.approx(5 * 12, abs=2)
    steps = [data_of(event)["step"] for event in frames]
    assert steps == sorted(set(steps))
    assert [data_of(event)["seq"] for event in frames] == list(range(1, len(frames) + 1))


def test_a_slider_that_is_dragged_costs_half_as_much_again_as_training_at_the_most(clock: FakeTime) -> None:
    awake = Awake(VIEW_ID, make_session(points=[], dataset={"name": "spiral", "points": 2000}), term=1)
    awake.subject.start()
    awake.welcome(PLAIN)
    live(awake, clock, 0.5, most_turns=2000)
    alone, dragged = (live(awake, clock, 5.0, most_turns=5000, change_every_s=every) for every in (math.inf, 1 / 20))
    assert {event.kind for event in dragged} == {"frame", "settings"}, "the points are known"
    assert sum(len(event.piece) for event in dragged) < 1.5 * sum(len(event.piece) for event in alone)


def test_a_change_that_comes_alone_is_shown_at_once(awake: Awake, clock: FakeTime) -> None:
    awake.subject.start()
    awake.welcome(PLAIN)
    for _ in range(5):
        live(awake, clock, 1.0, most_turns=2000)
        clock.now_s += SHORTEST_FRAME_GAP_S
        awake.show_change()
        assert awake.audience.next_due_s == clock.now_s


def test_a_frame_carries_the_session_and_numbers_that_tell_it_from_any_other(awake: Awake, clock: FakeTime) -> None:
    awake.welcome(PLAIN)
    (event,) = awake.frames_due()
    assert (event.view_id, event.kind, event.want) == (VIEW_ID, "frame", PLAIN)
    assert lines_of(event)["id"] == "7-1"
    expected = {"session": VIEW_ID, "seq": 1, **snapshot(awake.subject), **Parts(awake.subject).of(PLAIN)}
    assert data_of(event) == json.loads(json.dumps(expected))


def test_each_want_gets_a_frame_of_its_own(awake: Awake, clock: FakeTime) -> None:
    for want in (PLAIN, WEIGHTS):
        awake.welcome(want)
    events = {event.want: data_of(event) for event in awake.frames_due()}
    assert set(events) == {PLAIN, WEIGHTS}
    assert "weights" in events[WEIGHTS]
    assert "weights" not in events[PLAIN]


def test_phases_are_found_only_while_somebody_watches_them(awake: Awake, clock: FakeTime) -> None:
    awake.welcome(WEIGHTS)
    awake.advance(1)
    assert awake.subject.phases is None
    awake.welcome(PHASES)
    awake.advance(1)
    frames = {event.want: data_of(event) for event in awake.frames_due()}
    assert frames[PHASES]["phases"]["step"] == 1
    assert "phases" not in frames[WEIGHTS]
    awake.advance(2)
    assert awake.subject.phases is None, "they did not come alone"


def test_without_watchers_or_news_there_is_no_frame(awake: Awake, clock: FakeTime) -> None:
    assert awake.frames_due() == []
    awake.welcome(PLAIN)
    assert len(awake.frames_due()) == 1
    clock.now_s += 10
    assert awake.frames_due() == []
    assert awake.due_s(GRACE_S) == math.inf
    awake.show_change()
    assert awake.due_s(GRACE_S) == clock.now_s
    assert len(awake.frames_due()) == 1


def test_owed_steps_are_taken_exactly_and_reported_once(awake: Awake, clock: FakeTime) -> None:
    awake.owe(1, Steps(awake.subject, 500))
    awake.owe(2, Steps(awake.subject, 3))
    finished = []
    while (due_s := awake.due_s(GRACE_S)) < math.inf:
        assert due_s == clock.now_s
        awake.take_slice(GRACE_S)
        while (owed := awake.finished()) is not None:
            finished.append((owed.request_id, awake.subject.trainer.steps_taken))
            awake.owed.remove(owed)
    assert finished == [(1, 500), (2, 503)]


def test_owed_steps_end_with_divergence(clock: FakeTime) -> None:
    awake = Awake(VIEW_ID, make_session(training={"learning_rate": 30, "l2": 10}), term=1)
    awake.owe(1, Steps(awake.subject, 10_000))
    while (owed := awake.finished()) is None:
        awake.take_slice(GRACE_S)
    assert owed.request_id == 1
    assert awake.subject.state == "diverged"
    awake.owed.remove(owed)
    assert awake.due_s(GRACE_S) == math.inf


def test_the_document_event_is_the_document(awake: Awake) -> None:
    (event,) = awake.welcome(PLAIN)
    assert (event.kind, event.want) == ("document", PLAIN)
    assert data_of(event) == {
        "session": VIEW_ID,
        "view_id": VIEW_ID,
        "revision": 1,
        "points_revision": 1,
        "document": awake.subject.document.model_dump(mode="json"),
    }


def test_each_want_is_told_of_points_at_its_beginning_and_when_they_change(awake: Awake, clock: FakeTime) -> None:
    def told(events: list[Event]) -> list[tuple[Want | None, str, bool]]:
        assert all(data_of(event)["points_revision"] == awake.subject.points_revision for event in events)
        return [(event.want, event.kind, "points" in data_of(event)["document"]) for event in events]

    session = awake.subject
    assert told(awake.welcome(PLAIN)) == [(PLAIN, "document", True)]
    session.change(session.document.merged({"title": "b"}), "title")
    assert told(awake.documents_due()) == [(PLAIN, "settings", False)]
    session.change(session.document.with_points(session.document.points[1:]), "points")
    assert told(awake.welcome(WEIGHTS)) == [(WEIGHTS, "document", True)]
    assert told(awake.documents_due()) == [(PLAIN, "document", True)], "the others have yet to hear of it"
    session.change(session.document.merged({"title": "c"}), "title")
    assert told(awake.documents_due()) == [(PLAIN, "settings", False), (WEIGHTS, "settings", False)]


def test_while_a_slider_moves_documents_are_less_than_half_of_the_bytes_of_frames() -> None:
    session = make_session(points=[{"x": i % 50 / 10, "y": i // 50 / 10, "label": i % 2} for i in range(2000)])
    awake = Awake(VIEW_ID, session, term=7)
    awake.welcome(PLAIN)
    awake.welcome(PLAIN)
    session.change(session.document.merged({"training": {"learning_rate": 0.1}}), "rate")
    session.advance(100)
    (document,) = awake.documents_due()
    frames = awake.frames_due()
    assert len(document.piece) < 0.5 * sum(len(event.piece) for event in frames)


def test_a_document_that_changes_fast_is_shown_as_often_as_frames_and_its_newest_state_last(
    awake: Awake, clock: FakeTime
) -> None:
    awake.welcome(PLAIN)
    events = live(awake, clock, 2.0, most_turns=5000, change_every_s=0.005)
    documents = [data_of(event) for event in events if event.kind in DOCUMENTS]
    frames = [data_of(event) for event in events if event.kind == "frame"]
    assert 2 / SHORTEST_FRAME_GAP_S * 0.8 <= len(documents) <= len(frames) <= 2 / SHORTEST_FRAME_GAP_S + 2
    revisions = [document["revision"] for document in documents]
    assert revisions == sorted(set(revisions))
    clock.now_s += SHORTEST_FRAME_GAP_S
    newest = [*documents, *map(data_of, awake.documents_due())][-1]
    assert newest["revision"] == awake.subject.revision


def test_a_change_waits_to_be_shown_until_a_frame_has_it_and_only_if_somebody_watches(
    awake: Awake, clock: FakeTime
) -> None:
    awake.show_change()
    assert not awake.has_change_to_show
    awake.welcome(PLAIN)
    awake.frames_due()
    clock.now_s += 1
    awake.advance(1)
    assert not awake.has_change_to_show, "steps are nobody's change"
    assert [frame.shows_change for frame in awake.frames_due()] == [False]
    clock.now_s += 1
    awake.show_change()
    assert awake.has_change_to_show
    assert [frame.shows_change for frame in awake.frames_due()] == [True]
    assert not awake.has_change_to_show


def test_while_its_frames_are_made_elsewhere_a_session_wants_none_and_documents_go_on(
    awake: Awake, clock: FakeTime
) -> None:
    awake.welcome(PLAIN)
    assert awake.due_s(GRACE_S) <= clock.now_s
    awake.is_posing = True
    assert awake.frames_due() == []
    assert awake.due_s(GRACE_S) == math.inf
    awake.subject.change(awake.subject.document.merged({"title": "b"}), "title")
    awake.show_change()
    assert awake.due_s(GRACE_S) == clock.now_s
    assert [event.kind for event in awake.documents_due()] == ["settings"]
    assert awake.due_s(GRACE_S) == math.inf
    awake.is_posing = False
    assert awake.due_s(GRACE_S) < math.inf


def test_a_frame_that_is_ordered_is_the_frame_that_would_be_made_here(awake: Awake, clock: FakeTime) -> None:
    for want in (PLAIN, Want(("phases", "regions", "weights"))):
        awake.welcome(want)
    awake.advance(7)
    awake.advance(1)
    awake.subject.change(awake.subject.document.merged({"title": "Mine"}), "title")
    assert len(awake.documents_due()) == 2
    order = awake.frame_order()
    assert order is not None
    made = {event.want: event for event in make(order).events}
    assert awake.due_s(GRACE_S) == math.inf, "nothing is new after an order"
    awake.show_change()
    clock.now_s += 1
    for event in awake.frames_due():
        assert data_of(made[event.want]) | {"seq": 2} == data_of(event)
        assert lines_of(made[event.want])["id"] == "7-1"


def test_no_frame_is_ordered_for_nobody(awake: Awake) -> None:
    assert awake.frame_order() is None


def rates(awake: Awake, clock: FakeTime, seconds: float, change_every_s: float = math.inf) -> dict[Want | None, float]:
    """Frames a second of each want while so much time passes."""
    events = live(awake, clock, seconds, most_turns=20_000, change_every_s=change_every_s)
    counts = Counter(event.want for event in events if event.kind == "frame")
    return {want: count / seconds for want, count in counts.items()}


def test_each_want_is_shown_at_its_own_rate_and_resolution(awake: Awake, clock: FakeTime) -> None:
    small, rare = Want(resolution=30, frames_per_second=5), Want((), frames_per_second=0.5)
    for want in (PLAIN, small, rare):
        awake.welcome(want)
    events = {event.want: data_of(event) for event in awake.frames_due()}
    assert [len(events[want]["regions"]["labels"]) for want in (PLAIN, small)] == [20 * 20, 30 * 30]
    assert "regions" not in events[rare]
    awake.subject.start()
    assert rates(awake, clock, 20.0) == {
        PLAIN: pytest.approx(12, abs=0.2),
        small: pytest.approx(5, abs=0.1),
        rare: pytest.approx(0.5, abs=0.1),
    }


@pytest.mark.thorough
@pytest.mark.parametrize("rate", [0.5, 2, 5])
def test_a_want_of_few_frames_costs_no_more_however_often_the_session_changes(
    awake: Awake, clock: FakeTime, rate: float
) -> None:
    few = Want(frames_per_second=rate)
    awake.welcome(few)
    assert rates(awake, clock, 20.0, change_every_s=0.02)[few] <= rate + 0.1
    awake.welcome(PLAIN)
    found = rates(awake, clock, 20.0, change_every_s=0.02)
    assert found[few] <= rate + 0.1
    assert found[PLAIN] > 20


def test_wants_of_one_rate_are_shown_together_whenever_they_came(awake: Awake, clock: FakeTime) -> None:
    awake.subject.start()
    awake.welcome(PLAIN)
    live(awake, clock, 1.03, most_turns=2000)
    awake.welcome(WEIGHTS)
    live(awake, clock, 0.5, most_turns=2000)
    frames = [event for event in live(awake, clock, 2.0, most_turns=2000) if event.kind == "frame"]
    seqs = {want: [data_of(event)["seq"] for event in frames if event.want == want] for want in (PLAIN, WEIGHTS)}
    assert len(seqs[PLAIN]) == pytest.approx(24, abs=1)
    assert seqs[PLAIN] == seqs[WEIGHTS]


def test_nobody_gets_a_frame_of_a_document_before_the_document(awake: Awake, clock: FakeTime) -> None:
    known: dict[Want | None, int] = {}
    awake.subject.start()
    for want in (PLAIN, WEIGHTS, Want(frames_per_second=3)):
        awake.welcome(want)
        known[want] = awake.subject.revision
    for event in live(awake, clock, 5.0, most_turns=20_000, change_every_s=0.07):
        revision = data_of(event)["revision"]
        if event.kind in DOCUMENTS:
            known[event.want] = revision
        assert revision == known[event.want]
