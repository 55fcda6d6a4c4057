"""Rules between the fields of a document, which no field can state by itself. Each raises a PydanticCustomError."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import PydanticCustomError

from nnlab.document.points import Dataset, Point
from nnlab.document.validation import rule_error
from nnlab.engine.menus.datasets import DATASETS
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.network.graph import count_params
from nnlab.engine.specs import NetworkSpec
from nnlab.errors import InvalidInput

MOST_PARAMETERS = 250_000  # 8 layers of 128 units have 116,226


def rule_of_task(entries: Mapping[str, Any], task: str) -> str:
    """The rule that a name of one of the engine's menus be an entry for the task."""
    fitting = [name for name, entry in entries.items() if task in entry.tasks]
    return f"must be {' or '.join(fitting)} for the task {task}"


def check_loss(name: str, task: str, classes: int) -> None:
    """The loss is one for the task, and can tell so many classes apart."""
    loss = LOSSES[name]
    if task not in loss.tasks:
        raise rule_error("network.loss", rule_of_task(LOSSES, task), name)
    if task == "classification" and loss.one_score and classes != 2:
        raise rule_error("classes", f"must be 2 for the loss {name}, which has one score", classes)


def check_inputs(names: Sequence[str], task: str) -> None:
    """Each input is there once, and those of a curve are made of x."""
    if task == "curve_fitting" and any("y" in name for name in names):
        raise rule_error("network.inputs", "must be made of x alone for curve fitting", list(names))
    if len(set(names)) < len(names):
        raise rule_error("network.inputs", "must name each input once", list(names))


def check_class_names(class_names: Sequence[str]) -> None:
    """No two are alike: two classes of one name would be one class in a file of points."""
    names = [name for name in class_names if name]
    if len(set(names)) < len(names):
        raise rule_error("class_names", "must differ from one another", list(class_names))


def check_points(points: Sequence[Point], classes: int) -> None:
    """Labels are below the number of classes, and no two points have one id."""
    labels = [point.label for point in points]
    if max(labels, default=0) >= classes:
        index = next(index for index, label in enumerate(labels) if label >= classes)
        raise rule_error(f"points.{index}.label", f"must be less than classes, {classes}", labels[index])
    ids = [point.id for point in points if point.id is not None]
    if len(set(ids)) < len(ids):
        _refuse_twins(points)


def _refuse_twins(points: Sequence[Point]) -> None:
    seen: set[int] = set()
    for index, point in enumerate(points):
        if point.id in seen:
            raise rule_error(f"points.{index}.id", "must be unique", point.id)
        if point.id is not None:
            seen.add(point.id)


def check_dataset(dataset: Dataset | None, task: str, num_points: int) -> None:
    """The data set is one for the task, and has as many points as there are, if they are drawn already."""
    if dataset is None:
        return
    if task not in DATASETS[dataset.name].tasks:
        raise rule_error("dataset.name", rule_of_task(DATASETS, task), dataset.name)
    if num_points and dataset.points != num_points:
        raise rule_error("dataset.points", f"must be the number of points, {num_points}", dataset.points)


def check_size(spec: NetworkSpec) -> None:
    """Skip links are such as can be, and one step of the network would not hold up all other sessions."""
    try:
        num_params = count_params(spec)
    except InvalidInput as error:
        (broken,) = error.errors
        raise PydanticCustomError("said", "{message}", {"field": broken.field, "message": broken.message}) from None
    if num_params > MOST_PARAMETERS:
        raise rule_error("network", f"must have at most {MOST_PARAMETERS} parameters", num_params)
