"""A session's document as events, written once for all who are told of it."""

from __future__ import annotations

from nnlab.fleet.frames import event
from nnlab.session.session import Session


class DocumentText:
    """Remembers what it has written of the newest revision, with points and without."""

    def __init__(self, view_id: str) -> None:
        self._view_id = view_id
        self._revision = 0
        self._pieces: dict[bool, bytes] = {}

    def piece(self, session: Session, *, whole: bool) -> bytes:
        """The event; not `whole`: without points."""
        if session.revision != self._revision:
            self._revision, self._pieces = session.revision, {}
        if whole not in self._pieces:
            self._pieces[whole] = self._write(session, whole)
        return self._pieces[whole]

    def _write(self, session: Session, whole: bool) -> bytes:
        data = {
            "session": self._view_id,
            "view_id": self._view_id,
            "revision": session.revision,
            "points_revision": session.points_revision,
            "document": session.document.model_dump(mode="json", exclude=None if whole else {"points"}),
        }
        return event("document", data)
