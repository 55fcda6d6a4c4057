"""The classroom: a room and its code, who joins it, and what the teacher does with all of them."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Response, jsonify, url_for
from pydantic import Field

from nnlab.document.models import Document
from nnlab.document.points import LARGEST_SEED
from nnlab.document.wording import broken_rule
from nnlab.rooms import conducting, judging, life, members, polls
from nnlab.rooms.challenges import CHALLENGES, challenge_json
from nnlab.session import commands
from nnlab.web.api import door, room_door
from nnlab.web.api.room_bodies import (
    ChallengeName,
    Hand,
    Joining,
    MemberPatch,
    NewRoom,
    NewTask,
    PollBody,
    RoomPatch,
    Voting,
)
from nnlab.web.api.room_shapes import AnyReply, ChallengesReply, RoomReply, SubmitReply
from nnlab.web.api.shapes import CHANGE_PROBLEMS, READ_PROBLEMS, TOO_MANY, Arguments, blueprint
from nnlab.web.pages.languages import translate
from nnlab.web.rooms.desk import desk
from nnlab.web.rooms.people import Person
from nnlab.web.rooms.replies import dated, room_reply, said

bp = blueprint("rooms", "The classroom: one teacher, many students, each with an own network")

LONGEST_CODE = 20  # with blanks; ids are longer


class CodePath(Arguments):
    """Which room."""

    code: str = Field(max_length=LONGEST_CODE, description="The six letters, in any case.")


class RoomPath(Arguments):
    """Which room, and who asks."""

    room_id: str = Field(max_length=40, description="A teacher's, a member's or a screen's id; GET takes a code too.")


class MemberPath(RoomPath):
    """Which member."""

    number: int = Field(ge=1, description="The member's number in the room.")


ROOM_CHANGED: dict[int | str, Any] = {200: RoomReply, **CHANGE_PROBLEMS}


@bp.post("/rooms", responses={201: RoomReply, **CHANGE_PROBLEMS, **TOO_MANY})
def open_room(body: NewRoom) -> Response:
    """Open a room. Its task is a session's document, if one is named, which any id of that session may."""
    fields = {"title": body.title, "keep_days": body.keep_days, "seed": fresh_seed()} | task_of(body.session)
    fields.setdefault("document", Document())
    who, seen = room_door.open_room(fields)
    response = answer(who, seen, 201)
    response.headers["Location"] = url_for("rooms.read_room", room_id=who.id)
    return response


@bp.post("/rooms/<code>/join", responses={201: RoomReply, **CHANGE_PROBLEMS, **TOO_MANY})
def join(path: CodePath, body: Joining) -> Response:
    """Join under a nickname; `id` of the reply is the member's own, for every device of theirs."""
    who, seen = room_door.join(path.code, body.nickname)
    desk().conductor.bring_in_line(who.code, seen["number"])
    desk().lobby.presence(who.code).hear(seen["number"])
    response = answer(who, seen, 201)
    response.headers["Location"] = url_for("rooms.read_room", room_id=who.id)
    return response


@bp.get("/rooms/<room_id>", responses={200: AnyReply, **READ_PROBLEMS})
def read_room(path: RoomPath) -> Response | dict[str, Any]:
    """The room as whoever has this id may see it; with a code, what everybody may know."""
    if len(path.room_id) <= LONGEST_CODE:
        return room_door.look_up(path.room_id)
    who = room_door.visitor(path.room_id)
    seen = room_door.look(who)
    come(who, seen)
    return answer(who, seen)


@bp.patch("/rooms/<room_id>", responses=ROOM_CHANGED)
def conduct(path: RoomPath, body: RoomPatch) -> Response:
    """Title, locks, freezing, what everybody watches, the timer, the leaderboard, the page that goes with the task."""
    given = body.model_dump(include=body.model_fields_set - {"session"})
    if body.session is not None:
        given["teacher_view_id"] = door.caller(body.session).view_id
    return told(path, conducting.Conduct, **given)


@bp.post("/rooms/<room_id>/task", responses=ROOM_CHANGED)
def give_task(path: RoomPath, body: NewTask) -> Response:
    """Push a task to all: a session's points and settings, a patch of what each has, a new start."""
    if body.session is None and body.patch is None and not body.reset:
        raise broken_rule("session", "or patch or reset must be given", None)
    return told(path, conducting.GiveTask, patch=body.patch, afresh=body.reset, **task_of(body.session))


@bp.post("/rooms/<room_id>/poll", responses=ROOM_CHANGED)
def ask_all(path: RoomPath, body: PollBody) -> Response:
    """Put a question to all, in place of the last one."""
    return told(path, polls.AskAll, **body.model_dump())


@bp.delete("/rooms/<room_id>/poll", responses=ROOM_CHANGED)
def end_poll(path: RoomPath) -> Response:
    """Take the question away."""
    return told(path, polls.EndPoll)


@bp.post("/rooms/<room_id>/vote", responses=ROOM_CHANGED)
def vote(path: RoomPath, body: Voting) -> Response:
    """A member's vote; a later one replaces it."""
    return told(path, polls.Vote, option=body.option)


@bp.get("/challenges", responses={200: ChallengesReply})
def show_challenges() -> dict[str, Any]:
    """All challenges there are, the easiest first."""
    return {"challenges": [said(challenge_json(name), translate) for name in CHALLENGES]}


@bp.post("/rooms/<room_id>/challenge", responses=ROOM_CHANGED)
def set_challenge(path: RoomPath, body: ChallengeName) -> Response:
    """Have all begin a challenge."""
    return told(path, judging.SetChallenge, name=body.name)


@bp.delete("/rooms/<room_id>/challenge", responses=ROOM_CHANGED)
def end_challenge(path: RoomPath) -> Response:
    """End it; everybody goes on from where they are."""
    return told(path, judging.SetChallenge, name=None)


@bp.post("/rooms/<room_id>/submit", responses={200: SubmitReply, **CHANGE_PROBLEMS})
def submit(path: RoomPath) -> dict[str, Any]:
    """Have the member's network judged on points that only the server knows."""
    who = room_door.visitor(path.room_id)
    order = room_door.ask(who, judging.ReadJudgement(key=who.key))
    found = door.ask(order["view_id"], commands.Judge.model_validate({"dataset": order["dataset"]}))
    seen = room_door.tell(who, judging.RecordResult(key=who.key, challenge=order["challenge"], **found))
    return seen["result"] | {"room": reply_to(who, seen)}


@bp.post("/rooms/<room_id>/hand", responses=ROOM_CHANGED)
def raise_hand(path: RoomPath, body: Hand) -> Response:
    """Raise the hand, or lower it."""
    return told(path, members.RaiseHand, is_raised=body.is_raised)


@bp.patch("/rooms/<room_id>/members/<int:number>", responses=ROOM_CHANGED)
def change_member(path: MemberPath, body: MemberPatch) -> Response:
    """Rename a member, give a private hint or take it back, lower the hand."""
    return told(path, members.ChangeMember, number=path.number, **body.model_dump(include=body.model_fields_set))


@bp.delete("/rooms/<room_id>/members/<int:number>", responses=ROOM_CHANGED)
def remove_member(path: MemberPath) -> Response:
    """Send a member away; their session is deleted."""
    who = room_door.visitor(path.room_id)
    seen = room_door.tell(who, members.RemoveMember(key=who.key, number=path.number))
    desk().conductor.delete([seen["view_id"]])
    return answer(who, seen)


@bp.post("/rooms/<room_id>/keys", responses=ROOM_CHANGED)
def renew_keys(path: RoomPath) -> Response:
    """New links for teacher and projector; the present ones end."""
    who = room_door.visitor(path.room_id)
    successor = room_door.successor(who)
    return answer(successor, room_door.tell(who, life.RenewKeys(key=who.key, **successor.keys)))


@bp.post("/rooms/<room_id>/end", responses=ROOM_CHANGED)
def end(path: RoomPath) -> Response:
    """End the room: nobody joins any more, everything stays."""
    return told(path, life.End)


@bp.post("/rooms/<room_id>/reopen", responses=ROOM_CHANGED)
def reopen(path: RoomPath) -> Response:
    """Open it again."""
    return told(path, life.Reopen)


@bp.delete("/rooms/<room_id>", responses={204: None, **CHANGE_PROBLEMS})
def delete(path: RoomPath) -> tuple[str, int]:
    """Delete the room and all sessions of its students, at once and for good."""
    who = room_door.visitor(path.room_id)
    closed = room_door.tell(who, life.CloseForGood(key=who.key))
    desk().conductor.delete(closed["view_ids"])
    room_door.delete(who)
    return "", 204


def told(path: RoomPath, kind: type[commands.Change], **fields: Any) -> Response:
    """Have a change made by whoever asks, and what follows from it carried out."""
    who = room_door.visitor(path.room_id)
    seen = room_door.tell(who, door.command(kind, {"key": who.key, **fields}))
    come(who, seen)
    return answer(who, seen)


def come(who: Person, seen: dict[str, Any]) -> None:
    """Somebody is here: their session, or when it is the teacher all sessions, are as the room wants them."""
    if seen["actor"] == "member":
        desk().lobby.presence(who.code).hear(seen["number"])
        desk().conductor.bring_in_line(who.code, seen["number"])
    elif seen["actor"] == "teacher" and seen["room"]["carried_out"] < seen["room"]["orders"]:
        desk().conductor.carry_out(who.code)


def answer(who: Person, seen: dict[str, Any], status: int = 200) -> Response:
    """The room as this person may see it."""
    response = jsonify(reply_to(who, seen))
    response.status_code = status
    return response


def reply_to(who: Person, seen: dict[str, Any]) -> dict[str, Any]:
    """The same as plain values, in the request's language."""
    figures = {} if seen["actor"] == "member" else desk().lobby.figures(who.code)
    return dated(room_reply(seen, who, figures, translate), seen)


def task_of(session_id: str | None) -> dict[str, Any]:
    """A session as a task: its document, and what to watch as the teacher's. Raises NotFound."""
    if session_id is None:
        return {}
    document = door.ask(session_id, commands.Read())["document"]
    return {"document": document, "teacher_view_id": door.caller(session_id).view_id}


def fresh_seed() -> int:
    """For points that nobody can draw again."""
    return secrets.randbelow(LARGEST_SEED)
