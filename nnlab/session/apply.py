"""What each command does to a session and what it replies: plain JSON values, ready for the wire."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from nnlab.document.models import Document
from nnlab.document.points import Dataset, Point
from nnlab.document.validation import merge_patch
from nnlab.document.wording import broken_rule, invalid_input
from nnlab.engine.network.network import LayerWeights
from nnlab.errors import NotFound, RevisionConflict
from nnlab.sentence import Sentence
from nnlab.session import commands
from nnlab.session.checkpoint import Checkpoint
from nnlab.session.course.edits import Gesture
from nnlab.session.dataset import document_with_dataset, document_with_points
from nnlab.session.export import export_npz, export_python
from nnlab.session.figure import regions_png
from nnlab.session.onnx import export_onnx
from nnlab.session.picture.diagnostics import diagnostics_json
from nnlab.session.picture.frame import regions_of
from nnlab.session.picture.reading import model_json, prediction_json
from nnlab.session.picture.views import unit_json
from nnlab.session.replies import reply_in
from nnlab.session.session import Session
from nnlab.session.svg import figure_svg

ChangeOfPoints = (
    commands.AddPoints | commands.ReplacePoints | commands.ChangePoint | commands.ChangePoints | commands.RemovePoint
)


@singledispatch
def apply(command: commands.Change | commands.Query, session: Session) -> Any:
    """Carry out one command. Raises NnlabError and leaves the session as it was when it cannot be done."""
    raise TypeError(f"unknown command: {type(command).__name__}")


@apply.register
def _(command: commands.Read, session: Session) -> dict[str, Any]:
    return _whole(session)


@apply.register
def _(command: commands.ReadReply, session: Session) -> Any:
    known = session.replies.find(command.key, command.fingerprint)
    return _whole(session) if known is None else reply_in(known)


@apply.register
def _(command: commands.ReadSnapshot, session: Session) -> dict[str, Any]:
    return _snapshot(session)


@apply.register
def _(command: commands.Patch, session: Session) -> dict[str, Any]:
    if command.if_revision is not None and command.if_revision != session.revision:
        raise RevisionConflict(
            f"The document is at revision {session.revision}, not {command.if_revision}; read it and try again."
        )
    before = session.points_revision
    session.change(session.document.merged(command.patch), ("patch", _leaves(command.patch)))
    return _whole(session, points=command.points == "all" or session.points_revision != before)


@apply.register
def _(command: commands.AddPoints, session: Session) -> dict[str, Any]:
    before = len(session.document.points)
    added = tuple(point.with_id(None) for point in command.points)
    session.change(session.document.with_points(session.document.points + added), _gesture(command) or object())
    return _points(session, session.document.points[before:])


@apply.register
def _(command: commands.ReplacePoints, session: Session) -> dict[str, Any]:
    session.change(document_with_points(session.document, command), _gesture(command) or object())
    return _points(session, session.document.points)


@apply.register
def _(command: commands.ChangePoint, session: Session) -> dict[str, Any]:
    index = _index_of(session.document, command.point_id)
    points = session.document.points
    changed = _patched(points[index], command.patch)
    document = session.document.with_points((*points[:index], changed, *points[index + 1 :]))
    session.change(document, _gesture(command) or ("point", command.point_id, _leaves(command.patch)))
    return {"point": changed.model_dump(mode="json"), "revision": session.revision}


@apply.register
def _(command: commands.ChangePoints, session: Session) -> dict[str, Any]:
    document = session.document
    patches = {edit.id: edit.model_dump(exclude_unset=True) for edit in command.points}
    if len(patches) < len(command.points):
        raise broken_rule("points", "must name each point once", [edit.id for edit in command.points])
    gone = set(command.remove)
    unknown = (patches.keys() | gone) - {point.id for point in document.points}
    if unknown:
        raise _no_point(min(unknown))
    points = tuple(_patched(point, patches.get(point.id)) for point in document.points if point.id not in gone)
    fields = frozenset().union(*patches.values())
    what = object() if gone else ("points", frozenset(patches), fields)
    session.change(document.with_points(points), _gesture(command) or what)
    return _points(session, tuple(point for point in points if point.id in patches))


@apply.register
def _(command: commands.RemovePoint, session: Session) -> dict[str, Any]:
    index = _index_of(session.document, command.point_id)
    points = session.document.points
    document = session.document.with_points(points[:index] + points[index + 1 :])
    session.change(document, _gesture(command) or object())
    return {"revision": session.revision}


@apply.register
def _(command: commands.MakeDataset, session: Session) -> dict[str, Any]:
    session.change(document_with_dataset(session.document, Dataset(**command.model_dump())), "dataset")
    return _whole(session)


@apply.register
def _(command: commands.Run, session: Session) -> dict[str, Any]:
    session.start()
    return _snapshot(session)


@apply.register
def _(command: commands.Pause, session: Session) -> dict[str, Any]:
    session.pause()
    return _snapshot(session)


@apply.register
def _(command: commands.Reset, session: Session) -> dict[str, Any]:
    if command.seed is not None and command.seed != session.document.network.seed:
        session.change(session.document.merged({"network": {"seed": command.seed}}), "seed")
    session.reset()
    return _whole(session)


@apply.register
def _(command: commands.Undo, session: Session) -> dict[str, Any]:
    session.edits.undo(session.bring_back)
    return _whole(session)


@apply.register
def _(command: commands.Redo, session: Session) -> dict[str, Any]:
    session.edits.redo(session.bring_back)
    return _whole(session)


@apply.register
def _(command: commands.Regions, session: Session) -> dict[str, Any]:
    return regions_of(session, command.resolution)


@apply.register
def _(command: commands.Picture, session: Session) -> dict[str, Any]:
    return _file(session, regions_png(regions_of(session, command.resolution)))


@apply.register
def _(command: commands.Figure, session: Session) -> dict[str, Any]:
    document, regions = session.document.model_dump(mode="json"), regions_of(session, command.resolution)
    svg = figure_svg(document, regions, lambda text: command.words.get(text, text))
    return _file(session, svg.encode())


@apply.register
def _(command: commands.UnitMap, session: Session) -> dict[str, Any]:
    return unit_json(session, command.layer, command.unit, command.resolution)


@apply.register
def _(command: commands.Predict, session: Session) -> dict[str, Any]:
    return prediction_json(session, command.points, activations=command.activations)


@apply.register
def _(command: commands.ReadModel, session: Session) -> dict[str, Any]:
    return model_json(session)


@apply.register
def _(command: commands.Export, session: Session) -> dict[str, Any]:
    return _file(session, _exported(command.format, session))


@apply.register
def _(command: commands.RestoreModel, session: Session) -> dict[str, Any]:
    session.replace_weights(tuple(_layer(*item) for item in enumerate(command.layers)))
    return _snapshot(session)


@apply.register
def _(command: commands.EditWeight, session: Session) -> dict[str, Any]:
    session.edit_weight(command)
    return _snapshot(session)


@apply.register
def _(command: commands.Back, session: Session) -> dict[str, Any]:
    session.go_to(step_to_go_to(command, session))
    return _whole(session)


@apply.register
def _(command: commands.Copy, session: Session) -> Checkpoint:
    return replace(session.checkpoint(), revision=1)


@apply.register
def _(command: commands.ReadDiagnostics, session: Session) -> dict[str, Any]:
    return diagnostics_json(session)


@apply.register
def _(command: commands.ReadHistory, session: Session) -> dict[str, Any]:
    return session.history()


def _exported(form: str, session: Session) -> bytes:
    document, layers = session.document, session.trainer.layers()
    if form == "npz":
        return export_npz(document.network_spec(), layers)
    if form == "onnx":
        return export_onnx(document.network_spec(), layers)
    return export_python(document.network_spec(), layers, document.training_spec(), document.examples()).encode()


def step_to_go_to(command: commands.Back, session: Session) -> int:
    """The step that the command means."""
    if command.to_step is not None:
        return command.to_step
    return max(0, session.trainer.steps_taken - (command.steps or 0))


def _gesture(command: ChangeOfPoints) -> Gesture | None:
    """The gesture that the command is a part of, if it says so."""
    return None if command.gesture is None else Gesture(command.gesture)


def _whole(session: Session, *, points: bool = True) -> dict[str, Any]:
    return {
        "revision": session.revision,
        "points_revision": session.points_revision,
        "document": session.document.model_dump(mode="json", exclude=None if points else {"points"}),
        "snapshot": session.snapshot(),
    }


def _snapshot(session: Session) -> dict[str, Any]:
    return {"revision": session.revision, "snapshot": session.snapshot()}


def _file(session: Session, content: bytes) -> dict[str, Any]:
    """A file, and the title that names it."""
    return {"title": session.document.title, "content": content}


def _points(session: Session, points: tuple[Point, ...]) -> dict[str, Any]:
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


def _leaves(patch: Any, below: str = "") -> frozenset[str]:
    """Dotted paths of what a patch sets."""
    if not isinstance(patch, dict):
        return frozenset({below})
    return frozenset().union(*(_leaves(value, f"{below}.{key}") for key, value in patch.items()))


def _layer(index: int, layer: commands.LayerModel) -> LayerWeights:
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
