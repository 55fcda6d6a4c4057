"""The session document: the one table of every field's range, default, label and help.

Validation, the OpenAPI document, `/catalog` and the page's controls are all generated from these models. A label is
what stands on screen; a description says what the field means, with the formula where there is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

import numpy as np
from pydantic import Field, ValidationError, model_validator

from nnlab.document.agreement import (
    check_class_names,
    check_dataset,
    check_inputs,
    check_loss,
    check_points,
    check_size,
)
from nnlab.document.fields import (
    FULL,
    PERCENT,
    STARTS_ANEW,
    OneOf,
    above,
    field,
    log_slider,
    menu,
    slider,
    unit,
    within,
)
from nnlab.document.points import (
    MOST_CLASSES,
    MOST_POINTS,
    ClassName,
    Coordinate,
    Dataset,
    Point,
    Seed,
    texts_of_classes,
)
from nnlab.document.upgrades import upgraded
from nnlab.document.validation import (
    PAIR,
    Model,
    items,
    line_of_text,
    merge_patch,
    number_from_1,
    rule_error,
    whole_number,
)
from nnlab.document.wording import invalid_input
from nnlab.engine.looks.grids import Grid
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.features import INPUTS
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.menus.optimizers import OPTIMIZERS
from nnlab.engine.menus.scalings import SCALINGS
from nnlab.engine.network.initializers import INITS
from nnlab.engine.specs import Examples, LayerSpec, NetworkSpec, TrainingSpec

FORMAT = "nnlab/1"
MOST_LAYERS = 8
MOST_UNITS = 128
MOST_PIECES = 4
MOST_SKIPS = 36  # all there can be between 9 layers with weights
NARROWEST_VIEW = 1e-3  # a narrower view is lost in float32

TASKS = {
    "classification": "Tell classes apart",
    "curve_fitting": "Fit a curve y = g(x)",
    "surface_fitting": "Fit a value over the plane",
}

Share = Annotated[float, Field(gt=0, le=1)]
LEAST_KEEP_PROB = 0.01  # what is kept is multiplied by its inverse
Resolution = Annotated[int, whole_number(20, 200)]
Range = Annotated[tuple[Coordinate, Coordinate], PAIR]
LayerNumber = Annotated[int, number_from_1(MOST_LAYERS + 1, "must count from 1, the output layer last")]
Link = Annotated[
    tuple[Annotated[int, whole_number(0, MOST_LAYERS)], Annotated[int, whole_number(1, MOST_LAYERS + 1)]], PAIR
]


class HiddenLayer(Model):
    """One hidden layer."""

    units: Annotated[int, whole_number(1, MOST_UNITS)] = field(
        6, "Units", "How many units the layer has.", slider(1, 20)
    )
    activation: Annotated[str, menu(ACTIVATIONS)] = field(
        "tanh", "Activation", "The function f each unit applies to its sum w·x + b."
    )
    pieces: Annotated[int, whole_number(2, MOST_PIECES)] = field(
        2, "Maxout pieces", "A maxout unit takes the largest of so many linear pieces."
    )
    keep_prob: Annotated[float, Field(ge=LEAST_KEEP_PROB, le=1)] | None = field(
        None, "Dropout: keep probability", "This layer's own keep probability; empty means the common one."
    )


class Network(Model):
    """The shape of the network and where its weights start."""

    inputs: Annotated[tuple[Annotated[str, menu(INPUTS)], ...], items(least=1, most=len(INPUTS))] = field(
        ("x", "y"), "Inputs", "What the network sees of a point."
    )
    scaling: Annotated[str, menu(SCALINGS)] = field(
        "none",
        "Input scaling",
        "Brings large or uneven inputs to the size that training is made for; fitted on the training points.",
    )
    hidden: Annotated[tuple[HiddenLayer, ...], items(most=MOST_LAYERS)] = field(
        (HiddenLayer(units=6), HiddenLayer(units=2)),
        "Hidden layers",
        "The layers between input and output, in order.",
        slider(0, MOST_LAYERS),
    )
    skips: Annotated[tuple[Link, ...], items(most=MOST_SKIPS)] = field(
        (), "Skip connections", "Extra links [from, to] between layers: 0 is the input, the last is the output."
    )
    loss: Annotated[str, menu(LOSSES)] = field(
        "softmax", "Loss", "What training makes small; s are the scores, y the right class."
    )
    init: Annotated[str, menu(INITS)] = field(
        "he",
        "Initialization",
        "How large the random starting weights are: normal, with standard deviation σ.",
        STARTS_ANEW,
    )
    init_scale: float = field(
        1.0,
        "Initialization scale",
        "Starting weights are multiplied by this.",
        above(0, 100),
        log_slider(0.01, 100),
        STARTS_ANEW,
    )
    seed: Seed = field(7, "Seed", "Same seed, same document, same commands: the same weights.", STARTS_ANEW)


class Training(Model):
    """How the weights are updated. All of it may change while training runs, and keeps the weights."""

    optimizer: Annotated[str, menu(OPTIMIZERS)] = field(
        "sgd", "Optimizer", "The rule that turns the gradient g into an update; η is the learning rate, μ the momentum."
    )
    learning_rate: float = field(
        0.03, "Learning rate", "Length of a step: w ← w − learning rate · gradient.", above(0, 30), log_slider(1e-4, 10)
    )
    learning_rate_decay: float = field(
        0.0,
        "Learning-rate decay",
        "At step t the learning rate is divided by 1 + decay · t.",
        within(0, 1),
        log_slider(1e-6, 0.1),
    )
    momentum: float = field(
        0.9,
        "Momentum",
        "Share of the last update that is kept, in the optimizers that use it.",
        {"ge": 0, "lt": 1},
        slider(0, 0.99, 0.01),
    )
    batch_size: Annotated[int, whole_number(1, MOST_POINTS)] = field(
        10,
        "Minibatch size",
        "Training points per step; at or above their number it is the full batch.",
        log_slider(1, 100),
        FULL,
    )
    shuffle: bool = field(
        True, "Shuffle the points", "Each epoch takes the points in a new order; off: always as they were added."
    )
    l2: float = field(
        0.001, "L2 strength", "The loss adds ½ · l2 · Σ w², weights only.", within(0, 10), log_slider(1e-5, 1)
    )
    l1: float = field(0.0, "L1 strength", "The loss adds l1 · Σ |w|, weights only.", within(0, 10), log_slider(1e-5, 1))
    max_norm: Annotated[float, Field(ge=0.001, le=100)] | None = field(
        None,
        "Max norm",
        "After each step no unit's weight vector is longer than this; empty means no limit.",
        slider(0.5, 10, 0.1),
    )
    keep_prob: float = field(
        1.0,
        "Dropout: keep probability",
        "Probability of keeping a hidden unit in a step; 1 is off.",
        within(LEAST_KEEP_PROB, 1),
        slider(0.1, 1, 0.05),
    )
    input_noise: float = field(
        0.0,
        "Input noise",
        "Standard deviation of the noise added to each input in each step.",
        within(0, 10),
        slider(0, 1, 0.01),
    )


class Pace(Model):
    """How fast training runs and how finely it is shown."""

    steps_per_second: float = field(
        600.0, "Speed", "Parameter updates per second.", within(0.1, 50_000), log_slider(1, 50_000), unit("steps/s")
    )
    frames_per_second: float = field(
        12.0, "Frame rate", "Pictures per second.", within(0.2, 30), slider(1, 30, 1), unit("frames/s")
    )
    resolution: Resolution = field(
        100, "Resolution", "Rows and columns of the decision-region grid.", slider(20, 200, 10)
    )


class Stop(Model):
    """When running training pauses by itself; empty conditions do not count."""

    epoch: Annotated[int, whole_number(1, 1_000_000)] | None = field(
        None, "Stop at epoch", "Pause after so many passes over the data."
    )
    loss: Annotated[float, Field(ge=0, le=1000)] | None = field(
        None, "Stop at loss", "Pause once the training loss is this low."
    )
    accuracy: Share | None = field(None, "Stop at accuracy", "Pause once the training accuracy is this high.", PERCENT)


class View(Model):
    """The part of the plane that is drawn."""

    x_range: Range = field((-6.0, 6.0), "x range", "Left and right edge.")
    y_range: Range = field((-6.0, 6.0), "y range", "Lower and upper edge.")

    @model_validator(mode="after")
    def _ranges_ascend(self) -> Self:
        for name in ("x_range", "y_range"):
            low, high = getattr(self, name)
            if high - low < NARROWEST_VIEW:
                raise rule_error(name, f"must ascend by at least {NARROWEST_VIEW:g}", [low, high])
        return self


class Document(Model):
    """What a person asked for: points, network, training, pace and view."""

    format: Annotated[str, OneOf((FORMAT,))] = field(FORMAT, "Format", "Name and version of this format.")
    title: Annotated[str, line_of_text(120)] = field("", "Title", "A name for the experiment.")
    task: Annotated[str, menu(TASKS)] = field("classification", "Task", "What the network is to learn.", STARTS_ANEW)
    classes: Annotated[int, whole_number(2, MOST_CLASSES)] = field(
        2, "Classes", "Number of classes.", slider(2, MOST_CLASSES, 1)
    )
    class_names: Annotated[tuple[ClassName, ...], items(most=MOST_CLASSES)] = field(
        (), "Class names", "What the classes are called, from class 0 on; an empty one has no name of its own."
    )
    points: Annotated[tuple[Point, ...], items(most=MOST_POINTS)] = field((), "Points", "The examples.")
    dataset: Dataset | None = field(
        None, "Data set", "What the points are drawn as; empty once they are changed by hand."
    )
    network: Network = field(Network(), "Network", "Shape and start.")
    training: Training = field(Training(), "Training", "Loss weights and update rule.")
    pace: Pace = field(Pace(), "Pace", "Speed and picture.")
    stop: Stop = field(Stop(), "Stop", "When training pauses by itself.")
    view: View = field(View(), "View", "What is drawn.")

    @model_validator(mode="before")
    @classmethod
    def _defaults_of_task(cls, data: Any) -> Any:
        return _with_defaults_of_task(upgraded(data)) if isinstance(data, Mapping) else data

    @model_validator(mode="after")
    def _fields_agree(self) -> Self:
        check_loss(self.network.loss, self.task, self.classes)
        check_inputs(self.network.inputs, self.task)
        check_class_names(self.class_names)
        check_points(self.points, self.classes)
        check_dataset(self.dataset, self.task, len(self.points))
        check_size(self.network_spec())
        return self

    def merged(self, patch: Mapping[str, Any]) -> Document:
        """The document with a JSON merge patch applied (RFC 7396), validated. Raises InvalidInput.

        Other points and another task end the data set. A patch of the data set takes the points away, unless it has
        some: those of the new one are then to be drawn. The names of classes are those of one data set.
        """
        current = self.model_dump(exclude={"points"}) | {"points": self.points}
        if patch.get("dataset") is not None:
            names = list(self.class_names) if self._is_drawn_as(patch["dataset"]) else []
            return parse_document(merge_patch(current, {"points": [], "class_names": names, **patch}))
        changed = parse_document(merge_patch(current | {"dataset": None}, patch))
        return changed if "dataset" in patch else changed._with_dataset_of(self)

    def with_points(
        self,
        points: tuple[Point, ...],
        *,
        classes: int | None = None,
        class_names: tuple[str, ...] | None = None,
        dataset: Dataset | None = None,
    ) -> Document:
        """The document with other points, classes and their names, validated as a whole. Raises InvalidInput."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        names = self.class_names if class_names is None else class_names
        new = {"points": points, "classes": classes or self.classes, "class_names": names, "dataset": dataset}
        changed = parse_document(fields | new)
        return changed if dataset else changed._with_dataset_of(self)

    def class_texts(self) -> tuple[str, ...]:
        """What each class is called in files: its name, else its number, never two alike; none in fitting tasks."""
        if self.task != "classification":
            return ()
        return texts_of_classes(self.class_names, self.classes)

    def _is_drawn_as(self, dataset: Any) -> bool:
        """Whether a patch of the data set, as JSON or as it is, leaves which one it is."""
        name = dataset.get("name") if isinstance(dataset, Mapping) else getattr(dataset, "name", None)
        return self.dataset is not None and name in (None, self.dataset.name)

    def _with_dataset_of(self, other: Document) -> Document:
        """The same, with the other's data set if the points are still its."""
        same = (self.points, self.task) == (other.points, other.task)
        return self.model_copy(update={"dataset": other.dataset}) if same else self

    def network_spec(self) -> NetworkSpec:
        """The engine's order for this network."""
        hidden = tuple(LayerSpec(h.units, h.activation, h.pieces, h.keep_prob) for h in self.network.hidden)
        outputs = 1 if LOSSES[self.network.loss].one_score else self.classes
        rest = self.network.model_dump(exclude={"hidden"})
        return NetworkSpec(hidden=hidden, outputs=outputs, **rest)

    def training_spec(self) -> TrainingSpec:
        """The engine's order for training."""
        return TrainingSpec(**self.training.model_dump())

    def grid(self, resolution: int | None = None) -> Grid:
        """The cells of the view, at the document's resolution or another."""
        return Grid(self.view.x_range, self.view.y_range, resolution or self.pace.resolution)

    def examples(self) -> Examples:
        """The points as arrays, in the document's order."""
        rows = np.array([[p.x for p in self.points], [p.y for p in self.points]], dtype=np.float64)
        held_out = np.array([p.held_out for p in self.points], dtype=np.bool_)
        return Examples(np.ascontiguousarray(rows.T), np.array(self._targets(), dtype=np.float64), held_out)

    def _targets(self) -> list[float] | list[int]:
        if self.task == "classification":
            return [p.label for p in self.points]
        return [p.y if self.task == "curve_fitting" else p.value or 0.0 for p in self.points]


def parse_document(data: Any) -> Document:
    """A valid document out of JSON data. Raises InvalidInput, which names each field."""
    try:
        return Document.model_validate(data)
    except ValidationError as error:
        raise invalid_input(error) from None


def _with_defaults_of_task(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Fitting tasks have one loss; curve fitting sees x alone. Fill these in where the input leaves them open."""
    network = data.get("network", {})
    if data.get("task") not in ("curve_fitting", "surface_fitting") or not isinstance(network, Mapping):
        return data
    usual = {"loss": "squared"} | ({"inputs": ["x"]} if data["task"] == "curve_fitting" else {})
    return {**data, "network": usual | dict(network)}
