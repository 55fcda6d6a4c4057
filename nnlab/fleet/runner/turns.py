"""Whose turn it is: of those that are due the one that has had least, by what its turns cost.

Start-time fair queueing [Goyal, Vin & Cheng 1996]. Every turn has a start on a scale of its own, the seconds of work
that each has had: where its turn before ended, or where the scale stands by now if that is later. The earliest start
comes first, so whoever asks for more than a fair share waits until the others have had as much; who asks for less
never does. Nobody saves up for later, and time that nobody else wants is free. A turn that was dear by chance (any
may meet a collection of garbage, the first one pays for what all use from then on) holds nobody up for long.
"""

from __future__ import annotations

import heapq
import itertools
import math
from dataclasses import dataclass

LONGEST_WAIT_S = 0.5  # every second turn is for whoever has waited so long, and what it has had is forgiven
URGENT_LEAD_S = 0.03  # a call goes before the training of others, as long as its session is not that far ahead


@dataclass(frozen=True, slots=True)
class Plan:
    """When a name wants its next turn, and whether somebody waits for it."""

    number: int  # tells it from plans that are void; entries of those stay in the heaps until they come to the top
    due_s: float
    urgent: bool

    @property
    def lead_s(self) -> float:
        """How far ahead of its start it is served."""
        return URGENT_LEAD_S if self.urgent else 0.0


class Turns:
    """Names wait for their due time and then for their turn. Times are seconds of a steady clock."""

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._plans: dict[str, Plan] = {}
        self._waiting: list[tuple[float, int, str]] = []  # heap by due time
        self._ready: list[tuple[float, float, int, str]] = []  # heap by start, then by due time
        self._oldest: list[tuple[float, int, str]] = []  # those that are ready too; heap by since when they wait
        self._since_s: dict[str, float] = {}  # since when each of them waits, whatever plans it has made since
        self._scale_s = 0.0  # where the last turn started
        self._ends: dict[str, float] = {}  # where the last turn of each ended
        self._forgave = False  # whether the last turn was given for a long wait
        self.late_s: float | None = None  # how long after its due time the last turn was taken; None for a call's

    def plan(self, name: str, due_s: float, *, urgent: bool = False) -> None:
        """Let `name` have its next turn from `due_s` on, infinity for none; an earlier plan is void."""
        known = self._plans.get(name)
        if known is not None and (known.due_s, known.urgent) == (due_s, urgent):
            return
        if due_s == math.inf:
            self._plans.pop(name, None)
            self._since_s.pop(name, None)
            return
        plan = self._plans[name] = Plan(next(self._numbers), due_s, urgent)
        heapq.heappush(self._waiting, (due_s, plan.number, name))

    def next_due_s(self, now_s: float) -> float:
        """When there is a turn to be given: `now_s` if somebody is due, infinity if nobody will be."""
        self._welcome(now_s)
        if self._ready:
            return now_s
        return self._waiting[0][0] if self._waiting else math.inf

    def take(self, now_s: float) -> str | None:
        """Whose turn it is, or None. A turn is had once; the next one must be planned."""
        self._welcome(now_s)
        if not self._ready:
            return None
        self._forgave = not self._forgave and now_s - self._oldest[0][0] > LONGEST_WAIT_S
        if self._forgave:
            _, _, name = heapq.heappop(self._oldest)
            plan = self._plans.pop(name)
            self._ends[name] = min(self._ends.get(name, 0.0), self._scale_s)
        else:  # also when all wait too long: a call still comes before training
            start_s, _, _, name = heapq.heappop(self._ready)
            plan = self._plans.pop(name)
            self._scale_s = max(self._scale_s, start_s + plan.lead_s)
        self._since_s.pop(name, None)
        self.late_s = None if plan.urgent else now_s - plan.due_s
        return name

    def book(self, name: str, cost_s: float) -> None:
        """So much work has been done for `name`."""
        self._ends[name] = self._start_s(name) + cost_s

    def forget(self, name: str) -> None:
        """`name` wants no turn any more, and what it has had does not matter."""
        self._plans.pop(name, None)
        self._ends.pop(name, None)
        self._since_s.pop(name, None)

    def _start_s(self, name: str) -> float:
        return max(self._scale_s, self._ends.get(name, 0.0))

    def _welcome(self, now_s: float) -> None:
        """Move those that have become due from one heap to the other; drop void plans on top of both."""
        while self._waiting and (self._waiting[0][0] <= now_s or self._is_void(*self._waiting[0][1:])):
            due_s, number, name = heapq.heappop(self._waiting)
            if not self._is_void(number, name):
                start_s = self._start_s(name) - self._plans[name].lead_s
                heapq.heappush(self._ready, (start_s, due_s, number, name))
                heapq.heappush(self._oldest, (self._since_s.setdefault(name, now_s), number, name))
        while self._ready and self._is_void(*self._ready[0][2:]):
            heapq.heappop(self._ready)
        while self._oldest and self._is_void(*self._oldest[0][1:]):
            heapq.heappop(self._oldest)

    def _is_void(self, number: int, name: str) -> bool:
        return name not in self._plans or self._plans[name].number != number
