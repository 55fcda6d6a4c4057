"""Undo and redo: the documents a person came from, with one entry for one drag."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from nnlab.document import Document
from nnlab.errors import Conflict

MOST_EDITS = 100
MOST_POINTS_KEPT = 40_000  # in all earlier documents together: 20 of the largest ones
ONE_DRAG_S = 1.0  # changes of the same thing in closer succession are one edit to a person

Documents = deque[Document]


class Edits:
    """A stack of earlier documents and one of undone ones. Times are seconds of any steady clock."""

    def __init__(self) -> None:
        self._earlier: Documents = deque(maxlen=MOST_EDITS)
        self._undone: Documents = deque()
        self._last: tuple[object, float] | None = None

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to undo."""
        return bool(self._earlier)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undo to take back."""
        return bool(self._undone)

    def record(self, before: Document, what: object, now_s: float) -> None:
        """Note that `before` was left by a change of `what`; a new change ends the chance to redo."""
        self._undone.clear()
        same = self._last is not None and self._last[0] == what and now_s - self._last[1] < ONE_DRAG_S
        if not same:
            self._earlier.append(before)
            while len(self._earlier) > 1 and sum(len(one.points) for one in self._earlier) > MOST_POINTS_KEPT:
                self._earlier.popleft()
        self._last = (what, now_s)

    def undo(self, current: Document, adopt: Callable[[Document], None]) -> None:
        """Let the document before the last edit be adopted. Raises Conflict when there is none."""
        self._swap(current, self._earlier, self._undone, adopt)

    def redo(self, current: Document, adopt: Callable[[Document], None]) -> None:
        """Let the document that the last undo left be adopted. Raises Conflict when there is none."""
        self._swap(current, self._undone, self._earlier, adopt)

    def _swap(self, current: Document, source: Documents, target: Documents, adopt: Callable[[Document], None]) -> None:
        if not source:
            raise Conflict(f"There is nothing to {'undo' if source is self._earlier else 'redo'}.")
        adopt(source[-1])
        target.append(current)
        source.pop()
        self._last = None
