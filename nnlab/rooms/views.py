"""A room as plain JSON values: all that somebody in it may know. Whom it is shown to decides what is left of it."""

from __future__ import annotations

from typing import Any

from nnlab.rooms.challenges import CHALLENGES, challenge_json, leaderboard
from nnlab.rooms.room import Room
from nnlab.rooms.state import MOST_MEMBERS, Member, State


def room_json(room: Room) -> dict[str, Any]:
    """All but secrets and the task's document; for the server itself."""
    state = room.state
    return {
        "revision": room.revision,
        "code": state.code,
        "title": state.title,
        "state": "ended" if state.is_ended else "open",
        "is_deleted": state.is_deleted,
        "task": {"number": state.task.number, "title": state.task.document.title, "page": state.page},
        "locks": list(all_locks(state)),
        "is_frozen": state.is_frozen,
        "spotlight": state.spotlight,
        "teacher_view_id": state.teacher_view_id,
        "timer": None if state.timer_ends_at is None else {"ends_at": state.timer_ends_at},
        "poll": None if state.poll is None else state.poll.model_dump(mode="json"),
        "challenge": challenge_json(state.challenge),
        "has_leaderboard": state.has_leaderboard,
        "leaderboard": leaderboard(state),
        "most_members": MOST_MEMBERS,
        "members": [_member_json(member, state) for member in state.members],
        "orders": state.orders,
        "carried_out": state.carried_out,
        "keep_days": state.keep_days,
    }


def all_locks(state: State) -> tuple[str, ...]:
    """The teacher's, and those of the challenge; none once the room has ended."""
    if state.is_ended:
        return ()
    own = CHALLENGES[state.challenge].locks if state.challenge else ()
    return tuple(dict.fromkeys((*state.locks, *own)))


def _member_json(member: Member, state: State) -> dict[str, Any]:
    result = next((one for one in member.results if one.challenge == state.challenge), None)
    return {
        "number": member.number,
        "nickname": member.nickname,
        "view_id": member.view_id,
        "is_raised": member.is_raised,
        "raised_at_s": member.raised_at_s,
        "hint": member.hint,
        "result": None if result is None else result.model_dump(mode="json"),
        "results": [one.model_dump(mode="json") for one in member.results],
    }
