"""Commands about points: added, replaced, changed, removed, drawn as a data set."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ValidationError

from nnlab.document.fields import field, menu
from nnlab.document.framing import view_for
from nnlab.document.models import Document
from nnlab.document.points import LARGEST_POINT_ID, MOST_CLASSES, MOST_POINTS, ClassName, Coordinate, Dataset, Point
from nnlab.document.validation import Model, items, merge_patch, whole_number
from nnlab.document.wording import broken_rule, invalid_input
from nnlab.engine.menus.scalings import SCALINGS
from nnlab.errors import NotFound
from nnlab.sentence import Sentence
from nnlab.session.commands.kinds import Change, Handlers
from nnlab.session.commands.life import leaves
from nnlab.session.course.edits import Gesture
from nnlab.session.dataset import arranged, document_with_dataset, document_with_points
from nnlab.session.picture.snapshot import whole_reply
from nnlab.session.session import Session

LARGEST_GESTURE = 2**53 - 1  # the largest whole number that every reader of JSON keeps exactly

PointId = Annotated[int, whole_number(1, LARGEST_POINT_ID)]
# Changes of one gesture in unbroken succession are one edit.
GestureNumber = Annotated[int, whole_number(0, LARGEST_GESTURE)]


class ChangeOfPoints(Change):
    """A change of points, alone or as a part of a gesture."""

    gesture: GestureNumber | None = None

    @property
    def its_gesture(self) -> Gesture | None:
        """The gesture that the command is a part of, if it says so."""
        return None if self.gesture is None else Gesture(self.gesture)


class AddPoints(ChangeOfPoints):
    """Add points after the existing ones."""

    points: Annotated[tuple[Point, ...], items(least=1, most=MOST_POINTS)]


def add_points(command: AddPoints, session: Session) -> dict[str, Any]:
    """Add the points; the reply has them with their ids."""
    before = len(session.document.points)
    added = tuple(point.with_id(None) for point in command.points)
    session.change(session.document.with_points(session.document.points + added), command.its_gesture or object())
    return _reply(session, session.document.points[before:])


class ReplacePoints(ChangeOfPoints):
    """Put these points in place of all others."""

    points: Annotated[tuple[Point, ...], items(most=MOST_POINTS)]
    grow_classes: bool = field(
        False,
        "More classes",
        "Whether labels beyond the document's classes bring more of them, and a loss that can tell them apart.",
    )
    classes: Annotated[int, whole_number(2, MOST_CLASSES)] | None = field(
        None,
        "Classes",
        "How many classes there are then, with a loss that can tell them apart; else as many as before.",
    )
    class_names: Annotated[tuple[ClassName, ...], items(most=MOST_CLASSES)] | None = field(
        None, "Class names", "What the points' classes are called; without it the names stay as they are."
    )
    scaling: Annotated[str, menu(SCALINGS)] | None = field(
        None, "Input scaling", "network.scaling from then on; else as it was."
    )
    fit: bool = field(False, "Fit the view", "Whether another view takes its place if this one shows the points badly.")


def replace_points(command: ReplacePoints, session: Session) -> dict[str, Any]:
    """Put the points in place of all others."""
    needed = max([session.document.classes, *(point.label + 1 for point in command.points)])
    classes = command.classes or (needed if command.grow_classes else session.document.classes)
    document = document_with_points(session.document, command.points, classes=classes, class_names=command.class_names)
    scaling = command.scaling or document.network.scaling
    view = view_for(document.points, document.view) if command.fit else document.view
    session.change(arranged(document, view, scaling=scaling), command.its_gesture or object())
    return _reply(session, session.document.points)


class ChangePoint(ChangeOfPoints):
    """Merge a patch into one point."""

    point_id: int
    patch: dict[str, Any]


def change_point(command: ChangePoint, session: Session) -> dict[str, Any]:
    """Merge the patch into the point. Raises NotFound and InvalidInput."""
    index = _index_of(session.document, command.point_id)
    points = session.document.points
    changed = _patched(points[index], command.patch)
    document = session.document.with_points((*points[:index], changed, *points[index + 1 :]))
    session.change(document, command.its_gesture or ("point", command.point_id, leaves(command.patch)))
    return {"point": changed.model_dump(mode="json"), "revision": session.revision}


class PointEdit(Model):
    """What shall be different about the point with this id."""

    id: PointId
    x: Coordinate | None = None
    y: Coordinate | None = None
    label: Annotated[int, whole_number(0, MOST_CLASSES - 1)] | None = None
    value: Coordinate | None = None
    held_out: bool | None = None


class ChangePoints(ChangeOfPoints):
    """Change several points and remove others, as one edit: all of it or nothing."""

    points: Annotated[tuple[PointEdit, ...], items(most=MOST_POINTS)] = ()
    remove: Annotated[tuple[PointId, ...], items(most=MOST_POINTS)] = ()


def change_points(command: ChangePoints, session: Session) -> dict[str, Any]:
    """Change and remove points. Raises NotFound and InvalidInput."""
    document, gone = session.document, set(command.remove)
    named = {edit.id for edit in command.points}
    if len(named) < len(command.points):
        raise broken_rule("points", "must name each point once", [edit.id for edit in command.points])
    unknown = (named | gone) - {point.id for point in document.points}
    if unknown:
        raise _no_point(min(unknown))
    patches: dict[int | None, dict[str, Any]]
    patches = {edit.id: edit.model_dump(exclude_unset=True) for edit in command.points}
    points = tuple(_patched(point, patches.get(point.id)) for point in document.points if point.id not in gone)
    fields = frozenset().union(*patches.values())
    what = object() if gone else ("points", frozenset(named), fields)
    session.change(document.with_points(points), command.its_gesture or what)
    return _reply(session, tuple(point for point in points if point.id in patches))


class RemovePoint(ChangeOfPoints):
    """Remove one point."""

    point_id: int


def remove_point(command: RemovePoint, session: Session) -> dict[str, Any]:
    """Remove the point. Raises NotFound."""
    index = _index_of(session.document, command.point_id)
    points = session.document.points
    document = session.document.with_points(points[:index] + points[index + 1 :])
    session.change(document, command.its_gesture or object())
    return {"revision": session.revision}


class MakeDataset(Dataset, Change):
    """Replace all points by a data set that is drawn anew."""


def make_dataset(command: MakeDataset, session: Session) -> dict[str, Any]:
    """Draw the data set. Raises InvalidInput where it does not fit the task."""
    session.change(document_with_dataset(session.document, Dataset(**command.model_dump())), "dataset")
    return whole_reply(session)


def _reply(session: Session, points: tuple[Point, ...]) -> dict[str, Any]:
    return {"points": [point.model_dump(mode="json") for point in points], "revision": session.revision}


def _patched(point: Point, patch: dict[str, Any] | None) -> Point:
    """The point with a patch merged into it; its id stays."""
    if patch is None:
        return point
    try:
        return Point.model_validate(merge_patch(point.model_dump(), patch) | {"id": point.id})
    except ValidationError as error:
        raise invalid_input(error) from None


def _index_of(document: Document, point_id: int) -> int:
    for index, point in enumerate(document.points):
        if point.id == point_id:
            return index
    raise _no_point(point_id)


def _no_point(point_id: int) -> NotFound:
    return NotFound(Sentence("There is no point {point_id} in this session.", point_id=point_id))


HANDLERS: Handlers = {
    AddPoints: add_points,
    ReplacePoints: replace_points,
    ChangePoint: change_point,
    ChangePoints: change_points,
    RemovePoint: remove_point,
    MakeDataset: make_dataset,
}
