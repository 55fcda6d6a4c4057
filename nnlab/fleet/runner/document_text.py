"""A subject's document as events, written once for all who are told of it."""

from __future__ import annotations

from nnlab.fleet.frames import event
from nnlab.session.subject import Kind, Subject


class DocumentText:
    """Remembers what it has written of the newest revision, with points and without."""

    def __init__(self, view_id: str, kind: Kind) -> None:
        self._view_id = view_id
        self._kind = kind
        self._revision = 0
        self._pieces: dict[bool, bytes] = {}

    def piece(self, subject: Subject, *, whole: bool) -> bytes:
        """The event; not `whole`: without points."""
        if subject.revision != self._revision:
            self._revision, self._pieces = subject.revision, {}
        if whole not in self._pieces:
            self._pieces[whole] = self._write(subject, whole)
        return self._pieces[whole]

    def _write(self, subject: Subject, whole: bool) -> bytes:
        ids = {"session": self._view_id, "view_id": self._view_id}
        return event("document", ids | self._kind.document(subject, whole))
