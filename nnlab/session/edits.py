"""Undo and redo: the documents a person came from, with one entry for one drag."""

from __future__ import annotations

from collections import deque

from nnlab.document import Document
from nnlab.errors import Conflict

MOST_EDITS = 100
ONE_DRAG_S = 1.0  # changes of the same thing in closer succession are one edit to a person


class Edits:
    """A stack of earlier documents and one of undone ones. Times are seconds of any steady clock."""

    def __init__(self) -> None:
        self._earlier: deque[Document] = deque(maxlen=MOST_EDITS)
        self._undone: list[Document] = []
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
        self._last = (what, now_s)

    def undo(self, current: Document) -> Document:
        """The document before the last edit. Raises Conflict when there is none."""
        return self._swap(current, self._earlier, self._undone, "undo")

    def redo(self, current: Document) -> Document:
        """The document that the last undo left. Raises Conflict when there is none."""
        return self._swap(current, self._undone, self._earlier, "redo")

    def _swap(
        self,
        current: Document,
        source: deque[Document] | list[Document],
        target: deque[Document] | list[Document],
        verb: str,
    ) -> Document:
        if not source:
            raise Conflict(f"There is nothing to {verb}.")
        target.append(current)
        self._last = None
        return source.pop()
