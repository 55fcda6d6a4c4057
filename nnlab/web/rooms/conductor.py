"""Tells students' sessions what their room has ordered.

The room notes what all are to be told; here it is carried out, a few sessions at a time. Whoever was not reached, since
a process ended in the middle, is told when they come, or when the teacher does.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from nnlab.errors import Conflict, InvalidInput, NnlabError, NotFound
from nnlab.fleet.lost import stopping
from nnlab.rooms.conducting import NoteCarriedOut, ReadOrders
from nnlab.session.commands import Delete, Enroll, Obey, Read, ReadObeyed
from nnlab.web.rooms.people import room_id_of
from nnlab.web.state import Fleet

MOST_TRIES, AGAIN_AFTER_S = 10, 1.0  # a runner that has ended is replaced within seconds
MOST_AT_ONCE = 8  # sessions that are told at a time: the runners serve others between them

T = TypeVar("T")
R = TypeVar("R")

log = logging.getLogger(__name__)


class Conductor:
    """Carries out orders, each room's one after the other."""

    def __init__(self, fleet: Fleet) -> None:
        self._fleet = fleet
        self._lock = threading.Lock()
        self._at_work: dict[str, bool] = {}  # by code: whether there is more to do once this is done
        self._pool: ThreadPoolExecutor | None = None
        self._closing = threading.Event()

    def carry_out(self, code: str) -> None:
        """Have all members told, soon; returns at once."""
        with self._lock:
            if code in self._at_work:
                self._at_work[code] = True
                return
            self._at_work[code] = False
            threading.Thread(target=self._run, args=(code,), daemon=True, name=f"conduct {code}").start()

    def bring_in_line(self, code: str, number: int) -> None:
        """Tell one member now what all were told; a session that is not there is made."""
        orders = self._fleet.call(room_id_of(code), ReadOrders())
        for known, view_id in orders["members"]:
            if known == number and not self._is_in_line(orders, view_id):
                self._tell(code, orders, number, view_id)

    def delete(self, view_ids: Iterable[str]) -> None:
        """Delete sessions; those that are gone already do not matter. Raises NnlabError when one cannot be deleted."""
        self._with_each(self._delete, view_ids)

    def read_all(self, view_ids: Iterable[str]) -> list[dict[str, Any] | None]:
        """Each session as it stands, None where it cannot be had."""

        def read(view_id: str) -> dict[str, Any] | None:
            try:
                found: dict[str, Any] = self._fleet.call(view_id, Read())
                return found
            except NnlabError:
                return None

        return self._with_each(read, view_ids)

    def close(self) -> None:
        """Let what is being told be told."""
        self._closing.set()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _with_each(self, act: Callable[[T], R], each: Iterable[T]) -> list[R]:
        """What comes of each, a few at a time. Raises Unavailable when the server stops meanwhile."""
        try:
            return list(self._workers.map(act, each))
        except (CancelledError, RuntimeError):  # what is waiting is given up, and nothing new is taken
            if not self._closing.is_set():
                raise
            raise stopping() from None

    @property
    def _workers(self) -> ThreadPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(MOST_AT_ONCE, "conduct")
            return self._pool

    def _run(self, code: str) -> None:
        """Tell all, again as long as there are newer orders, or somebody could not be told."""
        tries_left = MOST_TRIES
        while tries_left and not self._closing.is_set():
            told = self._try_to_tell_all(code)
            tries_left = MOST_TRIES if told else tries_left - 1
            with self._lock:
                done = (told and not self._at_work[code]) or not tries_left
                if done:
                    del self._at_work[code]
                    return
                self._at_work[code] = False
            if not told:
                self._closing.wait(AGAIN_AFTER_S)

    def _try_to_tell_all(self, code: str) -> bool:
        try:
            return self._tell_all(code)
        except NotFound:  # the room was deleted meanwhile
            return True
        except NnlabError as error:
            log.warning("The orders of a room were not carried out: %s", error)
            return False
        except Exception:
            log.exception("The orders of a room could not be carried out")
            return False

    def _tell_all(self, code: str) -> bool:
        """Tell all members; whether all have been told."""
        orders = self._fleet.call(room_id_of(code), ReadOrders(with_task=True))

        def tell(member: tuple[int, str]) -> bool:
            try:
                self._tell(code, orders, *member)
            except NnlabError as error:
                log.warning("A student was not told an order: %s", error)
                return False
            return True

        told = all(self._with_each(tell, orders["members"]))
        if told:
            self._fleet.call(room_id_of(code), NoteCarriedOut(number=orders["orders"]["number"]))
        return told

    def _is_in_line(self, orders: dict[str, Any], view_id: str) -> bool:
        """Whether the session has the newest orders and task already."""
        try:
            known = self._fleet.call(view_id, ReadObeyed())
        except NotFound:
            return False
        newest = {"number": orders["orders"]["number"], "task": orders["task"]["number"]}
        return all(known[name] >= newest[name] for name in newest)

    def _tell(self, code: str, orders: dict[str, Any], number: int, view_id: str) -> None:
        """Tell one session; it is given the task only if it has not taken it up yet."""
        try:
            known = self._fleet.call(view_id, Obey.model_validate(orders["orders"]))["task"]
            if known < orders["task"]["number"]:
                self._give_task(self._with_task(code, orders), known, view_id)
        except NotFound:
            self._enroll(code, number, view_id)

    def _with_task(self, code: str, orders: dict[str, Any]) -> dict[str, Any]:
        if "document" in orders["task"]:
            return orders
        whole: dict[str, Any] = self._fleet.call(room_id_of(code), ReadOrders(with_task=True))
        return whole

    def _give_task(self, orders: dict[str, Any], known: int, view_id: str) -> None:
        """The patches that are missing; the whole document when they do not fit, or are not all there."""
        task, said = orders["task"], orders["orders"] | {"task": orders["task"]["number"]}
        if known >= task["whole"]:
            patches = [patch for number, patch in task["patches"] if number > known]
            changes = {"patches": patches, "afresh": known < task["afresh"]}
            try:
                self._fleet.call(view_id, Obey.model_validate(said | changes))
                return
            except InvalidInput:
                pass
        self._fleet.call(view_id, Obey.model_validate(said | {"document": task["document"]}))

    def _enroll(self, code: str, number: int, view_id: str) -> None:
        """Make a member's session, unless the room was deleted or the member sent away meanwhile. Raises NotFound."""
        orders = self._fleet.call(room_id_of(code), ReadOrders(with_task=True))
        if (number, view_id) not in map(tuple, orders["members"]):
            return
        task = orders["task"]
        fields = {"document": task["document"], "member": number, "task": task["number"]}
        command = Enroll.model_validate(orders["orders"] | fields | {"keep_days": orders["keep_days"]})
        with suppress(Conflict):  # it was made at the same moment by another request
            self._fleet.call(view_id, command)

    def _delete(self, view_id: str) -> None:
        with suppress(NotFound):
            self._fleet.call(view_id, Delete())
