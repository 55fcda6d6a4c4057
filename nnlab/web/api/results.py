"""What came of a lesson, for the teacher to keep; and the room's address as a picture to be photographed."""

from __future__ import annotations

import io
import time
from typing import Any, Literal

import segno
from flask import Response, request
from pydantic import BaseModel, Field

from nnlab.files.results import results_csv
from nnlab.rooms.challenges import CHALLENGES
from nnlab.rooms.commands import for_the_teacher
from nnlab.web.api import room_door
from nnlab.web.api.files import both_names, file_stem
from nnlab.web.api.room_shapes import ResultShape
from nnlab.web.api.rooms import CodePath, RoomPath
from nnlab.web.api.shapes import COMMON_PROBLEMS, READ_PROBLEMS, Arguments, blueprint
from nnlab.web.rooms.desk import desk
from nnlab.web.rooms.members import NO_FIGURES, Progress

bp = blueprint("results", "What came of a lesson")

CSV_TYPE = "text/csv"
FIGURES = tuple(NO_FIGURES)
FOR_TEACHERS: dict[int | str, Any] = {**READ_PROBLEMS, "403": COMMON_PROBLEMS["403"]}
QR_SCALE = 8  # units a module, of a picture that scales anyway


class TableQuery(Arguments):
    """How the table is to be written."""

    separator: Literal["comma", "semicolon", "tab"] = Field("comma", description="What stands between cells.")
    decimal: Literal["point", "comma"] = Field("point", description="The decimal sign.")


class MemberResults(BaseModel):
    """What a member's network has come to, and the challenges that were tried."""

    number: int
    nickname: str
    view_id: str
    network: str = Field(description="Units of the hidden layers with their activations.")
    step: int | None
    epoch: int | None
    train_accuracy: float | None
    held_out_accuracy: float | None
    loss: float | None
    parameters: int | None
    state: str = Field(description="As on the wall, as if everybody were there.")
    challenges: dict[str, ResultShape] = Field(description="The best result in each that was tried, by name.")


class ResultsReply(BaseModel):
    """What came of a lesson."""

    code: str
    title: str
    at_s: float = Field(description="When this was read, in seconds since 1970.")
    rows: list[MemberResults]


@bp.get("/rooms/<room_id>/results", responses={200: ResultsReply, **FOR_TEACHERS})
def show_results(path: RoomPath) -> dict[str, Any]:
    """Every member's network as it stands, and the best result in each challenge; for the teacher."""
    room = _room_of_teacher(path)
    return {"code": room["code"], "title": room["title"], "at_s": time.time(), "rows": _rows(room)}


@bp.get("/rooms/<room_id>/results.csv", responses={200: {"content": {CSV_TYPE: {}}}, **FOR_TEACHERS})
def show_table(path: RoomPath, query: TableQuery) -> Response:
    """The same as a table, a row a member, with the accuracy in each challenge that anybody tried."""
    room = _room_of_teacher(path)
    rows = [_flat(row) for row in _rows(room)]
    tried = [name for name in CHALLENGES if any(name in row for row in rows)]
    columns = [name for one in tried for name in (one, f"{one}_passed")]
    names = ("number", "nickname", "network", *FIGURES, *columns)
    response = Response(results_csv(rows, names, separator=query.separator, decimal=query.decimal), mimetype=CSV_TYPE)
    named, plain = (f"{file_stem(title, room['code'])}-results.csv" for title in (room["title"], ""))
    response.headers.set("Content-Disposition", "attachment", **both_names(named, plain))
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/rooms/<code>/qr.svg", responses={200: {"content": {"image/svg+xml": {}}}, **READ_PROBLEMS})
def show_qr(path: CodePath) -> Response:
    """The address where one joins, as a QR code; made here, without asking anybody."""
    code = room_door.look_up(path.code)["code"]
    picture = io.BytesIO()
    address = f"{request.url_root.rstrip('/')}/join/{code}"
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", scale=QR_SCALE, dark="#000", light="#fff", xmldecl=False, omitsize=True, title=address
    )
    response = Response(picture.getvalue(), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _room_of_teacher(path: RoomPath) -> dict[str, Any]:
    who = room_door.visitor(path.room_id)
    seen = room_door.look(who)
    if seen["actor"] != "teacher":
        raise for_the_teacher()
    room: dict[str, Any] = seen["room"]
    return room


def _rows(room: dict[str, Any]) -> list[dict[str, Any]]:
    """A row a member, their sessions asked a few at a time."""
    members = room["members"]
    found = desk().conductor.read_all(member["view_id"] for member in members)
    return [_row(member, known) for member, known in zip(members, found, strict=True)]


def _row(member: dict[str, Any], known: dict[str, Any] | None) -> dict[str, Any]:
    progress, network = Progress(), ""
    if known is not None:
        progress.take(known["snapshot"])
        network = " ".join(f"{one['units']} {one['activation']}" for one in known["document"]["network"]["hidden"])
    shown = {name: member[name] for name in ("number", "nickname", "view_id")}
    challenges = {one["challenge"]: one for one in member["results"]}
    figures = progress.figures | {"state": progress.state(is_here=True), "challenges": challenges}
    return shown | {"network": network, **figures}


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """With a column for each challenge that was tried, and one that says whether it was passed."""
    tried = row["challenges"]
    accuracies = {name: one["accuracy"] for name, one in tried.items()}
    return row | accuracies | {f"{name}_passed": one["passed"] for name, one in tried.items()}
