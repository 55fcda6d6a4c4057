"""Which runner has which session: one table behind one lock."""

from __future__ import annotations

import threading
from collections.abc import Container
from dataclasses import dataclass
from typing import Generic, TypeVar

R = TypeVar("R")  # a runner instance: one process, never reused


@dataclass(slots=True)
class Place(Generic[R]):
    """Where a session is, and how many calls to it are on their way there or back."""

    runner: R
    slot: int
    calls: int = 0


class Placement(Generic[R]):
    """Places sessions on runners, each of which has a slot, and frees the places of those that are gone.

    Everything that comes from a runner is judged by the instance it comes from: what an earlier one still has to say
    cannot move a session. A runner's word that it has let a session go counts only while no call to that session is on
    its way: such a call wakes it again.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runners: list[R] = []  # by slot
        self._lost: set[int] = set()  # slots whose runner has ended
        self._places: dict[str, Place[R]] = {}
        self._counts: list[int] = []  # places by slot

    def install(self, slot: int, runner: R) -> None:
        """Put a runner into a slot, the next new one or that of a runner that has ended, whose sessions it takes."""
        with self._lock:
            if slot == len(self._runners):
                self._runners.append(runner)
                self._counts.append(0)
                return
            before, self._runners[slot] = self._runners[slot], runner
            self._lost.discard(slot)
            for view_id, place in self._places.items():
                if place.runner is before:
                    self._places[view_id] = Place(runner, slot)

    def lose(self, runner: R, watched: Container[str]) -> None:
        """A runner has ended. The sessions that are watched wait for its successor, the others may go anywhere."""
        with self._lock:
            self._lost.add(self._runners.index(runner))
            theirs = [view_id for view_id, place in self._places.items() if place.runner is runner]
            for view_id in theirs:
                if view_id not in watched:
                    self._remove(view_id)

    def runners(self) -> list[R]:
        """All runners by slot, those included that have ended and are not replaced yet."""
        with self._lock:
            return list(self._runners)

    def counts(self) -> list[int]:
        """How many sessions each runner has."""
        with self._lock:
            return list(self._counts)

    def find(self, view_id: str) -> R | None:
        """The session's runner, if it has one."""
        with self._lock:
            place = self._places.get(view_id)
            return None if place is None else place.runner

    def place(self, view_id: str) -> R:
        """The session's runner; a session without one goes to the runner that has the fewest."""
        with self._lock:
            return self._place(view_id).runner

    def enter(self, view_id: str) -> R:
        """The same for a call; `leave` says that it has come back."""
        with self._lock:
            place = self._place(view_id)
            place.calls += 1
            return place.runner

    def leave(self, view_id: str, runner: R) -> None:
        """A call has come back from this runner, or has not come so far."""
        with self._lock:
            place = self._places.get(view_id)
            if place is not None and place.runner is runner:
                place.calls = max(0, place.calls - 1)

    def free(self, view_id: str, runner: R) -> None:
        """This runner has let the session go."""
        with self._lock:
            place = self._places.get(view_id)
            if place is not None and place.runner is runner and not place.calls:
                self._remove(view_id)

    def _place(self, view_id: str) -> Place[R]:
        if view_id not in self._places:
            slots = range(len(self._runners))
            slot = min(slots, key=lambda slot: (slot in self._lost, self._counts[slot], slot))
            self._places[view_id] = Place(self._runners[slot], slot)
            self._counts[slot] += 1
        return self._places[view_id]

    def _remove(self, view_id: str) -> None:
        self._counts[self._places.pop(view_id).slot] -= 1
