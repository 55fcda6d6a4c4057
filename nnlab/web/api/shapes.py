"""Shapes of paths, queries and replies that several routes share, as the OpenAPI document shows them."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any, Literal

from flask_openapi import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from nnlab.document.models import Document
from nnlab.document.points import LARGEST_POINT_ID, Point
from nnlab.session import commands
from nnlab.web.api import door

PREFIX = "/api/v1"

FindingCode = Literal[
    "large_inputs",
    "dead",
    "dying",
    "saturated",
    "saturating",
    "huge_steps",
    "large_steps",
    "tiny_steps",
    "exploding",
    "stuck",
    "vanishing",
]


def problem(description: str) -> dict[str, Any]:
    """A reply that is a problem document."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}


COMMON_PROBLEMS: dict[int | str, Any] = {
    "400": problem("The body is not valid JSON."),
    "403": problem("From a page of another site, or with an id that may not do this."),
    "404": problem("There is no such thing, or no more."),
    "409": problem("Not possible at present, or the session is broken."),
    "413": problem("The body is too large."),
    "415": problem("The body is of a type that is not read here."),
    "422": problem("A field breaks a rule; `errors` names it."),
    "429": problem("This session is asked for too much at once; see Retry-After."),
    "503": problem("Not possible at the moment, see Retry-After; or, as `code` says, it may have been done."),
}
READ_PROBLEMS: dict[int | str, Any] = {
    status: COMMON_PROBLEMS[status] for status in ("404", "409", "422", "429", "503")
}
CHANGE_PROBLEMS: dict[int | str, Any] = {
    **COMMON_PROBLEMS,
    "423": problem("A room has locked this, or has stopped everybody."),
}
TOO_MANY: dict[int | str, Any] = {"429": problem("Too many sessions were made; see Retry-After.")}
CONFLICT: dict[int | str, Any] = {"412": problem("If-Match named another revision.")}


def kinds_of(model: type[BaseModel], *files: str) -> dict[str, Any]:
    """The content of a reply or a request that is JSON of `model` or one of these other media types.

    The models inside `model` must be described by another route too: here they are only referred to.
    """
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {"content": {"application/json": {"schema": schema}, **dict.fromkeys(files, binary)}}


def blueprint(name: str, about: str) -> APIBlueprint:
    """A blueprint under /api/v1 whose routes stand together in the API page."""
    made = APIBlueprint(name, __name__, url_prefix=PREFIX, abp_tags=[Tag(name=name, description=about)])
    made.before_request(door.enter)
    return made


class DescribedOnce(BaseModel):
    """Base of what many routes share. Made anew for each of them, its schema would slow the start of the server."""

    @classmethod
    def model_json_schema(cls, *args: Any, **options: Any) -> dict[str, Any]:
        """The schema, which the caller may change."""
        return copy.deepcopy(cls._schema(*args, **options))

    @classmethod
    @cache
    def _schema(cls, *args: Any, **options: Any) -> dict[str, Any]:
        return super().model_json_schema(*args, **options)


class Arguments(DescribedOnce):
    """Base of path and query models: their values arrive as text."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class Fineness(Arguments):
    """How finely to draw the plane."""

    resolution: int | None = Field(None, ge=20, le=200, description="Rows and columns; else the document's.")


class SessionPath(Arguments):
    """Which session."""

    session_id: str = Field(description="Session id or view id; a change needs the session id.")


class PointPath(SessionPath):
    """Which point of which session."""

    point_id: int = Field(ge=1, le=LARGEST_POINT_ID, description="Id of the point.")


class HealthFinding(BaseModel):
    """Something to notice or to worry about in a layer."""

    code: FindingCode = Field(description="What it is; docs/api.md lists them.")
    status: Literal["watch", "alarm"]


class LayerHealth(BaseModel):
    """How one layer is doing on the training points; null without any."""

    dead_fraction: float | None = Field(description="Share of units with zero gradient on every training point.")
    saturated_fraction: float | None = Field(description="Share of activations with a local gradient below 0.01.")
    update_ratio: float | None = Field(description="Norm of a full-batch update from here over norm of the weights.")
    activation_norm: float | None = Field(description="Root of the mean of h squared.")
    gradient_norm: float | None = Field(description="Norm of the weights' gradient over the full batch.")
    sign_agreement: float | None = Field(
        description="Share of units whose weight gradients had no two signs in the last minibatch (zig-zag)."
    )
    findings: list[HealthFinding] = Field(
        description="What gives reason to notice or to worry; empty when all is well."
    )


class Snapshot(BaseModel):
    """The run state in figures."""

    state: Literal["paused", "running", "diverged"]
    revision: int
    step: int = Field(description="Parameter updates since the start.")
    epoch: int = Field(description="Full passes over the training points.")
    num_layers: int = Field(description="Layers with weights; the input is not counted.")
    num_units: int
    num_parameters: int
    loss: float | None = Field(
        description="data_loss + reg_loss; null without training points or beyond the range of numbers."
    )
    data_loss: float | None
    reg_loss: float | None
    accuracy: float | None = Field(description="Share of training points that are right, 0 to 1.")
    test_loss: float | None
    test_accuracy: float | None
    weight_norm: float | None = Field(description="sqrt(sum w^2) over all weights, biases left out.")
    layers: list[LayerHealth] = Field(description="Hidden layers in order, then the output layer.")
    message: str | None = Field(description="What went wrong, in the state diverged, or why it paused by itself.")
    message_parts: dict[str, Any] | None = Field(
        description="The same as {text, values}, to say it in another language."
    )
    first_step: int | None = Field(description="The earliest step there is a way back to; null before the first one.")
    last_step: int = Field(description="The latest step there is a way to; beyond `step` after going back.")
    courses: int = Field(
        description="Another number when training has taken another course: `history` is to be read anew."
    )
    marks: int = Field(description="This or `courses` is another number when there are other `marks` to be read.")
    can_undo: bool
    can_redo: bool


class ModelReply(BaseModel):
    """What the inputs are shifted and divided by, and all weights and biases, the output layer last."""

    inputs: list[commands.ModelInput]
    layers: list[commands.LayerModel]


class StateReply(DescribedOnce):
    """The run state after a command."""

    revision: int
    snapshot: Snapshot


class SessionReply(StateReply):
    """A session as it stands."""

    id: str | None = Field(None, description="The secret id; only for those who have it.")
    view_id: str
    points_revision: int = Field(description="The revision since which, at the latest, the points are as they are.")
    document: Document


class PointsReply(DescribedOnce):
    """Points with the ids the server gave them."""

    points: list[Point]
    revision: int


class PointReply(BaseModel):
    """One point after a change."""

    point: Point
    revision: int


class RevisionReply(BaseModel):
    """The revision that a change made."""

    revision: int
