"""Putting other points into a document: those of a data set, drawn or measured, or any that come from outside."""

from __future__ import annotations

import numpy as np

from nnlab.document.agreement import rule_of_task
from nnlab.document.framing import view_of
from nnlab.document.models import Document, View
from nnlab.document.points import Dataset, Point
from nnlab.document.wording import broken_rule
from nnlab.engine.menus.datasets import DATASETS, choose_held_out, make_dataset
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.menus.tables import Table
from nnlab.engine.specs import Examples


def drawn(document: Document) -> Document:
    """The document with the points of its data set, if it has none yet. Raises InvalidInput."""
    if document.dataset is None or document.points:
        return document
    return document_with_dataset(document, document.dataset)


def document_with_dataset(document: Document, order: Dataset) -> Document:
    """The document with the points of a data set, and with as many classes as those have. Raises InvalidInput."""
    entry = DATASETS[order.name]
    if document.task not in entry.tasks:
        raise broken_rule("name", rule_of_task(DATASETS, document.task), order.name)
    classes = document.classes
    if document.task == "classification":
        classes = min(max(order.classes or classes, entry.min_classes), entry.max_classes)
    order = order.model_copy(update={"classes": classes})
    return _with_shape(document, order) if entry.table is None else _with_table(document, order, entry.table)


def _with_shape(document: Document, order: Dataset) -> Document:
    """Points drawn within the view; after measured data that is the usual one again, and inputs are not scaled."""
    if _is_of_table(document.dataset):
        document = arranged(document, View(), scaling="none")
    known = document.dataset is not None and document.dataset.name == order.name
    names = document.class_names if known else ()
    points = _points_of(document, order)
    return document.with_points(points, classes=order.classes, class_names=names, dataset=order)


def _with_table(document: Document, order: Dataset, table: Table) -> Document:
    """Measured points in their units; new ones bring a view that shows them, and have their inputs scaled."""
    is_new = document.dataset is None or document.dataset.name != order.name or not document.points
    points = _points_of(document, order)
    taken = order.model_copy(update={"points": len(points), "noise": 0.0, "balance": 1.0})
    network = document.network.model_copy(update={"loss": _loss_for(document, taken.classes or 2)})
    document = document.model_copy(update={"network": network})
    names = table.class_names if is_new else document.class_names
    made = document.with_points(points, classes=taken.classes, class_names=names, dataset=taken)
    return arranged(made, view_of(points), scaling="standard") if is_new else made


def _is_of_table(dataset: Dataset | None) -> bool:
    return dataset is not None and DATASETS[dataset.name].table is not None


def arranged(document: Document, view: View, *, scaling: str) -> Document:
    """The document with another view and input scaling."""
    network = document.network.model_copy(update={"scaling": scaling})
    return document.model_copy(update={"view": view, "network": network})


def _points_of(document: Document, order: Dataset) -> tuple[Point, ...]:
    examples = make_dataset(
        order.name,
        points=order.points,
        noise=order.noise,
        seed=order.seed,
        classes=order.classes or document.classes,
        x_range=document.view.x_range,
        y_range=document.view.y_range,
        test_fraction=order.test_fraction,
        balance=order.balance,
        shuffle=order.shuffle,
    )
    return _as_points(examples, document.task)


def with_held_out(document: Document, test_fraction: float, seed: int) -> Document:
    """The document with a share of each class's points held out, chosen by the seed, and the others for training.

    At least one point of each class stays for training.
    """
    classifies = document.task == "classification"
    labels = np.array([point.label if classifies else 0 for point in document.points], np.int64)
    held_out = choose_held_out(labels, test_fraction, np.random.default_rng(seed)).tolist()
    pairs = zip(document.points, held_out, strict=True)
    return document.with_points(tuple(point.model_copy(update={"held_out": held}) for point, held in pairs))


def document_with_points(
    document: Document, points: tuple[Point, ...], *, classes: int, class_names: tuple[str, ...] | None = None
) -> Document:
    """The document with other points, so many classes with a loss that can tell them apart, and their names where
    they are told. Raises InvalidInput.
    """
    names = document.class_names if class_names is None else class_names
    if classes == document.classes:
        return document.with_points(points, class_names=names)
    new = {"points": points, "classes": classes, "class_names": list(names)}
    return document.merged(new | {"network": {"loss": _loss_for(document, classes)}})


def _loss_for(document: Document, classes: int) -> str:
    """The document's loss, or one that can tell so many classes apart."""
    loss: str = document.network.loss
    if document.task != "classification" or not LOSSES[loss].one_score or classes == 2:
        return loss
    return next(name for name, other in LOSSES.items() if document.task in other.tasks and not other.one_score)


def _as_points(examples: Examples, task: str) -> tuple[Point, ...]:
    rows = zip(examples.coordinates.tolist(), examples.targets.tolist(), examples.held_out.tolist(), strict=True)
    if task == "classification":
        return tuple(Point(x=x, y=y, label=int(target), held_out=held_out) for (x, y), target, held_out in rows)
    if task == "curve_fitting":
        return tuple(Point(x=x, y=target, held_out=held_out) for (x, _), target, held_out in rows)
    return tuple(Point(x=x, y=y, value=target, held_out=held_out) for (x, y), target, held_out in rows)
