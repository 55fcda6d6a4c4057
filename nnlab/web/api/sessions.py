"""The life of a session: make, read, change, fork, delete."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, url_for
from pydantic import Field, RootModel

from nnlab.document.models import Document
from nnlab.session import commands
from nnlab.web.api.once import id_to_create, tell
from nnlab.web.api.preconditions import expected_revision
from nnlab.web.api.shapes import (
    CHANGE_PROBLEMS,
    CONFLICT,
    READ_PROBLEMS,
    TOO_MANY,
    SessionPath,
    SessionReply,
    blueprint,
)
from nnlab.web.http.allowance import count_creation
from nnlab.web.ids import editable, may_edit, view_id_of
from nnlab.web.state import fleet

bp = blueprint("sessions", "A document and the network trained on it")


class DocumentPatch(RootModel[dict[str, Any]]):
    """A merge patch (RFC 7396): any part of a document. Lists are replaced whole; null brings the default back."""

    root: dict[str, Any] = Field(examples=[{"training": {"learning_rate": 0.1}}])


def session_reply(session_id: str, view_id: str, value: dict[str, Any]) -> dict[str, Any]:
    """A session's reply with its ids; the secret one only for those who have it."""
    ids = {"id": session_id, "view_id": view_id} if may_edit(session_id) else {"view_id": view_id}
    return ids | value


def answer(session_id: str, view_id: str, value: dict[str, Any], status: int = 200) -> Response:
    """The session as the whole reply, with its revision as the ETag."""
    response = jsonify(session_reply(session_id, view_id, value))
    response.status_code = status
    response.set_etag(str(value["revision"]))
    return response


@bp.post("/sessions", responses={201: SessionReply, **CHANGE_PROBLEMS, **TOO_MANY})
def create(body: Document) -> Response:
    """Make a session of a document; every field has a default, so {} will do."""
    return _created(commands.Create(document=body))


@bp.get("/sessions/<session_id>", responses={200: SessionReply, **READ_PROBLEMS})
def read(path: SessionPath) -> Response:
    """The document and the run state."""
    view_id = view_id_of(path.session_id)
    return answer(path.session_id, view_id, fleet().call(view_id, commands.Read()))


@bp.patch("/sessions/<session_id>", responses={200: SessionReply, **CHANGE_PROBLEMS, **CONFLICT})
def change(path: SessionPath, body: DocumentPatch) -> Response:
    """Change any part of the document; with If-Match, only if nobody else has changed it since."""
    view_id = editable(path.session_id)
    command = commands.Patch(patch=body.root, if_revision=expected_revision())
    return answer(path.session_id, view_id, tell(view_id, command))


@bp.delete("/sessions/<session_id>", responses={204: None, **CHANGE_PROBLEMS})
def delete(path: SessionPath) -> tuple[str, int]:
    """Delete the session for good."""
    tell(editable(path.session_id), commands.Delete())
    return "", 204


@bp.post("/sessions/<session_id>/fork", responses={201: SessionReply, **READ_PROBLEMS, **TOO_MANY})
def fork(path: SessionPath) -> Response:
    """Make a session of one's own that goes on where this one stands; a view id will do."""
    return _created(commands.CreateFrom(checkpoint=fleet().call(view_id_of(path.session_id), commands.Copy())))


def _created(command: commands.Change) -> Response:
    count_creation()
    session_id = id_to_create()
    view_id = view_id_of(session_id)
    response = answer(session_id, view_id, tell(view_id, command), 201)
    response.headers["Location"] = url_for("sessions.read", session_id=session_id)
    return response
