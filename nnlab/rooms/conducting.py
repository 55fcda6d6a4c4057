"""Commands that conduct: the task, locks, freezing, what is shown, the timer; and what students' sessions are told.

A room only notes what all are to be told. Who carries it out asks for the orders and says when all have them.
"""

from __future__ import annotations

import re
import time
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from nnlab.document.models import Document
from nnlab.document.validation import WHOLE, in_words, items, line_of_text, one_line
from nnlab.document.wording import broken_rule
from nnlab.rooms.commands import Tells, require_open
from nnlab.rooms.life import Title, no_such_room, seen
from nnlab.rooms.room import Room
from nnlab.rooms.state import MOST_PATCHES, Task
from nnlab.rooms.views import all_locks
from nnlab.session.commands.kinds import Change, Handlers, Query
from nnlab.session.locks import LOCKS

LONGEST_TIMER_S = 24 * 3600.0
PAGE = re.compile(r"/[^/\\]")

Page = Annotated[
    str,
    line_of_text(200, strip=True),
    in_words(
        "must be a path on this server, such as /lessons",
        lambda value: not isinstance(value, str) or PAGE.match(one_line(value).strip()) is not None,
    ),
]
Spotlight = Annotated[
    int | Literal["teacher"],
    in_words(
        'must be a member\'s number, "teacher" or null',
        lambda value: value == "teacher" or (isinstance(value, int) and not isinstance(value, bool)),
    ),
    WHOLE,
]


class Conduct(Tells):
    """Change how the room stands; what is left out stays as it is."""

    title: Title | None = None
    locks: Annotated[tuple[str, ...], items(most=len(LOCKS))] | None = None
    is_frozen: bool | None = None
    spotlight: Spotlight | None = None
    timer_seconds: Annotated[float, Field(gt=0, le=LONGEST_TIMER_S)] | None = None
    has_leaderboard: bool | None = None
    page: Page | None = None
    teacher_view_id: str | None = None


NULLABLE = ("spotlight", "page")


def conduct(command: Conduct, room: Room) -> dict[str, Any]:
    """Change it. Raises RoomEnded, NotFound for a spotlight on nobody, InvalidInput for an unknown lock."""
    require_open(room)
    given = command.model_fields_set - {"key"}
    new = {name: getattr(command, name) for name in given}
    if "timer_seconds" in given:
        seconds = new.pop("timer_seconds")
        new["timer_ends_at"] = None if seconds is None else time.time() + seconds
    new = {name: value for name, value in new.items() if value is not None or name in (*NULLABLE, "timer_ends_at")}
    if "locks" in new:
        new["locks"] = _known_locks(new["locks"])
    if isinstance(new.get("spotlight"), int):
        room.member(new["spotlight"])
    room.change(told=bool({"locks", "is_frozen"} & new.keys()), **new)
    return seen(room, command.key)


def _known_locks(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in LOCKS:
            raise broken_rule("locks", f"must be among {', '.join(LOCKS)}", name)
    return tuple(dict.fromkeys(names))


class GiveTask(Tells):
    """Push a task to all: a whole document, a patch of what each has, or, with `afresh`, a new start of either."""

    document: Document | None = None
    patch: dict[str, Any] | None = None
    afresh: bool = False
    teacher_view_id: str | None = None


def give_task(command: GiveTask, room: Room) -> dict[str, Any]:
    """Note the task. Raises RoomEnded, and InvalidInput for a patch that does not fit the room's own document."""
    require_open(room)
    task = next_task(room.state.task, command.document, command.patch or {}, afresh=command.afresh)
    new: dict[str, Any] = {"task": task}
    if command.teacher_view_id is not None:
        new["teacher_view_id"] = command.teacher_view_id
    room.change(told=True, **new)
    return seen(room, command.key)


def next_task(task: Task, document: Document | None, patch: dict[str, Any], *, afresh: bool) -> Task:
    """The task after `task`: a whole one, or what is there with a patch. Raises InvalidInput."""
    number = task.number + 1
    if document is not None:
        return Task(number=number, document=document.merged(patch), whole=number)
    merged = task.document.merged(patch)
    patches = (*task.patches, (number, patch))
    if len(patches) > MOST_PATCHES:
        return Task(number=number, document=merged, whole=number)
    started = number if afresh else task.afresh
    return Task(number=number, document=merged, whole=task.whole, patches=patches, afresh=started)


class ReadOrders(Query):
    """Who is to be told what, with the task's content or without; for the server itself."""

    is_free: ClassVar[bool] = True
    with_task: bool = False


def read_orders(command: ReadOrders, room: Room) -> dict[str, Any]:
    """Fields of the sessions' command, the task, and (number, view id) of each member. Raises NotFound."""
    state = room.state
    if state.is_deleted:
        raise no_such_room()
    task = state.task
    content = {"document": task.document.model_dump(mode="json"), "patches": list(task.patches), "afresh": task.afresh}
    return {
        "members": [(member.number, member.view_id) for member in state.members],
        "orders": {"number": state.orders, "locks": list(all_locks(state)), "is_frozen": state.is_frozen},
        "task": {"number": task.number, "whole": task.whole} | (content if command.with_task else {}),
        "carried_out": state.carried_out,
        "keep_days": state.keep_days,
    }


class NoteCarriedOut(Change):
    """All members have been told the orders up to this number; for the server itself."""

    number: int


def note_carried_out(command: NoteCarriedOut, room: Room) -> None:
    """Note it."""
    if command.number > room.state.carried_out:
        room.change(carried_out=min(command.number, room.state.orders))


HANDLERS: Handlers = {Conduct: conduct, GiveTask: give_task, ReadOrders: read_orders, NoteCarriedOut: note_carried_out}
