"""Shapes of the events of a stream, as the page's types and the tests of frames know them (see docs/api.md)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from nnlab.web.api.reading import RegionsReply
from nnlab.web.api.shapes import Snapshot

Range = tuple[float, float]

COMPONENT = "#/components/schemas/{model}"


class UnitMap(BaseModel):
    """What one unit says over the plane: a character a cell, 64 levels over the range; row 0 is at the largest y."""

    values: str
    value_range: Range


class UnitMaps(BaseModel):
    """Every unit's map, layer by layer, the output layer last."""

    rows: int
    cols: int
    layers: list[list[UnitMap]]


class LayerWeights(BaseModel):
    """Weights (D, H) and biases (H,) to four digits; maxout has one more axis in front, the pieces."""

    weights: list[list[float]] | list[list[list[float]]]
    biases: list[float] | list[list[float]]


class Scores(BaseModel):
    """In each cell the label, and how far its raw score is ahead of the next."""

    rows: int
    cols: int
    labels: str
    leads: str
    values: str
    value_range: Range


class Warp(BaseModel):
    """Where two units send a grid and the points: two characters a number, x then y."""

    layer: int
    units: tuple[int, int]
    rows: int
    cols: int
    x_range: Range
    y_range: Range
    grid: str
    points: str


class UnitCurves(BaseModel):
    """In curve fitting, each unit of the last hidden layer along x: two characters a column."""

    layer: int
    value_range: Range
    units: list[str]


class LayerPhases(BaseModel):
    """One layer in one update."""

    activation_norm: float | None
    gradient_norm: float | None
    update_ratio: float | None


class Phases(BaseModel):
    """The last update: its minibatch's points by id, its losses before the update, and each layer."""

    step: int
    points: list[int]
    loss: float | None
    data_loss: float | None
    reg_loss: float | None
    layers: list[LayerPhases]


class Frame(Snapshot):
    """One picture, complete in itself; what comes after `regions` is there if it is asked for."""

    session: str = Field(description="Its view id.")
    seq: int
    member: int | None = Field(None, description="Of a student's session: the number in the room.")
    is_coarse: bool = Field(False, description="Whether it is thinned, as the server is busy.")
    regions: RegionsReply | None = Field(None, description="If it is asked for.")
    units: UnitMaps | None = None
    weights: list[LayerWeights] | None = None
    scores: Scores | None = Field(None, description="Null in fitting tasks.")
    warp: Warp | None = Field(None, description="Null where there are no two units.")
    curves: UnitCurves | None = Field(None, description="Null but in curve fitting.")
    phases: Phases | None = Field(None, description="Null if the last update did not come alone.")


class DocumentEvent(BaseModel):
    """The document after a change; without `points` it has those of the newest event that had some."""

    session: str = Field(description="Its view id.")
    view_id: str
    revision: int
    points_revision: int
    document: dict[str, Any]


class Bye(BaseModel):
    """The last event of a session or a room, or, without one, of a stream whose server stops."""

    session: str | None = None
    reason: Literal["deleted", "broken", "restart", "revoked"] = Field(
        description="revoked: of a room, the id that was asked with counts no longer."
    )


Events = dict[str, type[BaseModel]]  # what the data of a stream's events are, by the event's name

SESSION_EVENTS: Events = {"document": DocumentEvent, "frame": Frame, "bye": Bye}


def event_schemas(*streams: Events) -> dict[str, Any]:
    """The events' shapes and those they are made of, as OpenAPI keeps them among its components."""
    models = [(model, "serialization") for model in {model for events in streams for model in events.values()}]
    _, schema = models_json_schema(models, ref_template=COMPONENT)  # type: ignore[arg-type]
    found: dict[str, Any] = schema["$defs"]
    return found


def event_stream(events: Events) -> dict[str, Any]:
    """A reply that is a stream of these events; OpenAPI 3.1 has no words of its own for one."""
    shapes = {name: {"$ref": COMPONENT.format(model=model.__name__)} for name, model in events.items()}
    return {"content": {"text/event-stream": {"schema": {"type": "string"}, "x-events": shapes}}}
