"""The life of a session: make, read, change, fork, delete."""

from __future__ import annotations

from typing import Any, Literal

from flask import Response, jsonify, url_for
from pydantic import BaseModel, Field, RootModel

from nnlab.document.models import Document
from nnlab.session import commands
from nnlab.web.api import door
from nnlab.web.api.shapes import (
    CHANGE_PROBLEMS,
    COMMON_PROBLEMS,
    CONFLICT,
    READ_PROBLEMS,
    TOO_MANY,
    Arguments,
    ModelReply,
    SessionPath,
    SessionReply,
    blueprint,
)
from nnlab.web.http.body import MOST_MODEL_BYTES
from nnlab.web.http.needs import needs

bp = blueprint("sessions", "A document and the network trained on it")


class DocumentPatch(RootModel[dict[str, Any]]):
    """A merge patch (RFC 7396): any part of a document. Lists are replaced whole; null brings the default back."""

    root: dict[str, Any] = Field(examples=[{"training": {"learning_rate": 0.1}}])


class ChangeQuery(Arguments):
    """How much of the document the reply shall have, and what becomes of training."""

    points: Literal["all", "changed"] = Field("all", description="changed: with points only if this changes them.")
    afresh: bool = Field(False, description="Whether training starts anew with it, as one change.")


def answer(who: door.Caller, value: dict[str, Any], status: int = 200) -> Response:
    """The session as the whole reply, with its ids, the secret one only for those who have it; ETag: its revision."""
    ids = {"id": who.session_id} if who.may_edit else {}
    response = jsonify(ids | {"view_id": who.view_id} | value)
    response.status_code = status
    response.set_etag(str(value["revision"]))
    return response


@bp.post("/sessions", responses={201: SessionReply, **CHANGE_PROBLEMS, **TOO_MANY})
def create(body: Document) -> Response:
    """Make a session of a document; every field has a default, so {} will do."""
    return _created(door.create(commands.Create(document=body)))


@bp.get("/sessions/<session_id>", responses={200: SessionReply, **READ_PROBLEMS})
def read(path: SessionPath) -> Response:
    """The document and the run state."""
    return answer(door.caller(path.session_id), door.ask(path.session_id, commands.Read()))


@bp.patch("/sessions/<session_id>", responses={200: SessionReply, **CHANGE_PROBLEMS, **CONFLICT})
@needs(revision=True)
def change(path: SessionPath, query: ChangeQuery, body: DocumentPatch) -> Response:
    """Change any part of the document; with If-Match, only if nobody else has changed it since."""
    command = commands.Patch(patch=body.root, points=query.points, afresh=query.afresh)
    return answer(door.caller(path.session_id), door.tell(path.session_id, command))


@bp.delete("/sessions/<session_id>", responses={204: None, **CHANGE_PROBLEMS})
def delete(path: SessionPath) -> tuple[str, int]:
    """Delete the session for good."""
    door.tell(path.session_id, commands.Delete())
    return "", 204


@bp.post("/sessions/<session_id>/fork", responses={201: SessionReply, **COMMON_PROBLEMS, **TOO_MANY})
def fork(path: SessionPath) -> Response:
    """Make a session of one's own that goes on where this one stands; a view id will do."""
    return _created(door.made_before() or door.create(_copy(path.session_id)))


class ExperimentReply(BaseModel):
    """All that a file of an experiment has."""

    document: Document
    model: ModelReply
    training: str = Field(description="Weights, optimizer, generator and place in the epoch, exactly; base64.")
    series: commands.Columns


@bp.get("/sessions/<session_id>/experiment", responses={200: ExperimentReply, **READ_PROBLEMS})
def experiment(path: SessionPath) -> dict[str, Any]:
    """The whole experiment, for a file: the document, where training stands, and the course of its figures."""
    return door.ask(path.session_id, commands.ReadExperiment())


@bp.post("/experiments", responses={201: SessionReply, **CHANGE_PROBLEMS, **TOO_MANY})
@needs(body_bytes=MOST_MODEL_BYTES)
def open_experiment(body: commands.OpenExperiment) -> Response:
    """Make a session of a saved experiment: it goes on where that one stood, bit for bit."""
    return _created(door.create(body))


def _copy(session_id: str) -> commands.CreateFrom:
    return commands.CreateFrom(checkpoint=door.ask(session_id, commands.Copy()))


def _created(made: list[tuple[door.Caller, Any]]) -> Response:
    ((who, value),) = made
    response = answer(who, value, 201)
    response.headers["Location"] = url_for("sessions.read", session_id=who.session_id)
    return response
