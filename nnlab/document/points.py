"""The points of a document, and the data set they may have been drawn as."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Annotated, Any

from pydantic import Field

from nnlab.document.fields import PERCENT, field, menu, slider, within
from nnlab.document.validation import Model, line_of_text, whole_number
from nnlab.engine.menus.datasets import DATASETS

MOST_POINTS = 2_000
MOST_CLASSES = 8
FARTHEST = 1e6  # coordinates lie within +-FARTHEST
LARGEST_SEED = 2**32 - 1
LARGEST_POINT_ID = 2**31
LONGEST_CLASS_NAME = 40  # characters

Coordinate = Annotated[float, Field(ge=-FARTHEST, le=FARTHEST)]
Seed = Annotated[int, whole_number(0, LARGEST_SEED)]
ClassName = Annotated[str, line_of_text(LONGEST_CLASS_NAME, strip=True)]


class Point(Model):
    """One example: where it is and what the network should say there."""

    id: Annotated[int, whole_number(1, LARGEST_POINT_ID)] | None = field(
        None, "Point id", "Given by the server; needed in no request."
    )
    x: Coordinate = field(..., "x", "Horizontal position.")
    y: Coordinate = field(..., "y", "Vertical position; the target itself in curve fitting.")
    label: Annotated[int, whole_number(0, MOST_CLASSES - 1)] = field(
        0, "Class", "Class of the point, 0 to classes - 1."
    )
    value: Coordinate | None = field(None, "Value", "Target of the point in surface fitting.")
    held_out: bool = field(False, "Held out", "Kept out of training; measures test loss and test accuracy.")

    def model_post_init(self, context: Any) -> None:
        """Share the set of given fields between all points: one of its own takes more room than all the rest."""
        self.__pydantic_fields_set__ = POINT_FIELDS

    def with_id(self, point_id: int | None) -> Point:
        """The same point under another id."""
        return Point.model_construct(POINT_FIELDS, **{**self.__dict__, "id": point_id})


POINT_FIELDS = set(Point.model_fields)


def with_ids(points: tuple[Point, ...], next_id: int) -> tuple[tuple[Point, ...], int]:
    """The points, those without an id with one from `next_id` on, and the next id after them.

    Where the last numbers are taken, the smallest that are free follow.
    """
    given = {point.id for point in points if point.id is not None}
    missing = len(points) - len(given)
    next_id = max(next_id, max(given, default=0) + 1)
    if missing and next_id + missing - 1 > LARGEST_POINT_ID:
        next_id = 1
    free = (number for number in count(next_id) if number not in given)
    if missing:
        points = tuple(point if point.id is not None else point.with_id(next(free)) for point in points)
    return points, next(free)


def texts_of_classes(names: Sequence[str], classes: int) -> tuple[str, ...]:
    """What each class is called in files: its name, else its number; never two alike."""
    names = (*names, *[""] * classes)[:classes]
    return tuple(name or _unlike(names, str(label)) for label, name in enumerate(names))


def _unlike(names: Sequence[str], text: str) -> str:
    """The text, with "class" before it until it is none of the names."""
    while text in names:
        text = f"class {text}"
    return text


class Dataset(Model):
    """A shape that points are drawn from, and how: the same values draw the same points within the same view."""

    name: Annotated[str, menu(DATASETS)] = field(..., "Data set", "The shape the points are drawn from.")
    points: Annotated[int, whole_number(1, MOST_POINTS)] = field(200, "Points", "How many points.", slider(10, 500, 10))
    classes: Annotated[int, whole_number(2, MOST_CLASSES)] | None = field(
        None, "Classes", "How many classes; else the document's, as far as the shape has so many."
    )
    noise: float = field(0.1, "Noise", "How far points stray from their shape.", within(0, 0.5), slider(0, 0.5, 0.01))
    seed: Seed = field(1, "Data seed", "Same seed, same points.")
    test_fraction: float = field(
        0.3,
        "Test share",
        "Share of the points held out to measure the test loss.",
        within(0, 0.9),
        slider(0, 0.9, 0.05),
        PERCENT,
    )
    balance: float = field(
        1.0,
        "Class balance",
        "1: classes of one size; 0.5: each class has half as many points as the one before.",
        within(0.05, 1),
        slider(0.05, 1, 0.05),
    )
    shuffle: bool = field(True, "Mixed order", "The classes' points come mixed; off: one class after the other.")
