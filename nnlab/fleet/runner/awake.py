"""A subject in a runner's memory: who watches it, what it owes and when it is due."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

from nnlab.document.models import Pace
from nnlab.fleet.frames import event
from nnlab.fleet.kinds import KINDS
from nnlab.fleet.runner.audience import Audience, Seat
from nnlab.fleet.runner.document_text import DocumentText
from nnlab.fleet.runner.known import Known
from nnlab.fleet.runner.load import Load
from nnlab.fleet.runner.looks import frames_take_long
from nnlab.fleet.runner.pacing import Pacing
from nnlab.fleet.wire import Event, FrameOrder
from nnlab.session.checkpoint import Checkpoint
from nnlab.session.commands import Once
from nnlab.session.course.series import Series
from nnlab.session.picture.want import Want
from nnlab.session.subject import Subject
from nnlab.session.work import Work

SERIES_EVERY_S = 15.0  # it is ten times as large as all else that changes while training


@dataclass(slots=True)
class Owed:
    """A command that is being carried out, slice by slice, and whose caller waits for it."""

    request_id: int
    work: Work
    once: Once | None = None


class Awake:
    """Wraps one subject with its audience, pace and term, the number of the claim."""

    def __init__(
        self, view_id: str, subject: Subject, term: int, audience: Audience | None = None, load: Load | None = None
    ) -> None:
        now_s = time.monotonic()
        self.view_id = view_id
        self.subject = subject
        self.kind = KINDS[subject.kind]
        self.term = term
        self.audience = Audience() if audience is None else audience
        self._load = Load() if load is None else load
        self._known = Known()
        self.owed: list[Owed] = []
        self.touched_s = now_s
        self.unsaved = False
        self.saved_bytes = 0  # of its last checkpoint
        self._series_saved: tuple[Series, int, int] | None = None  # which, how often rewritten, how many rows
        self._series_saved_s = -math.inf
        self.pacing = Pacing(now_s)
        self.is_posing = False  # whether its frames are being made in the studio
        self._seq = 0
        self._document_text = DocumentText(view_id, self.kind)
        self._was_training = False
        self.has_change_to_show = False  # for which somebody waits
        self._thinned: tuple[Pace, int, Pace] | None = None  # what of which, at which stage of the load
        self._judged: tuple[int, frozenset[Want], bool] | None = None  # whether frames at which revision take long

    def checkpoint(self, *, at_rest: bool = False) -> Checkpoint:
        """What is to be stored now. The series is in it now and then, when it is another one, and `at_rest`."""
        series, now_s = self.subject.series, time.monotonic()
        known = self._series_saved
        another = known is None or known[:2] != (series, series.rewritten)
        whole = at_rest or another or now_s - self._series_saved_s > SERIES_EVERY_S
        checkpoint = self.subject.checkpoint(series=whole)
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
        return self._series_saved is not None and self._series_saved[2] != len(self.subject.series)

    def is_training(self, grace_s: float) -> bool:
        """Whether steps are to be taken: running, something to learn from, and somebody who cares."""
        cared_for = bool(self.audience) or time.monotonic() - self.touched_s < grace_s
        return self.subject.running and self.subject.can_step and cared_for

    def due_s(self, grace_s: float) -> float:
        """When this session wants its next turn; infinity when it wants none."""
        now_s = time.monotonic()
        if self.owed:
            return now_s
        training = self.is_training(grace_s)
        if training and not self._was_training:
            self.pacing.start(now_s)
        self._was_training = training
        news_due_s = self.audience.news_due_s(self.subject.revision, without_frames=self.is_posing)
        return min(news_due_s, self.pacing.slice_due_s if training else math.inf)

    def take_slice(self, grace_s: float) -> None:
        """Take the steps that are due, a few milliseconds of them at the most."""
        pace = self._pace
        began_s = time.monotonic()
        if self.owed:
            taken = self._take_owed(self.owed[0].work)
            self.pacing.took(taken, time.monotonic() - began_s)
        elif self.is_training(grace_s):
            taken = self.advance(self.pacing.steps_due(pace, began_s))
            now_s = time.monotonic()
            self.pacing.took(taken, now_s - began_s)
            self.pacing.plan_slice(pace, now_s, self.audience.due_after_s(pace, now_s))

    def advance(self, steps: int) -> int:
        """Take up to `steps` updates; watchers see what has become of them."""
        return self._note(self.subject.advance(steps, observed=self._is_observed))

    def _take_owed(self, work: Work) -> int:
        """Take a slice of what is owed; what is done is seen at once."""
        taken = self._note(work.take(self.pacing.steps_in_a_slice(), observed=self._is_observed))
        if work.is_done and work.is_travel:
            self.show_change()
        return taken

    def _note(self, taken: int) -> int:
        if taken or not self.subject.can_step:
            self.unsaved = True
            self.audience.grow_stale()
        return taken

    @property
    def _pace(self) -> Pace:
        """The subject's, thinned while the runner is busy."""
        pace, stage = self.subject.pace, self._load.stage
        if self._thinned is None or self._thinned[0] is not pace or self._thinned[1] != stage:
            self._thinned = pace, stage, self._load.pace(pace)
        return self._thinned[2]

    @property
    def _is_observed(self) -> bool:
        return self.audience.wants("phases")

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
        self._known.forget()
        self.has_change_to_show = bool(self.audience)
        self.audience.show_soon(self._pace if self.subject.running else None)

    def show_change_since(self, revision: int) -> None:
        """Let watchers see the present state and, if it is another one, the document."""
        if self.subject.revision != revision:
            self.change_document()
        self.show_change()

    def change_document(self) -> None:
        """There is a new document; it may ask for another pace, and its steps may cost more or less."""
        self.pacing.forget_cost()
        self.pacing.hasten_slice(self._pace, time.monotonic(), self.audience.next_due_s)

    def documents_due(self) -> list[Event]:
        """The document, for whom it is new and it is time: at most one a frame, however fast it changes."""
        if all(seat.revision_told == self.subject.revision for seat in self.audience):
            return []
        seats = [seat for seat in self._seats_due() if seat.revision_told != self.subject.revision]
        if self.is_posing:  # the frame that comes next waits for another
            for seat in seats:
                seat.framed(self._pace, time.monotonic())
        return [self._document_event(seat) for seat in seats]

    def documents(self) -> list[Event]:
        """The document for all watchers, now: they have been waiting for the session."""
        return [self._document_event(seat) for seat in self.audience]

    def welcome(self, want: Want) -> list[Event]:
        """What is for a want that is new here: the whole document, and a frame soon."""
        seat = self.audience.enter(want)
        seat.points_told = 0
        seat.show_soon(time.monotonic())
        return [self._document_event(seat)]

    def are_frames_for_studio(self) -> bool:
        """Whether it is time for frames that take too long to be made here."""
        wants, revision = frozenset(seat.want for seat in self._frames_due()), self.subject.revision
        if wants and (self._judged is None or self._judged[:2] != (revision, wants)):
            self._judged = revision, wants, frames_take_long(self.subject, wants)
        return bool(wants) and self._judged is not None and self._judged[2]

    def frames_due(self) -> list[Event]:
        """A frame for each want, if it is time and there is something new to see."""
        seats = self._frames_due()
        if not seats:
            return []
        self._seq += 1
        common = {"session": self.view_id, "seq": self._seq} | ({"is_coarse": True} if self._load.is_coarse else {})
        known = self._known.fields(self._load) if self.subject.running else {}  # the last frame stays
        frames = self.kind.frames(self.subject, [seat.want for seat in seats], self._pace, known)
        self._known.note(frames, known)
        events = [self._frame_event(common | data, seat.want) for seat, data in zip(seats, frames, strict=False)]
        self._shown(seats)
        return events

    def frame_order(self) -> FrameOrder | None:
        """The same frames, to be made from a copy of the session as it stands; None when nobody watches any more."""
        seats = [seat for seat in self._seats_due() if seat.is_stale]
        if not seats:
            return None
        self._seq += 1
        pose = self.kind.pose(self.subject)
        order = FrameOrder(
            pose.copy,
            self.view_id,
            self._event_id(),
            tuple(seat.want for seat in seats),
            {"session": self.view_id, "seq": self._seq} | pose.standing,
            pose.phases,
        )
        self._shown(seats)
        return order

    def was_not_shown(self) -> None:
        """Frames that were ordered could not be made; they are tried again after a rest."""
        self.audience.grow_stale()
        self.audience.rest()

    def _seats_due(self) -> list[Seat]:
        return self.audience.due(self.subject.revision, self._pace)

    def _frames_due(self) -> list[Seat]:
        """None while frames are being made elsewhere."""
        return [] if self.is_posing else [seat for seat in self._seats_due() if seat.is_stale]

    def _shown(self, seats: list[Seat]) -> None:
        now_s = time.monotonic()
        self.has_change_to_show = False
        for seat in seats:
            seat.is_stale = False
            seat.framed(self._pace, now_s)

    def _document_event(self, seat: Seat) -> Event:
        """The document as it now stands, without points if they are known there."""
        whole = seat.points_told != self.subject.points_revision
        seat.revision_told, seat.points_told = self.subject.revision, self.subject.points_revision
        piece = self._document_text.piece(self.subject, whole=whole)
        return Event(self.view_id, "document" if whole else "settings", seat.want, piece)

    def _frame_event(self, data: dict[str, Any], want: Want) -> Event:
        piece = event("frame", data, event_id=self._event_id())
        return Event(self.view_id, "frame", want, piece, self.has_change_to_show)

    def _event_id(self) -> str:
        return f"{self.term}-{self._seq}"
