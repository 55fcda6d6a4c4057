"""Commands about a session as a whole: made, copied, deleted, read, its document patched, edits undone."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, PlainSerializer, PlainValidator

from nnlab.document.models import Document
from nnlab.errors import RevisionConflict
from nnlab.session.checkpoint import Checkpoint
from nnlab.session.commands.kinds import Birth, Change, Command, Death, Handlers, Query
from nnlab.session.commands.names import tagged, untagged
from nnlab.session.course.branch import Branch
from nnlab.session.course.edits import Left
from nnlab.session.picture.snapshot import whole_reply
from nnlab.session.replies import reply_in
from nnlab.session.session import Session


class Create(Birth):
    """Make a session of a document."""

    document: Document

    def make(self) -> Session:
        """The session at its start."""
        return Session(self.document)


def _checkpoint(value: Any) -> Any:
    """A checkpoint comes from another process as its plain values."""
    return Checkpoint(**value) if isinstance(value, dict) else value


class CreateFrom(Birth):
    """Make a session that goes on where another one stood."""

    checkpoint: Annotated[Checkpoint, BeforeValidator(_checkpoint)]

    def make(self) -> Session:
        """The session where the other one stood."""
        return Session.from_checkpoint(self.checkpoint)


class Delete(Death):
    """Remove the session for good."""


class Once(Change):
    """A change under a key of its caller's: asked for again, it is answered as before and not made again.

    `fingerprint` tells requests apart, so that a key that comes with another request is noticed.
    """

    key: str
    fingerprint: str
    command: Annotated[Command, PlainSerializer(tagged), PlainValidator(untagged)]

    @property
    def question(self) -> ReadReply:
        """What asks for the reply that it had."""
        return ReadReply(key=self.key, fingerprint=self.fingerprint)


class ReadReply(Query):
    """The reply that was given under a key; the session as it stands if that is no longer known."""

    key: str
    fingerprint: str


def read_reply(command: ReadReply, session: Session) -> Any:
    """The reply, as it was given."""
    known = session.replies.find(command.key, command.fingerprint)
    return whole_reply(session) if known is None else reply_in(known)


class Copy(Query):
    """The session at rest, for CreateFrom."""


def copy(command: Copy, session: Session) -> Checkpoint:
    """The session at rest, at its first revision, and of no room."""
    return replace(session.checkpoint(), revision=1, orders=b"", keep_days=None)


class Exists(Query):
    """Nothing but the answer that there is such a session."""

    is_free: ClassVar[bool] = True


def exists(command: Exists, session: Session) -> None:
    """Say nothing: whoever has no such session has answered already."""


class Read(Query):
    """The document and the snapshot."""


def read(command: Read, session: Session) -> dict[str, Any]:
    """The document and the snapshot."""
    return whole_reply(session)


class Patch(Change):
    """Merge a patch into the document (RFC 7396), unless `if_revision` is no longer the newest.

    `afresh`: training starts anew with it, as one edit. The reply has the whole document, or, with `points="changed"`,
    points only if the patch changed them.
    """

    patch: dict[str, Any]
    if_revision: int | None = None
    points: Literal["all", "changed"] = "all"
    afresh: bool = False

    @property
    def is_of_document_alone(self) -> bool:
        """Not when training starts anew with it."""
        return not self.afresh

    def control_in(self, session: Session) -> str:
        """Starting anew is a reset."""
        return "run" if self.afresh else ""


def patch(command: Patch, session: Session) -> dict[str, Any]:
    """Merge the patch into the document. Raises RevisionConflict and InvalidInput."""
    if command.if_revision is not None and command.if_revision != session.revision:
        raise RevisionConflict(
            f"The document is at revision {session.revision}, not {command.if_revision}; read it and try again."
        )
    before = session.points_revision
    change = session.begin_with if command.afresh else session.change
    change(session.document.merged(command.patch), ("patch", leaves(command.patch)))
    return whole_reply(session, points=command.points == "all" or session.points_revision != before)


class Undo(Change):
    """Go back to the document before the last change, or to the weights before they were last set by hand."""

    def control_in(self, session: Session) -> str:
        """That of the edit that it takes back."""
        return _control_of(session.edits.next_undo)


def undo(command: Undo, session: Session) -> dict[str, Any]:
    """Undo the last edit. Raises Conflict when there is none."""
    session.edits.undo(session.bring_back)
    return whole_reply(session)


class Redo(Change):
    """Take back the last undo."""

    def control_in(self, session: Session) -> str:
        """That of the edit that it makes again."""
        return _control_of(session.edits.next_redo)


def redo(command: Redo, session: Session) -> dict[str, Any]:
    """Make the edit again that was undone last. Raises Conflict when there is none."""
    session.edits.redo(session.bring_back)
    return whole_reply(session)


def _control_of(left: Left | None) -> str:
    """What the way back to this is refused by; a document is judged by what has changed in it."""
    if isinstance(left, Branch):
        return "run"
    return "" if left is None or isinstance(left, Document) else "weights"


def leaves(patch: Any, below: str = "") -> frozenset[str]:
    """Dotted paths of what a patch sets."""
    if not isinstance(patch, dict):
        return frozenset({below})
    return frozenset().union(*(leaves(value, f"{below}.{key}") for key, value in patch.items()))


HANDLERS: Handlers = {
    Copy: copy,
    Exists: exists,
    Read: read,
    ReadReply: read_reply,
    Patch: patch,
    Undo: undo,
    Redo: redo,
}
