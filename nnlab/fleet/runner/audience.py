"""Who watches a session: each want has a seat, with what it has been shown and when its next frame is due."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator

from nnlab.document.models import Pace
from nnlab.session.picture.want import Want

SHORTEST_FRAME_GAP_S = 1 / 30  # between frames that show a change at once
REST_AFTER_FAILURE_S = 1.0
EARLY = 0.5  # of its interval: a frame that is due so soon is made together with another one


class Seat:
    """One want. All who have it see the same; times are seconds of a steady clock."""

    def __init__(self, want: Want, now_s: float) -> None:
        self.want = want
        self.due_s = now_s
        self.is_stale = True  # whether the present state has yet to be shown here
        self.revision_told = 0  # of the document
        self.points_told = 0  # which points are known here, by their revision
        self._counts_from_s = -math.inf  # the gap after the last frame

    def show_soon(self, now_s: float) -> None:
        """A change wants to be seen: at once, though not within the gap after the last frame."""
        most = self.want.frames_per_second
        gap_s = SHORTEST_FRAME_GAP_S if most is None else max(SHORTEST_FRAME_GAP_S, 1 / most)
        self.is_stale = True
        self.due_s = max(now_s, self._counts_from_s + gap_s)

    def framed(self, pace: Pace, now_s: float) -> None:
        """A frame was made."""
        # Who has asked for fewer frames gets no more of them for having had one early.
        self._counts_from_s = now_s if self.want.frames_per_second is None else max(now_s, self.due_s)
        self.due_s = self._due_after_frame_s(pace, now_s)

    def due_after_s(self, pace: Pace, now_s: float) -> float:
        """When a frame is due beyond the one that is due by now, if one is."""
        return self.due_s if self.due_s > now_s else self._due_after_frame_s(pace, now_s)

    def _due_after_frame_s(self, pace: Pace, now_s: float) -> float:
        """An interval after the frame of now was due, or from now when that is long ago."""
        interval_s = self.want.interval_s(pace)
        return max(self.due_s + interval_s, now_s + interval_s / 2)

    def is_nearly_due(self, pace: Pace, now_s: float) -> bool:
        """Whether a frame may as well be made now, if one is made for others."""
        return self.due_s <= now_s + EARLY * self.want.interval_s(pace)


class Audience:
    """The seats of one session. It outlives a session that is forgotten and woken again."""

    def __init__(self) -> None:
        self._seats: dict[Want, Seat] = {}

    def __len__(self) -> int:
        return len(self._seats)

    def __iter__(self) -> Iterator[Seat]:
        return iter(self._seats.values())

    def enter(self, want: Want) -> Seat:
        """This want has its first viewer, or is still there; its seat."""
        return self._seats.setdefault(want, Seat(want, time.monotonic()))

    def leave(self, want: Want) -> None:
        """This want has lost its last viewer."""
        self._seats.pop(want, None)

    def start_over(self) -> None:
        """The session comes anew from the store: what was shown of it before does not count."""
        now_s = time.monotonic()
        self._seats = {want: Seat(want, now_s) for want in self._seats}

    def wants(self, part: str) -> bool:
        """Whether anybody wants this part."""
        return any(part in seat.want.parts for seat in self)

    def grow_stale(self) -> None:
        """There is something new to see, when its time has come."""
        for seat in self:
            seat.is_stale = True

    def show_soon(self) -> None:
        """There is something new that should be seen at once."""
        now_s = time.monotonic()
        for seat in self:
            seat.show_soon(now_s)

    def rest(self) -> None:
        """No frame for a while: the last one could not be made."""
        for seat in self:
            seat.due_s = time.monotonic() + REST_AFTER_FAILURE_S

    @property
    def next_due_s(self) -> float:
        """When the next frame is due, if there will be anything to see; infinity without seats."""
        return min((seat.due_s for seat in self), default=math.inf)

    def due_after_s(self, pace: Pace, now_s: float) -> float:
        """When the next frame is due beyond those that are due by now; infinity without seats."""
        return min((seat.due_after_s(pace, now_s) for seat in self), default=math.inf)

    def news_due_s(self, revision: int, *, without_frames: bool) -> float:
        """When the next frame, or the document of this revision, is to be shown to somebody who has not seen it."""
        waiting = (
            seat.due_s for seat in self if seat.revision_told != revision or (seat.is_stale and not without_frames)
        )
        return min(waiting, default=math.inf)

    def due(self, revision: int, pace: Pace) -> list[Seat]:
        """The seats that get now what is new for them: those that are due, and with them those that are nearly."""
        now_s = time.monotonic()
        waiting = [seat for seat in self if seat.is_stale or seat.revision_told != revision]
        if not any(seat.due_s <= now_s for seat in waiting):
            return []
        return [seat for seat in waiting if seat.is_nearly_due(pace, now_s)]
