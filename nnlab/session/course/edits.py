"""Undo and redo: what a person came from, documents and weights set by hand, with one entry for one drag."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nnlab.document.models import Document
from nnlab.errors import Conflict
from nnlab.sentence import Sentence
from nnlab.session.course.past import Past, WeightEdit

MOST_EDITS = 100
MOST_POINTS_KEPT = 40_000  # in all that is kept together: 20 of the largest documents
PARAMETERS_A_POINT = 64  # parameters that take as much room as a point
ONE_DRAG_S = 1.0  # changes of the same thing in closer succession are one edit to a person

Pasts = deque[Past]


@dataclass(frozen=True)
class Gesture:
    """What a person does in one go, such as a painted stroke; however long it takes, it is one edit."""

    number: int


class Edits:
    """A stack of what was earlier and one of what was undone. Times are seconds of any steady clock."""

    def __init__(self) -> None:
        self._earlier: Pasts = deque(maxlen=MOST_EDITS)
        self._undone: Pasts = deque()
        self._last: tuple[object, float] | None = None

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to undo."""
        return bool(self._earlier)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undo to take back."""
        return bool(self._undone)

    def record(self, before: Past, what: object, now_s: float) -> None:
        """Note that `before` was left by a change of `what`; a new change ends the chance to redo."""
        self._undone.clear()
        if not self._goes_on(what, now_s):
            self._earlier.append(before)
            while len(self._earlier) > 1 and sum(map(_room, self._earlier)) > MOST_POINTS_KEPT:
                self._earlier.popleft()
        self._last = (what, now_s)

    def undo(self, bring_back: Callable[[Past], Past]) -> None:
        """Let what was before the last edit be brought back; `bring_back` returns what leads here again.

        Raises Conflict when there is none.
        """
        self._swap(self._earlier, self._undone, bring_back)

    def redo(self, bring_back: Callable[[Past], Past]) -> None:
        """Let what the last undo left be brought back. Raises Conflict when there is none."""
        self._swap(self._undone, self._earlier, bring_back)

    def forget_weights(self) -> None:
        """Keep documents alone: weights that were set by hand have no meaning any more, training starts anew."""
        for pasts in (self._earlier, self._undone):
            documents = [past for past in pasts if isinstance(past, Document)]
            pasts.clear()
            pasts.extend(documents)
        self._last = None

    def to_json(self, number: Callable[[Past], int]) -> dict[str, list[int]]:
        """Both stacks as numbers, for a checkpoint."""
        return {"earlier": list(map(number, self._earlier)), "undone": list(map(number, self._undone))}

    @classmethod
    def from_json(cls, value: Mapping[str, list[int]], thing: Callable[[int], Past]) -> Edits:
        """The edits that to_json described; the next change is an edit of its own."""
        edits = cls()
        edits._earlier.extend(map(thing, value["earlier"]))
        edits._undone.extend(map(thing, value["undone"]))
        return edits

    def _goes_on(self, what: object, now_s: float) -> bool:
        """Whether a change of `what` belongs to the newest edit."""
        if self._last is None or self._last[0] != what:
            return False
        return isinstance(what, Gesture) or now_s - self._last[1] < ONE_DRAG_S

    def _swap(self, source: Pasts, target: Pasts, bring_back: Callable[[Past], Past]) -> None:
        if not source:
            earlier = source is self._earlier
            raise Conflict(Sentence("There is nothing to undo.") if earlier else Sentence("There is nothing to redo."))
        target.append(bring_back(source[-1]))
        source.pop()
        self._last = None


def _room(past: Past) -> int:
    """Room that is taken, in points."""
    if isinstance(past, Document):
        return len(past.points)
    if isinstance(past, WeightEdit):
        return 1
    return sum(layer.weights.size + layer.biases.size for layer in past) // PARAMETERS_A_POINT
