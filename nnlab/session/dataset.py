"""Putting other points into a document: those of a drawn data set, or any that come from outside."""

from __future__ import annotations

from nnlab.document.models import Document, rule_of_task
from nnlab.document.points import Dataset, Point
from nnlab.document.wording import broken_rule
from nnlab.engine.menus.datasets import DATASETS, make_dataset
from nnlab.engine.menus.losses import LOSSES
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
    examples = make_dataset(
        order.name,
        points=order.points,
        noise=order.noise,
        seed=order.seed,
        classes=classes,
        x_range=document.view.x_range,
        y_range=document.view.y_range,
        test_fraction=order.test_fraction,
        balance=order.balance,
        shuffle=order.shuffle,
    )
    points = _as_points(examples, document.task)
    known = document.dataset is not None and document.dataset.name == order.name
    return document.with_points(
        points,
        classes=classes,
        class_names=document.class_names if known else (),
        dataset=order.model_copy(update={"classes": classes}),
    )


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
