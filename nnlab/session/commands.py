"""Everything that can be asked of a session. The models are also the bodies of the HTTP requests that ask it.

A `Change` makes a new revision of the document or of the run state and is stored before its reply is sent;
a `Query` only reads.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from nnlab.document.fields import field, menu
from nnlab.document.models import MOST_LAYERS, MOST_PIECES, MOST_UNITS, Document
from nnlab.document.points import (
    FARTHEST,
    LARGEST_POINT_ID,
    MOST_CLASSES,
    MOST_POINTS,
    Coordinate,
    Dataset,
    Point,
    Seed,
)
from nnlab.document.validation import Model, list_of, pair_of, whole_number
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.features import INPUTS
from nnlab.session.checkpoint import Checkpoint

MOST_STEPS = 10_000
MOST_STEPS_BACK = 10**12
MOST_PREDICTIONS = 10_000
LARGEST_GESTURE = 2**53 - 1  # the largest whole number that every reader of JSON keeps exactly
MOST_FAN_IN = MOST_UNITS * MOST_LAYERS + len(INPUTS)  # with every skip connection there is

PointId = whole_number(1, LARGEST_POINT_ID)
GestureNumber = whole_number(0, LARGEST_GESTURE)  # changes of one gesture in unbroken succession are one edit
Pairs = list_of(pair_of(Coordinate, Coordinate), least=1, most=MOST_PREDICTIONS)

Weight = Annotated[float, Field(ge=-FARTHEST, le=FARTHEST)]
Vector = Annotated[list[Weight], Field(max_length=MOST_UNITS)]
Matrix = Annotated[list[Vector], Field(max_length=MOST_FAN_IN)]
Weights = Matrix | Annotated[list[Matrix], Field(max_length=MOST_PIECES)]
Biases = Vector | Annotated[list[Vector], Field(max_length=MOST_PIECES)]


class Change(Model):
    """A command that changes the session."""


class Query(Model):
    """A command that only reads."""


class Patch(Change):
    """Merge a patch into the document (RFC 7396), unless `if_revision` is no longer the newest.

    The reply has the whole document, or, with `points="changed"`, points only if the patch changed them.
    """

    patch: dict[str, Any]
    if_revision: int | None = None
    points: Literal["all", "changed"] = "all"


class AddPoints(Change):
    """Add points after the existing ones."""

    points: list_of(Point, least=1, most=MOST_POINTS)
    gesture: GestureNumber | None = None


class ReplacePoints(Change):
    """Put these points in place of all others."""

    points: list_of(Point, most=MOST_POINTS)
    gesture: GestureNumber | None = None
    grow_classes: bool = field(
        False,
        "More classes",
        "Whether labels beyond the document's classes bring more of them, and a loss that can tell them apart.",
    )


class ChangePoint(Change):
    """Merge a patch into one point."""

    point_id: int
    patch: dict[str, Any]
    gesture: GestureNumber | None = None


class PointEdit(Model):
    """What shall be different about the point with this id."""

    id: PointId
    x: Coordinate | None = None
    y: Coordinate | None = None
    label: whole_number(0, MOST_CLASSES - 1) | None = None
    value: Coordinate | None = None
    held_out: bool | None = None


class ChangePoints(Change):
    """Change several points and remove others, as one edit: all of it or nothing."""

    points: list_of(PointEdit, most=MOST_POINTS) = ()
    remove: list_of(PointId, most=MOST_POINTS) = ()
    gesture: GestureNumber | None = None


class RemovePoint(Change):
    """Remove one point."""

    point_id: int
    gesture: GestureNumber | None = None


class MakeDataset(Dataset, Change):
    """Replace all points by a data set that is drawn anew."""


class Run(Change):
    """Train continuously."""


class Pause(Change):
    """Stop training and keep everything."""


class Reset(Change):
    """Start anew from the document's seed, or from a new one."""

    seed: Seed | None = field(None, "Seed", "The seed to start from; empty keeps the document's.")


class Step(Change):
    """Take updates now. A running session is paused first, so that the reply is exactly `steps` later."""

    steps: whole_number(1, MOST_STEPS) = field(1, "Steps", "How many updates to take.")


class LayerModel(Model):
    """One layer's weights (D, H) as used in h @ W + b and biases (H,); maxout has one more axis, pieces, in front."""

    activation: menu(ACTIVATIONS)
    weights: Weights
    biases: Biases


class RestoreModel(Change):
    """Overwrite all weights and biases and restart the optimizer."""

    layers: list_of(LayerModel, least=1, most=MOST_LAYERS + 1)


class EditWeight(Change):
    """Set one weight (layer, row, column, value) or one bias (layer, unit, bias); layers as in GET model, from 0."""

    layer: whole_number(0, MOST_LAYERS)
    row: whole_number(0, MOST_FAN_IN) | None = None
    column: whole_number(0, MOST_UNITS) | None = None
    value: Weight | None = None
    unit: whole_number(0, MOST_UNITS) | None = None
    bias: Weight | None = None
    piece: whole_number(0, MOST_PIECES) = 0

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        weight = [self.row, self.column, self.value]
        bias = [self.unit, self.bias]
        if (
            None in weight
            and None in bias
            or any(part is not None for part in (bias if None not in weight else weight))
        ):
            raise PydanticCustomError(
                "rule",
                "{rule}",
                {
                    "field": "layer",
                    "rule": "must come with row, column and value, or with unit and bias",
                    "value": self.layer,
                },
            )
        return self


class Back(Change):
    """Go back by steps, or to a step, or forward again while training has not gone on from there; pauses."""

    steps: whole_number(1, MOST_STEPS_BACK) | None = field(None, "Steps", "How many updates to go back.")
    to_step: whole_number(0, MOST_STEPS_BACK) | None = field(None, "To step", "The step to go to.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.steps is None) == (self.to_step is None):
            rule = {"field": "steps", "rule": "or to_step must be given, one of them", "value": self.steps}
            raise PydanticCustomError("rule", "{rule}", rule)
        return self


class Undo(Change):
    """Go back to the document before the last change, or to the weights before they were last set by hand."""


class Redo(Change):
    """Take back the last undo."""


class Create(Change):
    """Make a session of a document."""

    document: Document


class CreateFrom(Change):
    """Make a session that goes on where another one stood."""

    checkpoint: Checkpoint


class Delete(Change):
    """Remove the session for good."""


class Once(Change):
    """A change under a key of its caller's: asked for again, it is answered as before and not made again.

    `fingerprint` tells requests apart, so that a key that comes with another request is noticed.
    """

    key: str
    fingerprint: str
    command: Change


class ReadReply(Query):
    """The reply that was given under a key; the session as it stands if that is no longer known."""

    key: str
    fingerprint: str


class Copy(Query):
    """The session at rest, for CreateFrom."""


class Read(Query):
    """The document and the snapshot."""


class ReadSnapshot(Query):
    """The snapshot alone."""


class Regions(Query):
    """The decision regions, at the document's resolution or another."""

    resolution: whole_number(20, 200) | None = None


class Picture(Query):
    """The decision regions as a PNG file."""

    resolution: whole_number(20, 200) | None = None


class Figure(Query):
    """The plane as an SVG file; `words` has translations of the few words on it."""

    resolution: whole_number(20, 200) | None = None
    words: dict[str, str] = {}


class Predict(Query):
    """What the network says at given places, optionally with what every hidden unit says there."""

    points: Pairs = field(..., "Points", "Places [x, y].")
    activations: bool = False


class ReadModel(Query):
    """All weights and biases."""


class Export(Query):
    """The trained network as a file: npz, a Python script that computes the same loss, or ONNX."""

    format: Literal["npz", "python", "onnx"]


class UnitMap(Query):
    """What one unit says all over the plane; layers count from 1, the output layer last, units from 0."""

    layer: whole_number(1, MOST_LAYERS + 1) = field(..., "Layer", "From 1; the output layer is the last one.")
    unit: whole_number(0, MOST_UNITS - 1) = field(..., "Unit", "From 0.")
    resolution: whole_number(20, 200) | None = field(None, "Resolution", "Rows and columns; else the document's.")


class ReadDiagnostics(Query):
    """What goes on inside the network, looked at closely."""


class ReadHistory(Query):
    """Loss and accuracy over the steps so far."""
