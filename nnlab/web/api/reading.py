"""What the network says and what it is made of: regions, predictions, weights, history."""

from __future__ import annotations

from typing import Any, Literal

from flask import Response, jsonify
from pydantic import BaseModel, Field

from nnlab.document.models import MOST_LAYERS, MOST_UNITS
from nnlab.files.svg import words_of_figures
from nnlab.session import commands
from nnlab.web.api import door
from nnlab.web.api.files import file_reply, wants_file
from nnlab.web.api.shapes import (
    CHANGE_PROBLEMS,
    READ_PROBLEMS,
    Arguments,
    Fineness,
    LayerHealth,
    ModelReply,
    SessionPath,
    StateReply,
    blueprint,
    kinds_of,
    problem,
)
from nnlab.web.http.body import MOST_MODEL_BYTES
from nnlab.web.http.needs import needs
from nnlab.web.pages.languages import translate

bp = blueprint("reading", "What the network says and what it is made of")

PNG_TYPE = "image/png"
SVG_TYPE = "image/svg+xml"
FILES = {
    "npz": ("application/zip", "npz"),
    "python": ("text/x-python", "py"),
    "onnx": ("application/octet-stream", "onnx"),
}
MODEL_TYPES = tuple(kind for kind, _ in FILES.values())
NOT_INSTALLED: dict[int | str, Any] = {"501": problem("The server was installed without onnx.")}


class RegionsQuery(Fineness):
    """How to draw the regions."""

    format: Literal["json", "png"] | None = Field(None, description="json or png; else what Accept prefers.")


class RegionsReply(BaseModel):
    """The decision regions on a grid; row 0 is at the largest y."""

    rows: int
    cols: int
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    labels: str | None = Field(None, description="Classification: one digit a cell.")
    probability: str | None = Field(
        None, description="Of the winning class: a base64 character a cell, 64 levels over [0, 1]."
    )
    leads: str | None = Field(
        None, description="Of each cell at a border: a base64 character, how far the winning score is ahead."
    )
    values: str | None = Field(None, description="Fitting: a base64 character a cell, 64 levels over value_range.")
    value_range: tuple[float, float] | None = None
    curve: str | None = Field(
        None, description="Curve fitting: two characters a column, 4,096 levels over value_range."
    )


class UnitQuery(Fineness):
    """Which unit, and how finely."""

    layer: int = Field(ge=1, le=MOST_LAYERS + 1, description="From 1; the output layer is the last one.")
    unit: int = Field(ge=0, lt=MOST_UNITS, description="From 0.")


class UnitReply(BaseModel):
    """One unit's h (for the output layer its score) on a grid over the view; row 0 is at the largest y."""

    step: int
    layer: int
    unit: int
    rows: int
    cols: int
    values: str = Field(description="A base64 character a cell, 64 levels over value_range.")
    value_range: tuple[float, float]


class PredictReply(BaseModel):
    """One row per place."""

    scores: list[list[float | None]] = Field(description="Null where the network left the range of numbers.")
    probabilities: list[list[float | None]] | None = Field(description="Null for losses that have none.")
    labels: list[int] | None = Field(description="Null in fitting tasks.")
    values: list[float | None] | None = Field(description="Null in classification.")
    activations: list[list[list[float | None]]] | None = Field(None, description="Per hidden layer, if asked for.")


class ModelQuery(Arguments):
    """How to write the network."""

    format: Literal["json", "npz", "python", "onnx"] = Field("json", description="json, npz, python or onnx.")


class HistogramReply(BaseModel):
    """Counts in equal bins from low to high."""

    low: float
    high: float
    counts: list[int]


class HistogramsReply(BaseModel):
    """How one layer's values are spread; activations and gradients are null without training points."""

    weights: HistogramReply
    activations: HistogramReply | None = Field(description="h over all training points.")
    gradients: HistogramReply | None = Field(description="The weights' gradient over the full batch.")


class LayerDiagnosticsReply(LayerHealth):
    """One layer: its health as in the snapshot, and histograms."""

    histograms: HistogramsReply


class ShapeReply(BaseModel):
    """How cut up the decision regions in the view are."""

    num_regions: int
    boundary_length: float = Field(description="In units of the plane.")


class WorstReply(BaseModel):
    """The parameter with the largest relative error."""

    layer: int = Field(description="From 1, the output layer last.")
    kind: str = Field(description="weight or bias.")
    piece: int
    row: int | None
    unit: int
    analytic: float
    numeric: float
    relative_error: float


class GradientCheckReply(BaseModel):
    """Gradients of backpropagation against centred differences, on a sample of parameters and points."""

    passed: bool
    checked: int = Field(description="Parameters that were checked.")
    at_kinks: int = Field(description="Parameters whose slopes differ on the two sides, which are left out.")
    worst: WorstReply | None
    points: int = Field(description="Training points that were used.")


class DiagnosticsReply(BaseModel):
    """What goes on inside the network."""

    step: int
    layers: list[LayerDiagnosticsReply] = Field(description="The output layer last.")
    regions: ShapeReply | None = Field(description="Null in fitting tasks.")
    max_error: float | None = Field(description="Largest distance of output and target; null in classification.")
    test_max_error: float | None
    gradient_check: GradientCheckReply | None = Field(description="Null without training points.")


class HistoryReply(BaseModel):
    """Columns of one length, in order of step; null where there was nothing to measure."""

    step: list[int]
    loss: list[float | None]
    data_loss: list[float | None]
    reg_loss: list[float | None]
    accuracy: list[float | None]
    test_loss: list[float | None]
    test_accuracy: list[float | None]


class MarkReply(BaseModel):
    """Something that was changed by hand while training went on."""

    step: int = Field(description="After so many steps.")
    field: str = Field(
        description="A field of the document; or weights, biases (one entry), model (all of them), set by hand."
    )
    before: Any = Field(None, description="Its value before; of points their number, of hidden that of the layers.")
    after: Any = Field(None, description="Its value after.")
    layer: int | None = Field(None, description="From 1, where one layer is meant.")
    unit: int | None = Field(None, description="From 0, where one unit is meant.")


class MarksReply(BaseModel):
    """What was changed by hand, in order of step."""

    marks: list[MarkReply]


@bp.get("/sessions/<session_id>/regions", responses={200: kinds_of(RegionsReply, PNG_TYPE), **READ_PROBLEMS})
def regions(path: SessionPath, query: RegionsQuery) -> Response:
    """The decision regions over the document's view, as JSON or as a PNG picture."""
    view_id = door.caller(path.session_id).view_id
    if not wants_file(query.format, PNG_TYPE):
        return jsonify(door.ask(path.session_id, commands.Regions(resolution=query.resolution)))
    picture = door.ask(path.session_id, commands.Picture(resolution=query.resolution))
    return file_reply(picture, view_id, kind=PNG_TYPE, ending="png", disposition="inline")


@bp.get(
    "/sessions/<session_id>/figure",
    responses={200: {"content": {SVG_TYPE: {"schema": {"type": "string"}}}}, **READ_PROBLEMS},
)
def figure(path: SessionPath, query: Fineness) -> Response:
    """The plane as a figure, a standalone SVG file: title, axes with ticks, regions, points and legend."""
    view_id = door.caller(path.session_id).view_id
    words = {str(word): translate(word) for word in words_of_figures()}
    picture = door.ask(path.session_id, commands.Figure(resolution=query.resolution, words=words))
    return file_reply(picture, view_id, kind=SVG_TYPE, ending="svg", disposition="inline")


@bp.get("/sessions/<session_id>/unit", responses={200: UnitReply, **READ_PROBLEMS})
def unit(path: SessionPath, query: UnitQuery) -> dict[str, Any]:
    """What one unit says all over the plane, finer than the maps that frames carry of all units."""
    return door.ask(path.session_id, commands.UnitMap(**query.model_dump()))


@bp.post("/sessions/<session_id>/predict", responses={200: PredictReply, **CHANGE_PROBLEMS})
@needs(only_reads=True)
def predict(path: SessionPath, body: commands.Predict) -> dict[str, Any]:
    """Scores, probabilities and labels at any places; a view id will do."""
    return door.ask(path.session_id, body)


@bp.get(
    "/sessions/<session_id>/model",
    responses={200: kinds_of(ModelReply, *MODEL_TYPES), **READ_PROBLEMS, **NOT_INSTALLED},
)
def model(path: SessionPath, query: ModelQuery) -> Response:
    """All weights and biases, as JSON, npz or ONNX, or as a Python script that computes the same loss."""
    view_id = door.caller(path.session_id).view_id
    if query.format == "json":
        return jsonify(door.ask(path.session_id, commands.ReadModel()))
    kind, ending = FILES[query.format]
    return file_reply(
        door.ask(path.session_id, commands.Export(format=query.format)), view_id, kind=kind, ending=ending
    )


@bp.put("/sessions/<session_id>/model", responses={200: StateReply, **CHANGE_PROBLEMS})
@needs(body_bytes=MOST_MODEL_BYTES)
def restore_model(path: SessionPath, body: commands.RestoreModel) -> dict[str, Any]:
    """Overwrite all weights and biases, in the form in which GET gives them, and restart the optimizer."""
    return door.tell(path.session_id, body)


@bp.patch("/sessions/<session_id>/weights", responses={200: StateReply, **CHANGE_PROBLEMS})
def edit_weight(path: SessionPath, body: commands.EditWeight) -> dict[str, Any]:
    """Set one weight or one bias, while training goes on."""
    return door.tell(path.session_id, body)


@bp.get("/sessions/<session_id>/diagnostics", responses={200: DiagnosticsReply, **READ_PROBLEMS})
def diagnostics(path: SessionPath) -> dict[str, Any]:
    """Histograms and health of each layer, how cut up the regions are, largest errors, and a gradient check."""
    return door.ask(path.session_id, commands.ReadDiagnostics())


@bp.get("/sessions/<session_id>/history", responses={200: HistoryReply, **READ_PROBLEMS})
def history(path: SessionPath) -> dict[str, Any]:
    """Loss and accuracy over the steps so far, thinned to at most 1,000 rows."""
    return door.ask(path.session_id, commands.ReadHistory())


@bp.get("/sessions/<session_id>/marks", responses={200: MarksReply, **READ_PROBLEMS})
def marks(path: SessionPath) -> dict[str, Any]:
    """Where in the course settings, points and weights were changed by hand: at most 60, the newest of them."""
    return door.ask(path.session_id, commands.ReadMarks())
