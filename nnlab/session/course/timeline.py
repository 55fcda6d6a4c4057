"""Earlier moments of training, to go back to exactly: a moment now and then, and what was done between them.

Steps between two moments are taken again, and each change by hand is made again where it was made: so every step from
the first one kept comes back bit for bit, however few moments there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from nnlab.document.models import Document
from nnlab.session.course.past import Past

MOST_BYTES = 256 * 1024  # of trainer states
LEAST_MOMENTS = 8  # or half of it just after thinning, however large the network is
FIRST_SPACING = 32  # in steps: a moment costs as much as two of a small network
STEPS_A_CHANGE = 64  # steps that take as long as making a change again
MOST_BYTES_OF_CHANGES = 1024 * 1024  # beyond, the oldest course is forgotten
BYTES_A_CHANGE = 1024  # of a document, its points apart
BYTES_A_POINT = 8  # points that stay are shared between documents


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the document, of one weight or of all weights, by hand after `step` steps."""

    step: int
    to: Past


@dataclass(frozen=True, slots=True)
class Moment:
    """The trainer's exact state after `step` steps and the first `changes` changes, and the document it had then."""

    step: int
    state: bytes
    document: Document
    changes: int


class Timeline:
    """Moments and changes in order of step. `last_step`: the latest that is known, beyond the present after going back.

    When moments take too much room every other one goes, and new ones come half as often.
    """

    def __init__(self) -> None:
        self.moments: list[Moment] = []
        self.changes: list[Change] = []
        self.last_step: int | None = None
        self.rewritten = 0  # how often the changes have become others
        self._spacing = FIRST_SPACING
        self._tried: list[Past] = []  # changes at an earlier step, made while what lies ahead is still known

    def copy(self, *, most_bytes: int = MOST_BYTES) -> Timeline:
        """The same way, to be kept as it is; with as many moments as there is room for, the first one in any case."""
        twin = Timeline()
        twin.moments, twin.changes, twin._tried = list(self.moments), list(self.changes), list(self._tried)
        twin.last_step, twin._spacing = self.last_step, self._spacing
        while twin.num_bytes > most_bytes and len(twin.moments) > 1:
            twin.moments = twin.moments[::2]
        return twin

    @property
    def num_bytes(self) -> int:
        """Bytes of the trainer's states."""
        return sum(len(moment.state) for moment in self.moments)

    @property
    def first_step(self) -> int | None:
        """The earliest step there is a way back to."""
        return self.moments[0].step if self.moments else None

    def change(self, step: int, to: Past) -> None:
        """Note a change by hand at the step the session stands at."""
        if self.last_step is None:
            return  # the first moment will have it
        if step < self.last_step:
            self._tried.append(to)
        else:
            self._add(Change(step, to))

    def lies_ahead_of(self, step: int) -> bool:
        """Whether other steps are known beyond this one, which steps from here would leave."""
        return self.last_step is not None and step < self.last_step

    def go_on(self, step: int, state: Callable[[], bytes], document: Document) -> None:
        """Steps follow from here: what lay ahead goes, and the moment is kept, if it is time."""
        if self.lies_ahead_of(step):
            self._forget_after(step)
        for to in self._tried:
            self._add(Change(step, to))
        self.arrive()
        if self._wants(step):
            self.moments.append(Moment(step, state(), document, len(self.changes)))
            self._keep_within_room()
        self.last_step = step

    def reach(self, step: int) -> None:
        """Training stands at `step` now: later than before or, where it has diverged, at its last good step."""
        if self.last_step is not None and step < self.last_step:
            self._forget_after(step)
        self.last_step = step

    def arrive(self) -> None:
        """The session stands at another step now: what was tried where it stood leads nowhere."""
        self._tried = []

    def way_to(self, step: int) -> tuple[Moment, list[Change], int] | None:
        """(the moment to start from, the changes on the way, where it leads): to `step` or the nearest that is kept."""
        if self.last_step is None:
            return None
        goal = min(max(step, self.moments[0].step), self.last_step)
        moment = next(moment for moment in reversed(self.moments) if moment.step <= goal)
        return moment, [change for change in self.changes[moment.changes :] if change.step <= goal], goal

    def to_json(self, number: Callable[[Past | bytes], int], present: int | None = None) -> dict[str, Any]:
        """All of it for a checkpoint, with numbers for states and for what was changed to; `present`: the step now."""
        return {
            "last_step": None if self.last_step == present else self.last_step,  # or it would be new all the time
            "spacing": self._spacing,
            "moments": [[one.step, number(one.state), number(one.document), one.changes] for one in self.moments],
            "changes": [[one.step, number(one.to)] for one in self.changes],
            "tried": list(map(number, self._tried)),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any], thing: Callable[[int], Any], present: int | None = None) -> Timeline:
        """The timeline that to_json described."""
        timeline = cls()
        timeline._spacing = value["spacing"]
        for step, state, document, changes in value["moments"]:
            timeline.moments.append(Moment(step, thing(state), thing(document), changes))
        timeline.changes = [Change(step, thing(to)) for step, to in value["changes"]]
        timeline._tried = list(map(thing, value["tried"]))
        timeline.rewritten = len(timeline.changes)
        if timeline.moments:
            timeline.last_step = present if value["last_step"] is None else value["last_step"]
        return timeline

    def _wants(self, step: int) -> bool:
        if not self.moments:
            return True
        newest = self.moments[-1]
        way = step - newest.step + STEPS_A_CHANGE * (len(self.changes) - newest.changes)
        return way >= self._spacing

    def _forget_after(self, step: int) -> None:
        """Drop what lies ahead of `step`: training takes another course from there."""
        self.moments = [moment for moment in self.moments if moment.step <= step]
        self.changes = [change for change in self.changes if change.step <= step]
        self.rewritten += 1

    def _add(self, change: Change) -> None:
        """Add a change, in place of the one before if making both comes to the same as making the later one alone."""
        if self._includes_last(change):
            self.changes.pop()
        self.changes.append(change)
        self.rewritten += 1

    def _includes_last(self, change: Change) -> bool:
        if not self.changes or self.changes[-1].step != change.step or len(self.changes) == self.moments[-1].changes:
            return False
        before, last, now = self._document_before_last(), self.changes[-1].to, change.to
        if not (isinstance(last, Document) and isinstance(now, Document)):
            return False
        return (
            last.network == now.network == before.network
            and last.classes == now.classes == before.classes
            and (_restarts(before, last) | _restarts(last, now)) <= _restarts(before, now)
        )

    def _document_before_last(self) -> Document:
        """The document that the last change found."""
        earlier = (change.to for change in reversed(self.changes[:-1]) if isinstance(change.to, Document))
        return next(earlier, self.moments[0].document)

    def _keep_within_room(self) -> None:
        if self.num_bytes > MOST_BYTES and len(self.moments) > LEAST_MOMENTS:
            self.moments = self.moments[::2]
            self._spacing *= 2
        rooms = _rooms([self.moments[0].document, *(change.to for change in self.changes)])
        while len(self.moments) > 1 and sum(rooms[self.moments[0].changes :]) > MOST_BYTES_OF_CHANGES:
            del self.moments[0]
        if self.moments[0].changes:
            self._forget_before(self.moments[0].changes)

    def _forget_before(self, count: int) -> None:
        """Drop the first changes, which no moment needs any more."""
        self.changes = self.changes[count:]
        self.rewritten += 1
        self.moments = [replace(moment, changes=moment.changes - count) for moment in self.moments]


def _restarts(old: Document, new: Document) -> frozenset[str]:
    """What begins afresh in the trainer by such a change; what does not can be changed twice as well as once."""
    one, other = old.training, new.training
    drawing = (one.batch_size, one.input_noise, one.shuffle) != (other.batch_size, other.input_noise, other.shuffle)
    begun = {"optimizer": one.optimizer != other.optimizer, "points": old.points != new.points, "drawing": drawing}
    return frozenset(name for name, begins in begun.items() if begins)


def _rooms(pasts: list[Past]) -> list[int]:
    """Bytes that each of the pasts but the first takes beside the one before it."""
    return [_room(before, past) for before, past in pairwise(pasts)]


def _room(before: Past, past: Past) -> int:
    if isinstance(past, Document):
        shared = isinstance(before, Document) and before.points is past.points
        return BYTES_A_CHANGE + (0 if shared else BYTES_A_POINT * len(past.points))
    if isinstance(past, tuple):
        return sum(layer.weights.nbytes + layer.biases.nbytes for layer in past)
    return BYTES_A_CHANGE
