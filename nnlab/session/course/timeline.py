"""Earlier moments of training, to go back to exactly: a moment now and then, and the steps between taken again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nnlab.document.models import Document

MOST_BYTES = 64 * 1024  # of trainer states; the steps between moments are taken again
LEAST_MOMENTS = 8  # however large the network is
FIRST_SPACING = 8  # steps


@dataclass(slots=True)
class Moment:
    """The trainer's exact state after `step` steps of training on `document`.

    Taking steps from here gives what was, up to `until`: beyond it the document or the weights were changed by hand.
    Moments of one `course` have no such change between them.
    """

    step: int
    state: bytes
    document: Document
    course: int
    until: int


class Timeline:
    """Moments in order of step. When they take too much room, every other one goes and new ones come half as often."""

    def __init__(self) -> None:
        self._moments: list[Moment] = []
        self._spacing = FIRST_SPACING
        self._course = 0

    @property
    def first_step(self) -> int | None:
        """The earliest step there is a way back to."""
        return self._moments[0].step if self._moments else None

    @property
    def last_step(self) -> int | None:
        """The latest step that is known; after going back, those ahead are known until training goes on."""
        return self._moments[-1].until if self._moments else None

    def wants(self, step: int) -> bool:
        """Whether a moment should be recorded at this step: the first of a course, and then now and then."""
        if not self._moments or self._moments[-1].course != self._course:
            return True
        return step >= self._moments[-1].step + self._spacing

    def disturb(self) -> None:
        """The document or the weights have been changed by hand: what follows is another course."""
        self._course += 1

    def record(self, step: int, state: bytes, document: Document) -> None:
        """Add a moment; those of the same or later steps go."""
        self.forget_after(step - 1)
        self._moments.append(Moment(step, state, document, self._course, step))
        most = max(LEAST_MOMENTS, MOST_BYTES // max(1, len(state)))
        if len(self._moments) > most:
            self._thin()

    def extend(self, step: int) -> None:
        """Training has gone on, undisturbed, to `step`."""
        if self._moments:
            self._moments[-1].until = max(self._moments[-1].until, step)

    def forget_after(self, step: int) -> None:
        """Drop what lies ahead of `step`: training takes another course from there."""
        while self._moments and self._moments[-1].step > step:
            self._moments.pop()
        if self._moments:
            self._moments[-1].until = min(self._moments[-1].until, max(step, self._moments[-1].step))

    def nearest(self, step: int) -> tuple[Moment, int] | None:
        """(the moment to start from, steps to take from there) to come to `step`, or as near before it as possible."""
        for moment in reversed(self._moments):
            if moment.step <= step:
                return moment, min(step, moment.until) - moment.step
        return (self._moments[0], 0) if self._moments else None

    def to_json(self, number: Callable[[Document | bytes], int]) -> dict[str, Any]:
        """All of it for a checkpoint, states and documents as numbers."""
        rows = [[m.step, number(m.state), number(m.document), m.course, m.until] for m in self._moments]
        return {"spacing": self._spacing, "course": self._course, "moments": rows}

    @classmethod
    def from_json(cls, value: Mapping[str, Any], thing: Callable[[int], Any]) -> Timeline:
        """The timeline that to_json described."""
        timeline = cls()
        timeline._spacing, timeline._course = value["spacing"], value["course"]
        for step, state, document, course, until in value["moments"]:
            timeline._moments.append(Moment(step, thing(state), thing(document), course, until))
        return timeline

    def _thin(self) -> None:
        """Drop every other moment, except where the one before it cannot reach what it reaches."""
        kept: list[Moment] = [self._moments[0]]
        for index, moment in enumerate(self._moments[1:], start=1):
            before = kept[-1]
            if index % 2 and before.course == moment.course:
                before.until = max(before.until, moment.until)
            else:
                kept.append(moment)
        if len(kept) == len(self._moments):
            kept = kept[::2] if len(kept) % 2 else [*kept[:-1:2], kept[-1]]  # all disturbed: some are lost
        self._moments = kept
        self._spacing *= 2
