"""Undo and redo: what a person came from, with one entry for one drag: documents, weights set by hand, courses left."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nnlab.document.models import Document
from nnlab.errors import Conflict
from nnlab.sentence import Sentence
from nnlab.session.course.branch import Branch
from nnlab.session.course.past import Past, WeightEdit
from nnlab.session.course.timeline import MOST_BYTES

MOST_EDITS = 100
MOST_POINTS_KEPT = 40_000  # in all that is kept together: 20 of the largest documents
PARAMETERS_A_POINT = 64  # parameters that take as much room as a point
ONE_DRAG_S = 1.0  # changes of the same thing in closer succession are one edit to a person

MOST_BYTES_OF_BRANCHES = 4 * MOST_BYTES  # of all that are kept together; the newest alone has all its moments

Left = Past | Branch
Lefts = deque[Left]


@dataclass(frozen=True)
class Gesture:
    """What a person does in one go, such as a painted stroke; however long it takes, it is one edit."""

    number: int


class Edits:
    """A stack of what was earlier and one of what was undone. Times are seconds of any steady clock."""

    def __init__(self) -> None:
        self._earlier: Lefts = deque(maxlen=MOST_EDITS)
        self._undone: Lefts = deque()
        self._last: tuple[object, float] | None = None

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to undo."""
        return bool(self._earlier)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undo to take back."""
        return bool(self._undone)

    @property
    def next_undo(self) -> Left | None:
        """What an undo would bring back."""
        return self._earlier[-1] if self._earlier else None

    @property
    def next_redo(self) -> Left | None:
        """What a redo would bring back."""
        return self._undone[-1] if self._undone else None

    def record(self, before: Left, what: object, now_s: float) -> None:
        """Note that `before` was left by a change of `what`; a new change ends the chance to redo."""
        self._undone.clear()
        if not self._goes_on(before, what, now_s):
            if isinstance(before, Branch):
                self._earlier = deque(map(_slim, self._earlier), MOST_EDITS)
            self._earlier.append(before)
            while len(self._earlier) > 1 and self._is_full():
                self._earlier.popleft()
        self._last = (what, now_s)

    def undo(self, bring_back: Callable[[Left], Left]) -> None:
        """Let what was before the last edit be brought back; `bring_back` returns what leads here again.

        Raises Conflict when there is none.
        """
        self._swap(self._earlier, self._undone, bring_back)

    def redo(self, bring_back: Callable[[Left], Left]) -> None:
        """Let what the last undo left be brought back. Raises Conflict when there is none."""
        self._swap(self._undone, self._earlier, bring_back)

    def to_json(self, number: Callable[[Past | bytes], int]) -> dict[str, list[Any]]:
        """Both stacks for a checkpoint, with numbers for what is large."""

        def entry(left: Left) -> Any:
            return left.to_json(number) if isinstance(left, Branch) else number(left)

        return {"earlier": list(map(entry, self._earlier)), "undone": list(map(entry, self._undone))}

    @classmethod
    def from_json(cls, value: Mapping[str, list[Any]], thing: Callable[[int], Any]) -> Edits:
        """The edits that to_json described; the next change is an edit of its own."""

        def left(entry: Any) -> Left:
            return Branch.from_json(entry, thing) if isinstance(entry, dict) else thing(entry)

        edits = cls()
        edits._earlier.extend(map(left, value["earlier"]))
        edits._undone.extend(map(left, value["undone"]))
        return edits

    def _is_full(self) -> bool:
        branches = sum(left.num_bytes for left in self._earlier if isinstance(left, Branch))
        return branches > MOST_BYTES_OF_BRANCHES or sum(map(_room, self._earlier)) > MOST_POINTS_KEPT

    def _goes_on(self, before: Left, what: object, now_s: float) -> bool:
        """Whether a change of `what` belongs to the newest edit, which must lead to the course that is left now."""
        if self._last is None or self._last[0] != what:
            return False
        if isinstance(before, Branch) and not isinstance(self._earlier[-1], Branch):
            return False
        return isinstance(what, Gesture) or now_s - self._last[1] < ONE_DRAG_S

    def _swap(self, source: Lefts, target: Lefts, bring_back: Callable[[Left], Left]) -> None:
        if not source:
            earlier = source is self._earlier
            raise Conflict(Sentence("There is nothing to undo.") if earlier else Sentence("There is nothing to redo."))
        target.append(bring_back(source[-1]))
        source.pop()
        self._last = None


def _slim(left: Left) -> Left:
    return left.slim() if isinstance(left, Branch) else left


def _room(past: Left) -> int:
    """Room that is taken, in points; what a branch has beside them is counted apart."""
    if isinstance(past, Branch):
        past = past.document
    if isinstance(past, Document):
        return len(past.points)
    if isinstance(past, WeightEdit):
        return 1
    return sum(layer.weights.size + layer.biases.size for layer in past) // PARAMETERS_A_POINT
