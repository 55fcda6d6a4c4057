"""The points of a session and the data sets they can be drawn from."""

from __future__ import annotations

from typing import Any, Literal

from flask import Response, jsonify, request
from pydantic import Field, RootModel

from nnlab.errors import InvalidInput
from nnlab.files.table.preview import preview_json
from nnlab.files.table.reading import by_line, read, reading_of
from nnlab.files.table.writing import points_to_csv
from nnlab.session import commands
from nnlab.web.api import door
from nnlab.web.api.files import file_reply, wants_file
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
from nnlab.web.api.tables import (
    CSV_TYPE,
    MOST_TABLE_BYTES,
    TABLE_TYPES,
    PreviewReply,
    TableQuery,
    classes_of,
    document_of,
    room_to_read,
    scaling_of,
    table_body,
    target_of,
)
from nnlab.web.http.needs import needs
from nnlab.web.pages.languages import translate

bp = blueprint("points", "The examples a network learns from")


class ImportQuery(TableQuery):
    """What is decided about a table, and which gesture it is a part of."""

    gesture: int | None = Field(None, ge=0, le=commands.LARGEST_GESTURE, description="As for every change of points.")


class PointPatch(RootModel[dict[str, Any]]):
    """A merge patch of one point."""

    root: dict[str, Any] = Field(examples=[{"x": 1.5, "y": -0.5}])


class ReplacedReply(PointsReply):
    """The points that are there now."""

    class_names: list[str] = Field(
        description="What the classes of a table are called; empty where they have no names."
    )
    num_rows: int = Field(description="Rows of points that the table has, those included that were not taken.")


class Format(Arguments):
    """How the points are to be written."""

    format: Literal["json", "csv"] | None = Field(None, description="json or csv; else what Accept prefers.")
    separator: Literal["comma", "semicolon", "tab"] = Field("comma", description="What stands between cells of CSV.")
    decimal: Literal["point", "comma"] = Field("point", description="The decimal sign in CSV.")


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
    if wants_file(query.format, CSV_TYPE):
        classes = classes_of(document) if any(document["class_names"]) else ()
        convention = {"separator": query.separator, "decimal": query.decimal}
        text = points_to_csv(points, classes, task=document["task"], **convention)
        file = {"title": document["title"], "content": text}
        return file_reply(file, door.caller(path.session_id).view_id, kind=CSV_TYPE, ending="csv")
    return jsonify({"points": points, "revision": value["revision"]})


@bp.post("/sessions/<session_id>/points", responses={201: PointsReply, **CHANGE_PROBLEMS})
def add(path: SessionPath, body: commands.AddPoints) -> tuple[dict[str, Any], int]:
    """Add points; the reply has their ids."""
    return door.tell(path.session_id, body), 201


@bp.put(
    "/sessions/<session_id>/points",
    request_body=kinds_of(commands.ReplacePoints, *TABLE_TYPES),
    responses={200: ReplacedReply, **CHANGE_PROBLEMS},
)
@needs(body_bytes=MOST_TABLE_BYTES)
def replace(path: SessionPath, query: ImportQuery) -> dict[str, Any]:
    """Put other points in place of all: JSON {"points": [...]}, or a table, with its classes and their names.

    A table that leaves something open is refused with 422; `errors` names the choices to make in the query.
    """
    door.editor(path.session_id)
    if request.is_json or not request.mimetype:
        command = door.command(commands.ReplacePoints, request.get_json())
        reply = door.tell(path.session_id, command, gesture=query.gesture)
        return {**reply, "class_names": [], "num_rows": len(command.points)}
    document = document_of(path.session_id)
    content = table_body()
    with room_to_read(content):
        found = read(content, query.choices(), target_of(document))
    fields = {
        "points": found.points,
        "classes": found.classes,
        "class_names": found.class_names,
        "scaling": scaling_of(document, query) or found.scaling,
        "fit": True,
    }
    try:
        command = door.command(commands.ReplacePoints, fields)
        reply = door.tell(path.session_id, command, gesture=query.gesture)
    except InvalidInput as error:
        raise by_line(error, found.lines) from None
    return {**reply, "class_names": list(found.class_names or ()), "num_rows": found.num_rows}


@bp.post(
    "/sessions/<session_id>/points/preview",
    request_body=kinds_of(commands.ReplacePoints, *TABLE_TYPES),
    responses={200: PreviewReply, **CHANGE_PROBLEMS},
)
@needs(only_reads=True, body_bytes=MOST_TABLE_BYTES)
def preview(path: SessionPath, query: TableQuery) -> dict[str, Any]:
    """What is understood of a table, and what would become of it: nothing is changed. JSON counts as a table too."""
    content = request.get_data() if request.is_json else table_body()
    choices = query.choices()
    document = document_of(path.session_id)
    with room_to_read(content):
        reading = reading_of(content, choices, target_of(document))
        return preview_json(reading, choices, translate, scaling=scaling_of(document, query))


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
