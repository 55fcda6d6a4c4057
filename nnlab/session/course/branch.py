"""A course of training that was left: by steps after going back, by a reset, by a change that starts training anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from nnlab.document.models import Document
from nnlab.session.course.past import Past
from nnlab.session.course.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Branch:
    """All that is needed to stand again where the course was left: `state` is the trainer's, `series` the rows' bytes.

    Nobody changes its `timeline`, which knows the way there and what lay ahead.
    """

    document: Document
    state: bytes
    timeline: Timeline
    series: bytes

    @property
    def num_bytes(self) -> int:
        """How much it is, document and changes apart."""
        return len(self.state) + len(self.series) + self.timeline.num_bytes

    def slim(self) -> Branch:
        """The same with the first of its moments alone: every step still comes back, from further away."""
        return replace(self, timeline=self.timeline.copy(most_bytes=0))

    def to_json(self, number: Callable[[Past | bytes], int]) -> dict[str, Any]:
        """All of it for a checkpoint, with numbers for what is large."""
        return {
            "document": number(self.document),
            "state": number(self.state),
            "timeline": self.timeline.to_json(number),
            "series": number(self.series),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any], thing: Callable[[int], Any]) -> Branch:
        """The branch that to_json described."""
        document, state, series = (thing(value[name]) for name in ("document", "state", "series"))
        return cls(document, state, Timeline.from_json(value["timeline"], thing), series)
