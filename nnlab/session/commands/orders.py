"""Commands of a room to a student's session: made for a member, and brought in line with what the room has ordered."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, ClassVar

from nnlab.document.models import Document
from nnlab.document.validation import items
from nnlab.session.commands.kinds import Birth, Handlers, OfRoom, Query
from nnlab.session.orders import Orders
from nnlab.session.session import Session

MOST_PATCHES, MOST_LOCKS = 64, 64

Locks = Annotated[tuple[str, ...], items(most=MOST_LOCKS)]


class Enroll(Birth):
    """Make a session for a member of a room, with its present task and orders (see Obey)."""

    document: Document
    member: int
    number: int
    task: int
    locks: Locks = ()
    is_frozen: bool = False
    keep_days: int | None = None

    def make(self) -> Session:
        """The session at its start."""
        session = Session(self.document)
        session.orders = Orders(self.member, self.number, self.task, self.locks, self.is_frozen)
        session.keep_days = self.keep_days
        return session


class Obey(OfRoom):
    """Be as the room wants it. Orders come in any order, again, or late: older ones than those that are known are void.

    A `task` that is newer than the one that was taken up is taken up: the whole `document`, if there is one, then the
    `patches` since; `afresh`: training starts anew with it. None leaves the task as it is.
    """

    ends_works: ClassVar[bool] = True
    number: int
    task: int | None = None
    document: Document | None = None
    patches: Annotated[tuple[dict[str, Any], ...], items(most=MOST_PATCHES)] = ()
    afresh: bool = False
    locks: Locks = ()
    is_frozen: bool = False


def obey(command: Obey, session: Session) -> dict[str, Any]:
    """Take the orders, and the task; the reply says which task is the newest that was taken up.

    Raises InvalidInput for a patch that does not fit the student's document.
    """
    orders = session.orders or Orders(member=0)
    if command.number >= orders.number:
        told: dict[str, Any] = {"number": command.number, "locks": command.locks, "is_frozen": command.is_frozen}
        if command.task is not None and command.task > orders.task:
            _take_up(command, session)
            told["task"] = command.task
        session.orders = _frozen(replace(orders, **told), orders, session)
    return {"task": session.orders.task if session.orders else 0}


def _take_up(command: Obey, session: Session) -> None:
    document = command.document or session.document
    for patch in command.patches:
        document = document.merged(patch)
    if command.document is not None:
        session.pause()
    if command.document is not None or command.afresh:
        session.begin_with(document, "task")
    else:
        session.change(document, "task")


def _frozen(orders: Orders, before: Orders, session: Session) -> Orders:
    """The session stands still while it is frozen, and goes on as it did before."""
    if orders.is_frozen and not before.is_frozen:
        orders = replace(orders, was_running=session.running)
        session.pause()
    elif before.is_frozen and not orders.is_frozen:
        session.running = before.was_running and orders.task == before.task
    return orders


class ReadObeyed(Query):
    """Which orders the session has, and which task."""


def read_obeyed(command: ReadObeyed, session: Session) -> dict[str, int]:
    """Their numbers; 0 for a session of no room."""
    orders = session.orders or Orders(member=0)
    return {"number": orders.number, "task": orders.task}


HANDLERS: Handlers = {Obey: obey, ReadObeyed: read_obeyed}
