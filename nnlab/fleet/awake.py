"""A session in a runner's memory: who watches it, what it owes and when it is due."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

from nnlab.fleet.frames import event
from nnlab.fleet.pacing import Pacing
from nnlab.fleet.wire import Event
from nnlab.session.frame import frame
from nnlab.session.session import Session
from nnlab.session.views import extra_views

Views = tuple[str, ...]


@dataclass(slots=True)
class OwedSteps:
    """A Step command that is being carried out, slice by slice."""

    request_id: int
    steps: int


class Awake:
    """Wraps one session with its watchers, pace and ownership number."""

    def __init__(self, view_id: str, session: Session, epoch: int, watchers: set[Views] | None = None) -> None:
        now_s = time.monotonic()
        self.view_id = view_id
        self.session = session
        self.epoch = epoch
        self.watchers: set[Views] = set() if watchers is None else watchers
        self.owed: list[OwedSteps] = []
        self.touched_s = now_s
        self.unsaved = False
        self.pacing = Pacing(now_s)
        self.turn_s = math.inf  # when its turn is entered in the heap of the runner
        self._seq = 0
        self._stale = True  # whether a watcher has yet to see the present state
        self._was_training = False

    def is_training(self, grace_s: float) -> bool:
        """Whether steps are to be taken: running, something to learn from, and somebody who cares."""
        cared_for = bool(self.watchers) or time.monotonic() - self.touched_s < grace_s
        return self.session.running and self.session.can_step and cared_for

    def due_s(self, grace_s: float) -> float:
        """When this session wants its next turn; infinity when it wants none."""
        now_s = time.monotonic()
        if self.owed:
            return now_s
        training = self.is_training(grace_s)
        if training and not self._was_training:
            self.pacing.start(now_s)
        self._was_training = training
        frame_due_s = self.pacing.frame_due_s if self.watchers and self._stale else math.inf
        return min(frame_due_s, self.pacing.slice_due_s if training else math.inf)

    def take_slice(self, grace_s: float) -> None:
        """Take the steps that are due, a few milliseconds of them at the most."""
        pace = self.session.document.pace
        if self.owed:
            self._advance(min(self.owed[0].steps, self.pacing.steps_in_a_slice()))
        elif self.is_training(grace_s):
            self._advance(self.pacing.steps_due(pace, time.monotonic()))
            self.pacing.plan_slice(pace, time.monotonic(), watched=bool(self.watchers))

    def _advance(self, steps: int) -> None:
        began_s = time.monotonic()
        taken = self.session.advance(steps)
        self.pacing.took(taken, time.monotonic() - began_s)
        if self.owed:
            self.owed[0].steps -= taken
        if taken or not self.session.can_step:
            self.unsaved = True
            self._stale = True

    def finished_steps(self) -> OwedSteps | None:
        """The Step command that is done, or that cannot go on since training has diverged; it stays owed."""
        if self.owed and (self.owed[0].steps <= 0 or not self.session.can_step):
            return self.owed[0]
        return None

    def show_change(self) -> None:
        """Let watchers see the present state at once."""
        self._stale = True
        self.pacing.show_soon(time.monotonic())

    def change_pace(self) -> None:
        """The document may ask for another pace now, and its steps may cost more or less than before."""
        self.pacing.forget_cost()
        self.pacing.plan_slice(self.session.document.pace, time.monotonic(), watched=bool(self.watchers))

    def frames_due(self) -> list[Event]:
        """A frame for each set of views, if it is time and there is something new to see."""
        now_s = time.monotonic()
        if not self.watchers or not self._stale or now_s < self.pacing.frame_due_s:
            return []
        self._seq += 1
        common = {"session": self.view_id, "seq": self._seq, **frame(self.session)}
        events = [self._frame_event(common, views) for views in self.watchers]
        self._stale = False
        self.pacing.framed(self.session.document.pace, now_s)
        return events

    def document_event(self, views: Views | None = None) -> Event:
        """The document as it now stands, for all watchers or for those of one set of views."""
        data = {
            "view_id": self.view_id,
            "revision": self.session.revision,
            "document": self.session.document.model_dump(mode="json"),
        }
        return Event(self.view_id, "document", views, event("document", data))

    def _frame_event(self, common: dict[str, Any], views: Views) -> Event:
        data = common | extra_views(self.session, views)
        return Event(self.view_id, "frame", views, event("frame", data, event_id=f"{self.epoch}-{self._seq}"))
