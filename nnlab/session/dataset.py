"""Putting a drawn data set into a document."""

from __future__ import annotations

from nnlab.document import Document
from nnlab.engine.datasets import DATASETS, make_dataset
from nnlab.engine.specs import Examples
from nnlab.points import Dataset, Point
from nnlab.wording import broken_rule


def document_with_dataset(document: Document, order: Dataset) -> Document:
    """The document with the points of a data set, and with as many classes as those have. Raises InvalidInput."""
    entry = DATASETS[order.name]
    if document.task not in entry.tasks:
        fitting = [name for name, other in DATASETS.items() if document.task in other.tasks]
        raise broken_rule("name", f"must be {' or '.join(fitting)} for the task {document.task}", order.name)
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
    return document.with_points(_as_points(examples, document.task), classes=classes, dataset=order)


def _as_points(examples: Examples, task: str) -> tuple[Point, ...]:
    rows = zip(examples.coordinates.tolist(), examples.targets.tolist(), examples.held_out.tolist(), strict=True)
    if task == "classification":
        return tuple(Point(x=x, y=y, label=int(target), held_out=held_out) for (x, y), target, held_out in rows)
    if task == "curve_fitting":
        return tuple(Point(x=x, y=target, held_out=held_out) for (x, _), target, held_out in rows)
    return tuple(Point(x=x, y=y, value=target, held_out=held_out) for (x, y), target, held_out in rows)
