"""The points of a session and the data sets they can be drawn from."""

from __future__ import annotations

from typing import Any, Literal

from flask import Response, jsonify, request
from pydantic import Field, RootModel

from nnlab.errors import InvalidInput
from nnlab.session import commands
from nnlab.web.api import door
from nnlab.web.api.files import file_reply
from nnlab.web.api.points_csv import by_line, points_from_csv, points_to_csv
from nnlab.web.api.sessions import answer
from nnlab.web.api.shapes import (
    CHANGE_PROBLEMS,
    READ_PROBLEMS,
    Arguments,
    PointPath,
    PointReply,
    PointsReply,
    RevisionReply,
    SessionPath,
    SessionReply,
    blueprint,
    kinds_of,
)

bp = blueprint("points", "The examples a network learns from")

CSV_TYPE = "text/csv"


class PointPatch(RootModel[dict[str, Any]]):
    """A merge patch of one point."""

    root: dict[str, Any] = Field(examples=[{"x": 1.5, "y": -0.5}])


class ReplacedReply(PointsReply):
    """The points that are there now."""

    class_names: list[str] = Field(description="CSV with words for labels: the words that became 0, 1, 2, ...")


class Format(Arguments):
    """How the points are to be written."""

    format: Literal["json", "csv"] | None = Field(None, description="json or csv; else what Accept prefers.")


class GestureQuery(Arguments):
    """Which gesture the change is a part of."""

    gesture: int | None = Field(
        None,
        ge=0,
        le=commands.LARGEST_GESTURE,
        description="Changes with one number in unbroken succession are one step of undo.",
    )


@bp.get("/sessions/<session_id>/points", responses={200: kinds_of(PointsReply, CSV_TYPE), **READ_PROBLEMS})
def list_points(path: SessionPath, query: Format) -> Response:
    """All points, as JSON or as CSV with a header row."""
    value = door.ask(path.session_id, commands.Read())
    document = value["document"]
    points = document["points"]
    if _wants_csv(query.format):
        file = {"title": document["title"], "content": points_to_csv(points)}
        return file_reply(file, door.caller(path.session_id).view_id, kind=CSV_TYPE, ending="csv")
    return jsonify({"points": points, "revision": value["revision"]})


@bp.post("/sessions/<session_id>/points", responses={201: PointsReply, **CHANGE_PROBLEMS})
def add(path: SessionPath, body: commands.AddPoints) -> tuple[dict[str, Any], int]:
    """Add points; the reply has their ids."""
    return door.tell(path.session_id, body), 201


@bp.put(
    "/sessions/<session_id>/points",
    request_body=kinds_of(commands.ReplacePoints, CSV_TYPE),
    responses={200: ReplacedReply, **CHANGE_PROBLEMS},
)
def replace(path: SessionPath, query: GestureQuery) -> dict[str, Any]:
    """Put other points in place of all: JSON {"points": [...]}, or CSV, which may bring more classes."""
    door.editor(path.session_id)
    if request.mimetype != CSV_TYPE:
        command = door.command(commands.ReplacePoints, request.get_json())
        return {**door.tell(path.session_id, command, gesture=query.gesture), "class_names": []}
    task = door.ask(path.session_id, commands.Read())["document"]["task"]
    read = points_from_csv(request.get_data(), task)
    try:
        command = door.command(commands.ReplacePoints, {"points": read.points, "grow_classes": True})
        reply = door.tell(path.session_id, command, gesture=query.gesture)
    except InvalidInput as error:
        raise by_line(error, read.lines) from None
    return {**reply, "class_names": read.class_names}


@bp.delete("/sessions/<session_id>/points", responses={200: PointsReply, **CHANGE_PROBLEMS})
def clear(path: SessionPath, query: GestureQuery) -> dict[str, Any]:
    """Remove all points."""
    return door.tell(path.session_id, commands.ReplacePoints(points=()), gesture=query.gesture)


@bp.patch("/sessions/<session_id>/points", responses={200: PointsReply, **CHANGE_PROBLEMS})
def change_many(path: SessionPath, body: commands.ChangePoints) -> dict[str, Any]:
    """Move several points, give them another class, or remove them: one change, one step of undo."""
    return door.tell(path.session_id, body)


@bp.patch("/sessions/<session_id>/points/<int:point_id>", responses={200: PointReply, **CHANGE_PROBLEMS})
def change(path: PointPath, query: GestureQuery, body: PointPatch) -> dict[str, Any]:
    """Move a point, or give it another class."""
    command = commands.ChangePoint(point_id=path.point_id, patch=body.root)
    return door.tell(path.session_id, command, gesture=query.gesture)


@bp.delete("/sessions/<session_id>/points/<int:point_id>", responses={200: RevisionReply, **CHANGE_PROBLEMS})
def remove(path: PointPath, query: GestureQuery) -> dict[str, Any]:
    """Remove one point."""
    return door.tell(path.session_id, commands.RemovePoint(point_id=path.point_id), gesture=query.gesture)


@bp.post("/sessions/<session_id>/dataset", responses={200: SessionReply, **CHANGE_PROBLEMS})
def make_dataset(path: SessionPath, body: commands.MakeDataset) -> Response:
    """Replace all points by a data set drawn anew; all of it lies inside the view."""
    return answer(door.caller(path.session_id), door.tell(path.session_id, body))


@bp.post("/sessions/<session_id>/held_out", responses={200: SessionReply, **CHANGE_PROBLEMS})
def hold_out(path: SessionPath, body: commands.HoldOut) -> Response:
    """Hold a share of each class's points out of training, chosen by a seed; the points stay where they are."""
    return answer(door.caller(path.session_id), door.tell(path.session_id, body))


@bp.post("/sessions/<session_id>/fit", responses={200: SessionReply, **CHANGE_PROBLEMS})
def fit(path: SessionPath) -> Response:
    """Show all points: the view becomes one that has room around them."""
    return answer(door.caller(path.session_id), door.tell(path.session_id, commands.Fit()))


def _wants_csv(asked: str | None) -> bool:
    if asked is not None:
        return asked == "csv"
    return request.accept_mimetypes.best_match(["application/json", CSV_TYPE]) == CSV_TYPE
