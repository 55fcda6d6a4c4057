"""A session in a runner's memory: who watches it, what it owes and when it is due."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

from nnlab.fleet.frames import event
from nnlab.fleet.runner.pacing import Pacing
from nnlab.fleet.studio.orders import FrameOrder
from nnlab.fleet.wire import Event
from nnlab.session.checkpoint import Checkpoint
from nnlab.session.commands import Once
from nnlab.session.course.series import Series
from nnlab.session.frozen import freeze
from nnlab.session.picture.frame import frame
from nnlab.session.picture.snapshot import standing
from nnlab.session.picture.views import extra_views
from nnlab.session.session import Session
from nnlab.session.work import Work

Views = tuple[str, ...]

SERIES_EVERY_S = 15.0  # it is ten times as large as all else that changes while training


@dataclass(slots=True)
class Owed:
    """A command that is being carried out, slice by slice, and whose caller waits for it."""

    request_id: int
    work: Work
    once: Once | None = None


class Awake:
    """Wraps one session with its watchers, pace and ownership number."""

    def __init__(self, view_id: str, session: Session, epoch: int, watchers: set[Views] | None = None) -> None:
        now_s = time.monotonic()
        self.view_id = view_id
        self.session = session
        self.epoch = epoch
        self.watchers: set[Views] = set() if watchers is None else watchers
        self.owed: list[Owed] = []
        self.touched_s = now_s
        self.unsaved = False
        self.saved_bytes = 0  # of its last checkpoint
        self._series_saved: tuple[Series, int, int] | None = None  # which, how often rewritten, how many rows
        self._series_saved_s = -math.inf
        self.pacing = Pacing(now_s)
        self.is_posing = False  # whether its frames are being made in the studio
        self._seq = 0
        self._stale = True  # whether a watcher has yet to see the present state
        self._points_told: dict[Views, int] = {}  # which points those watchers have, by their revision
        self._document_is_new = False  # whether the watchers have yet to hear of it
        self._was_training = False

    def checkpoint(self, *, at_rest: bool = False) -> Checkpoint:
        """What is to be stored now. The series is in it now and then, when it is another one, and `at_rest`."""
        series, now_s = self.session.series, time.monotonic()
        known = self._series_saved
        another = known is None or known[:2] != (series, series.rewritten)
        whole = at_rest or another or now_s - self._series_saved_s > SERIES_EVERY_S
        checkpoint = self.session.checkpoint(series=whole)
        if whole:
            self._series_saved, self._series_saved_s = (series, series.rewritten, len(series)), now_s
        self.saved_bytes = checkpoint.num_bytes
        return checkpoint

    def was_not_saved(self) -> None:
        """A checkpoint that was given out has not been stored."""
        self.unsaved = True
        self._series_saved = None

    @property
    def has_new_rows(self) -> bool:
        """Whether the series has grown since it was last saved here."""
        return self._series_saved is not None and self._series_saved[2] != len(self.session.series)

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
        frame_due_s = self.pacing.frame_due_s if self._has_news() else math.inf
        return min(frame_due_s, self.pacing.slice_due_s if training else math.inf)

    def take_slice(self, grace_s: float) -> None:
        """Take the steps that are due, a few milliseconds of them at the most."""
        pace = self.session.document.pace
        began_s = time.monotonic()
        if self.owed:
            taken = self._take_owed(self.owed[0].work)
            self.pacing.took(taken, time.monotonic() - began_s)
        elif self.is_training(grace_s):
            taken = self.advance(self.pacing.steps_due(pace, began_s))
            self.pacing.took(taken, time.monotonic() - began_s)
            self.pacing.plan_slice(pace, time.monotonic(), watched=bool(self.watchers))

    def advance(self, steps: int) -> int:
        """Take up to `steps` updates; watchers see what has become of them."""
        return self._note(self.session.advance(steps, observed=self._is_observed))

    def _take_owed(self, work: Work) -> int:
        """Take a slice of what is owed; what is done is seen at once."""
        taken = self._note(work.take(self.pacing.steps_in_a_slice(), observed=self._is_observed))
        if work.is_done and work.is_travel:
            self.show_change()
        return taken

    def _note(self, taken: int) -> int:
        if taken or not self.session.can_step:
            self.unsaved = True
            self._stale = True
        return taken

    @property
    def _is_observed(self) -> bool:
        return any("phases" in views for views in self.watchers)

    def owe(self, request_id: int, work: Work, once: Once | None = None) -> None:
        """Do long work slice by slice; its caller waits for its end."""
        self.owed.append(Owed(request_id, work, once))
        if work.is_travel:
            self.pacing.forget_cost()  # the network may have been another one there
        self.unsaved = True  # it is paused now

    @property
    def is_travelling(self) -> bool:
        """Whether a way to another moment is being gone: a change would meet a session that is about to jump."""
        return any(owed.work.is_travel for owed in self.owed)

    def finished(self) -> Owed | None:
        """The command that is done, or that cannot go on; it stays owed."""
        if self.owed and self.owed[0].work.is_done:
            return self.owed[0]
        return None

    def show_change(self) -> None:
        """Let watchers see the present state at once."""
        self._stale = True
        self.pacing.show_soon(time.monotonic())

    def show_change_since(self, revision: int) -> None:
        """Let watchers see the present state and, if it is another one, the document."""
        if self.session.revision != revision:
            self.change_document()
        self.show_change()

    def change_document(self) -> None:
        """Watchers hear of the new document; it may ask for another pace, and its steps may cost more or less."""
        self._document_is_new = bool(self.watchers)
        self.pacing.forget_cost()
        self.pacing.hasten_slice(self.session.document.pace, time.monotonic(), watched=bool(self.watchers))

    def documents_due(self) -> list[Event]:
        """The document, if it is new and it is time: at most one a frame, however fast it changes."""
        now_s = time.monotonic()
        if not self._document_is_new or not self.watchers or now_s < self.pacing.frame_due_s:
            return []
        self._document_is_new = False
        if self.is_posing:  # the frame that comes next waits for another
            self.pacing.framed(self.session.document.pace, now_s)
        return [self.document_event()]

    def is_frame_due(self) -> bool:
        """Whether it is time for a frame and there is something new to see."""
        is_new = bool(self.watchers) and self._stale and not self.is_posing
        return is_new and time.monotonic() >= self.pacing.frame_due_s

    def frames_due(self) -> list[Event]:
        """A frame for each set of views, if it is time and there is something new to see."""
        if not self.is_frame_due():
            return []
        self._seq += 1
        common = {"session": self.view_id, "seq": self._seq, **frame(self.session)}
        made: dict[str, Any] = {}
        events = [self._frame_event(common, views, made) for views in self.watchers]
        self._shown()
        return events

    def frame_order(self) -> FrameOrder | None:
        """The same frames, to be made from a copy of the session as it stands; None when nobody watches any more."""
        if not self.watchers:
            return None
        self._seq += 1
        order = FrameOrder(
            freeze(self.session),
            self.view_id,
            self._event_id(),
            tuple(self.watchers),
            {"session": self.view_id, "seq": self._seq} | standing(self.session),
            self.session.phases,
        )
        self._shown()
        return order

    def _shown(self) -> None:
        self._stale = False
        self.pacing.framed(self.session.document.pace, time.monotonic())

    def _has_news(self) -> bool:
        """Whether a watcher has yet to be shown something, and it is not being made."""
        return bool(self.watchers) and (self._document_is_new or (self._stale and not self.is_posing))

    def document_event(self, views: Views | None = None) -> Event:
        """The document as it now stands: for all watchers, without points they have, or whole for one set of views."""
        whole = views is not None or not self._have_points()
        hearers = self.watchers if views is None else (views,)
        self._points_told.update(dict.fromkeys(hearers, self.session.points_revision))
        data = {
            "view_id": self.view_id,
            "revision": self.session.revision,
            "points_revision": self.session.points_revision,
            "document": self.session.document.model_dump(mode="json", exclude=None if whole else {"points"}),
        }
        return Event(self.view_id, "document" if whole else "settings", views, event("document", data))

    def _have_points(self) -> bool:
        """Whether there are watchers, and all have been told of the points as they are."""
        return bool(self.watchers) and all(
            self._points_told.get(views) == self.session.points_revision for views in self.watchers
        )

    def _frame_event(self, common: dict[str, Any], views: Views, made: dict[str, Any]) -> Event:
        data = common | extra_views(self.session, views, made)
        return Event(self.view_id, "frame", views, event("frame", data, event_id=self._event_id()))

    def _event_id(self) -> str:
        return f"{self.epoch}-{self._seq}"
