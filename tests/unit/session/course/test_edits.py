"""Undo and redo, against two plain lists."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.document.models import Document
from nnlab.document.points import MOST_POINTS, Point
from nnlab.engine.network.network import LayerWeights
from nnlab.errors import Conflict
from nnlab.session.course.archive import Archive
from nnlab.session.course.branch import Branch
from nnlab.session.course.edits import (
    MOST_BYTES_OF_BRANCHES,
    MOST_EDITS,
    MOST_POINTS_KEPT,
    ONE_DRAG_S,
    PARAMETERS_A_POINT,
    Edits,
    Gesture,
    Left,
)
from nnlab.session.course.past import WeightEdit
from nnlab.session.course.timeline import Timeline
from tests.unit.making import CALM


def titled(number: int) -> Document:
    return Document(title=str(number))


def undo(edits: Edits, current: Document) -> Document:
    return walk(edits.undo, current)


def redo(edits: Edits, current: Document) -> Document:
    return walk(edits.redo, current)


def walk(way: Callable[[Callable[[Left], Left]], None], current: Document) -> Document:
    """What `way`, undo or redo, brings back while the document is `current`."""
    found: list[Left] = []

    def bring_back(past: Left) -> Left:
        found.append(past)
        return current

    way(bring_back)
    assert isinstance(found[0], Document)
    return found[0]


@given(st.lists(st.sampled_from(["record", "undo", "redo"]), max_size=40))
@CALM
def test_undo_and_redo_walk_as_two_stacks_do(moves: list[str]) -> None:
    edits, current = Edits(), titled(0)
    earlier: list[Document] = []
    undone: list[Document] = []
    for number, move in enumerate(moves, start=1):
        if move == "record":
            edits.record(current, object(), 0.0)
            earlier.append(current)
            undone.clear()
            current = titled(number)
            continue
        source, target = (earlier, undone) if move == "undo" else (undone, earlier)
        way = edits.undo if move == "undo" else edits.redo
        if not source:
            with pytest.raises(Conflict, match=f"nothing to {move}"):
                walk(way, current)
            continue
        target.append(current)
        found = walk(way, current)
        current = source.pop()
        assert found == current
        assert (edits.can_undo, edits.can_redo) == (bool(earlier), bool(undone))


def entries(changes: list[tuple[object, float]]) -> int:
    """How many times one can undo after changes of (what, time)."""
    edits = Edits()
    for number, (what, now_s) in enumerate(changes):
        edits.record(titled(number), what, now_s)
    return undos(edits)


def undos(edits: Edits) -> int:
    count = 0
    while edits.can_undo:
        edits.undo(lambda past: past)
        count += 1
    return count


def test_changes_of_one_thing_in_close_succession_are_one_edit_however_long_they_go_on() -> None:
    pause_s = 0.9 * ONE_DRAG_S
    assert entries([("rate", pause_s * count) for count in range(20)]) == 1


def test_a_pause_or_another_thing_begins_another_edit() -> None:
    assert entries([("rate", 0.0), ("rate", ONE_DRAG_S)]) == 2
    assert entries([("rate", 0.0), ("l2", 0.0), ("rate", 0.0)]) == 3


def test_a_gesture_is_one_edit_however_long_it_pauses_until_something_else_comes() -> None:
    stroke, other = Gesture(7), Gesture(8)
    assert entries([(stroke, 0.0), (stroke, 100 * ONE_DRAG_S)]) == 1
    assert entries([(stroke, 0.0), (other, 0.0)]) == 2
    assert entries([(stroke, 0.0), ("rate", 0.0), (stroke, 0.0)]) == 3


def test_undo_of_a_drag_returns_to_its_beginning() -> None:
    edits = Edits()
    for number in range(5):
        edits.record(titled(number), "rate", 0.0)
    assert undo(edits, titled(5)) == titled(0)
    assert redo(edits, titled(0)) == titled(5)


def test_undo_ends_a_drag() -> None:
    edits = Edits()
    edits.record(titled(0), "rate", 0.0)
    undo(edits, titled(1))
    edits.record(titled(0), "rate", 0.0)
    assert undos(edits) == 1


def test_a_new_edit_ends_the_chance_to_redo() -> None:
    edits = Edits()
    edits.record(titled(0), "rate", 0.0)
    undo(edits, titled(1))
    assert edits.can_redo
    edits.record(titled(0), "l2", 0.0)
    assert not edits.can_redo


def test_the_oldest_edits_are_forgotten_beyond_the_limit() -> None:
    edits = Edits()
    for number in range(MOST_EDITS + 3):
        edits.record(titled(number), object(), 0.0)
    found = [undo(edits, titled(-1)) for _ in range(MOST_EDITS)]
    assert not edits.can_undo
    assert found == [titled(number) for number in reversed(range(3, MOST_EDITS + 3))]


def test_an_edit_that_cannot_be_taken_back_stays_to_be_undone() -> None:
    edits = Edits()
    edits.record(titled(0), "rate", 0.0)

    def refuse(past: Left) -> Left:
        raise Conflict("no")

    with pytest.raises(Conflict, match="no"):
        edits.undo(refuse)
    assert edits.can_undo
    assert not edits.can_redo


def test_large_documents_are_forgotten_sooner() -> None:
    edits = Edits()
    large = Document(points=(Point(x=0.0, y=0.0),) * MOST_POINTS)
    for _ in range(MOST_EDITS):
        edits.record(large, object(), 0.0)
    assert undos(edits) == MOST_POINTS_KEPT // MOST_POINTS


def test_large_models_are_forgotten_sooner() -> None:
    edits = Edits()
    size = MOST_POINTS_KEPT * PARAMETERS_A_POINT // 4
    model = (LayerWeights("identity", np.zeros((size, 1)), np.zeros(0)),)
    for _ in range(MOST_EDITS):
        edits.record(model, object(), 0.0)
    assert undos(edits) == 4


def branch(number: int, num_bytes: int = 0) -> Branch:
    timeline = Timeline()
    for step in range(4):
        timeline.go_on(step * 100, lambda: bytes(num_bytes), titled(number))
    return Branch(titled(number), b"state", timeline, b"")


def test_the_newest_branch_alone_has_all_its_moments() -> None:
    edits = Edits()
    for number in range(3):
        edits.record(branch(number, num_bytes=1), object(), 0.0)
    found: list[Left] = []
    while edits.can_undo:
        edits.undo(lambda left: found.append(left) or left)
    assert [(left.document, len(left.timeline.moments)) for left in found if isinstance(left, Branch)] == [
        (titled(2), 4),
        (titled(1), 1),
        (titled(0), 1),
    ]


def test_branches_go_with_all_before_them_when_they_take_too_much_room() -> None:
    edits = Edits()
    edits.record(titled(0), object(), 0.0)
    for number in range(6):
        edits.record(branch(number, MOST_BYTES_OF_BRANCHES // 4), object(), 0.0)
    assert 1 <= undos(edits) <= 4


def test_both_stacks_survive_a_rest() -> None:
    edits = Edits()
    layers = (LayerWeights("tanh", np.ones((2, 3), np.float32), np.zeros(3, np.float32)),)
    pasts: list[Left] = [titled(1), WeightEdit("weights", 1, (0, 0, 1), 0.5), layers, titled(2), titled(3)]
    for number, past in enumerate(pasts):
        edits.record(past, object(), float(number))
    edits.undo(lambda past: titled(9))
    archive = Archive()
    described = edits.to_json(archive.number)
    stored = archive.keep([*described["earlier"], *described["undone"]])
    woken = Edits.from_json(described, Archive(stored).thing)
    assert redo(woken, titled(8)) == titled(9)
    assert undo(woken, titled(9)) == titled(8)
    assert undo(woken, titled(7)) == titled(2)
