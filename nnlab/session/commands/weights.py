"""Commands about weights: read, set one by one or all at once."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from nnlab.document.fields import menu
from nnlab.document.models import MOST_LAYERS, MOST_PIECES, MOST_UNITS, LayerNumber
from nnlab.document.points import FARTHEST
from nnlab.document.validation import Model, items, rule_error, whole_number
from nnlab.document.wording import broken_rule
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.features import INPUTS
from nnlab.engine.network.network import LayerWeights
from nnlab.session.commands.kinds import Change, Handlers, Query
from nnlab.session.course.past import WeightEdit
from nnlab.session.durations import VALUE_S
from nnlab.session.picture.reading import model_json
from nnlab.session.picture.snapshot import state_reply
from nnlab.session.session import Session

MOST_FAN_IN = MOST_UNITS * MOST_LAYERS + len(INPUTS)  # with every skip connection there is

Weight = Annotated[float, Field(ge=-FARTHEST, le=FARTHEST)]
Vector = Annotated[list[Weight], Field(max_length=MOST_UNITS)]
Matrix = Annotated[list[Vector], Field(max_length=MOST_FAN_IN)]
Weights = Matrix | Annotated[list[Matrix], Field(max_length=MOST_PIECES)]
Biases = Vector | Annotated[list[Vector], Field(max_length=MOST_PIECES)]


class ReadModel(Query):
    """All weights and biases."""

    def takes_s(self, session: Session) -> float:
        """By the numbers."""
        return session.trainer.network.num_params * VALUE_S


def read_model(command: ReadModel, session: Session) -> dict[str, Any]:
    """All weights and biases, layer by layer, the output layer last."""
    return model_json(session)


class LayerModel(Model):
    """One layer's weights (D, H) as used in h @ W + b and biases (H,); maxout has one more axis, pieces, in front."""

    activation: Annotated[str, menu(ACTIVATIONS)]
    weights: Weights
    biases: Biases


class ModelInput(Model):
    """What the network sees of a point: (the input - shift) / size, fitted on the training points."""

    name: Annotated[str, menu(INPUTS)]
    shift: float = 0.0
    size: float = 1.0


class RestoreModel(Change):
    """Overwrite all weights and biases and restart the optimizer. The inputs, if given, are to be the network's own;
    their shift and size stay those of the present points.
    """

    control: ClassVar[str] = "weights"
    ends_works: ClassVar[bool] = True
    inputs: Annotated[tuple[ModelInput, ...], items(most=len(INPUTS))] | None = None
    layers: Annotated[tuple[LayerModel, ...], items(least=1, most=MOST_LAYERS + 1)]


def restore_model(command: RestoreModel, session: Session) -> dict[str, Any]:
    """Overwrite all weights and biases. Raises InvalidInput naming what does not fit."""
    own = session.document.network.inputs
    given = own if command.inputs is None else tuple(each.name for each in command.inputs)
    if given != own:
        raise broken_rule("inputs", f"must be the network's, {', '.join(own)}", given)
    session.replace_weights(tuple(_layer(*item) for item in enumerate(command.layers)))
    return state_reply(session)


class EditWeight(Change):
    """Set one weight (layer, row, column, value) or one bias (layer, unit, bias).

    Layers count from 1, the output layer last; rows, columns, units and pieces from 0.
    """

    control: ClassVar[str] = "weights"
    layer: LayerNumber
    row: Annotated[int, whole_number(0, MOST_FAN_IN)] | None = None
    column: Annotated[int, whole_number(0, MOST_UNITS)] | None = None
    value: Weight | None = None
    unit: Annotated[int, whole_number(0, MOST_UNITS)] | None = None
    bias: Weight | None = None
    piece: Annotated[int, whole_number(0, MOST_PIECES)] = 0

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        missing = [self.row, self.column, self.value].count(None), [self.unit, self.bias].count(None)
        if missing not in ((0, 2), (3, 0)):
            raise rule_error("layer", "must come with row, column and value, or with unit and bias", self.layer)
        return self


def edit_weight(command: EditWeight, session: Session) -> dict[str, Any]:
    """Set one weight or bias. Raises InvalidInput when there is none such."""
    session.edit_weight(_edit(command))
    return state_reply(session)


def _edit(command: EditWeight) -> WeightEdit:
    if command.value is not None:
        place = (command.piece, command.row or 0, command.column or 0)
        return WeightEdit("weights", command.layer, place, command.value)
    return WeightEdit("biases", command.layer, (command.piece, command.unit or 0), command.bias or 0.0)


def _layer(index: int, layer: LayerModel) -> LayerWeights:
    return LayerWeights(
        layer.activation,
        _array(f"layers.{index}.weights", layer.weights),
        _array(f"layers.{index}.biases", layer.biases),
    )


def _array(field: str, rows: list[Any]) -> NDArray[np.float64]:
    try:
        return np.array(rows, np.float64)
    except ValueError:
        raise broken_rule(field, "must have rows of one length", rows) from None


HANDLERS: Handlers = {ReadModel: read_model, RestoreModel: restore_model, EditWeight: edit_weight}
