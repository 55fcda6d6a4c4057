"""Experiments side by side: one setting at several values, everything else alike."""

from __future__ import annotations

from typing import Annotated, Any

from flask import Response, jsonify
from pydantic import BaseModel, Field

from nnlab.document.models import parse_document
from nnlab.document.validation import Model, items, line_of_text
from nnlab.document.variants import with_setting
from nnlab.document.wording import broken_rule
from nnlab.session import commands
from nnlab.web.api import door
from nnlab.web.api.shapes import COMMON_PROBLEMS, TOO_MANY, SessionPath, blueprint

MOST_VALUES = 6  # as many as a page has room for

bp = blueprint("comparing", "One setting at several values, side by side")


class CompareRequest(Model):
    """Which setting, at which values."""

    path: Annotated[str, line_of_text(100)] = Field(
        description="training.l2, network.hidden.units (every layer's), network.hidden.2.units, dataset.noise ...",
        examples=["network.hidden.units"],
    )
    values: Annotated[tuple[Any, ...], items(least=2, most=MOST_VALUES)] = Field(
        description="Values that the setting may have.", examples=[[3, 6, 20]]
    )


class Compared(BaseModel):
    """One of the sessions."""

    value: Any = Field(description="Of the setting.")
    id: str
    view_id: str


class CompareReply(BaseModel):
    """The sessions in the order of the values, each at step 0."""

    sessions: list[Compared]


@bp.post("/sessions/<session_id>/compare", responses={201: CompareReply, **COMMON_PROBLEMS, **TOO_MANY})
def compare(path: SessionPath, body: CompareRequest) -> Response:
    """Make a session of one's own for each value, with the same points and seed; a view id will do."""
    made = door.made_before(len(body.values)) or door.create(*_variants(path.session_id, body))
    sessions = [
        {"value": value, "id": who.session_id, "view_id": who.view_id}
        for value, (who, _) in zip(body.values, made, strict=True)
    ]
    response = jsonify({"sessions": sessions})
    response.status_code = 201
    return response


def _variants(session_id: str, body: CompareRequest) -> list[commands.Create]:
    if any(value in body.values[:index] for index, value in enumerate(body.values)):
        raise broken_rule("values", "must differ from one another", list(body.values))
    document = parse_document(door.ask(session_id, commands.Read())["document"])
    return [commands.Create(document=with_setting(document, body.path, value)) for value in body.values]
