"""A room as one person may see it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from nnlab.web.rooms.members import NO_FIGURES
from nnlab.web.rooms.people import Person

FOR_ALL = ("code", "title", "state", "task", "locks", "is_frozen", "timer", "has_leaderboard")
Figures = Mapping[int, Mapping[str, Any]]  # by number: figures and state


def room_reply(seen: Mapping[str, Any], who: Person, figures: Figures, say: Callable[[str], str]) -> dict[str, Any]:
    """What the person of this id is answered; `seen` is the room's reply to them, `say` their language."""
    room, actor, number = seen["room"], seen["actor"], seen["number"]
    shows_all = actor != "member"
    reply = {name: room[name] for name in FOR_ALL} | {
        "actor": actor,
        "id": who.id,
        "challenge": said(room["challenge"], say),
        "spotlight": room["spotlight"],
        "spotlight_view_id": spotlight_of(room),
        "poll": _poll(room["poll"], number, shows_all),
        "leaderboard": room["leaderboard"] if room["has_leaderboard"] or actor == "teacher" else None,
        "num_members": len(room["members"]),
        "is_coarse": any(one.get("is_coarse") for one in figures.values()),
        "most_members": room["most_members"],
    }
    if actor == "teacher":
        reply |= {"teacher": who.id, "screen": who.screen_id, "keep_days": room["keep_days"]}
        reply["is_carried_out"] = room["carried_out"] >= room["orders"]
    if shows_all:
        reply["members"] = [_member(one, figures, secret=actor == "teacher") for one in room["members"]]
    else:
        own = next(one for one in room["members"] if one["number"] == number)
        shown = {name: own[name] for name in ("number", "nickname", "is_raised", "hint", "result")}
        reply["member"] = shown | {"session": {"id": who.session_id, "view_id": who.view_id}}
    return reply


def dated(reply: dict[str, Any], seen: Mapping[str, Any]) -> dict[str, Any]:
    """The reply with when it was made, by the server's clock and by the room's revision: so late ones are known."""
    return reply | {"revision": seen["room"]["revision"], "now": time.time()}


def said(challenge: Mapping[str, Any] | None, say: Callable[[str], str]) -> dict[str, Any] | None:
    """A challenge in somebody's language."""
    if challenge is None:
        return None
    return dict(challenge) | {name: say(challenge[name]) for name in ("title", "sentence")}


def seen_by(room: Mapping[str, Any], who: Person, keys: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the room would reply to this person; None for whom it does not know any more."""
    found = keys.get(who.key)
    return None if found is None else {"actor": found[0], "number": found[1], "room": room}


def spotlight_of(room: Mapping[str, Any]) -> str | None:
    """The view id of what everybody is to watch."""
    if room["spotlight"] == "teacher":
        return room["teacher_view_id"]
    return next((one["view_id"] for one in room["members"] if one["number"] == room["spotlight"]), None)


def _poll(poll: Mapping[str, Any] | None, number: int | None, shows_all: bool) -> dict[str, Any] | None:
    """The votes for who may see them: teacher and screen, and a member who has voted."""
    if poll is None:
        return None
    votes = {int(voter): option for voter, option in poll["votes"].items()}
    own = votes.get(number) if number is not None else None
    counts = [sum(vote == index for vote in votes.values()) for index in range(len(poll["options"]))]
    shown = {"votes": counts} if shows_all or own is not None else {"votes": None}
    return {"question": poll["question"], "options": poll["options"], "own": own, **shown}


def _member(one: Mapping[str, Any], figures: Figures, *, secret: bool) -> dict[str, Any]:
    shown = {name: one[name] for name in ("number", "nickname", "is_raised", "raised_at_s", "result")}
    if secret:
        shown["hint"] = one["hint"]
    known = figures.get(one["number"], {"state": "away", **NO_FIGURES})
    return shown | {"view_id": one["view_id"]} | {name: value for name, value in known.items() if name != "is_coarse"}
