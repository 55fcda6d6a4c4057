"""What a viewer wants of a session's frames: a value that goes from the query to the runner."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nnlab.document.models import Pace
from nnlab.document.wording import broken_rule

FORM = re.compile(r"regions|units|weights|scores|phases|curves|warp(\.[1-9]\.\d{1,3}\.\d{1,3})?")
KINDS = "regions, units, weights, scores, phases, curves, warp and warp.LAYER.UNIT.UNIT"


@dataclass(frozen=True, slots=True)
class Want:
    """What each frame has besides the figures, how finely, and how often there is one.

    `parts` are sorted; `resolution` counts rows and columns; `frames_per_second` are never more than the document's.
    None stands for what the document says.
    """

    parts: tuple[str, ...] = ("regions",)
    resolution: int | None = None
    frames_per_second: float | None = None

    def resolution_at(self, pace: Pace) -> int:
        """Rows and columns of planes, and columns of curves."""
        return self.resolution or pace.resolution

    def interval_s(self, pace: Pace) -> float:
        """Seconds from one frame to the next while training goes on."""
        most = self.frames_per_second
        return 1 / (pace.frames_per_second if most is None else min(most, pace.frames_per_second))


PLAIN = Want()


def parse_parts(text: str, field: str = "parts") -> tuple[str, ...]:
    """`weights,units` -> ("units", "weights"), sorted and once each. Raises InvalidInput about `field`.

    `warp.2.0.5` is the plane as units 0 and 5 of layer 2 see it; `warp` is the last hidden layer's first two.
    """
    names = {name.strip() for name in text.split(",") if name.strip()}
    for name in sorted(names):
        if not FORM.fullmatch(name):
            raise broken_rule(field, f"must be among {KINDS}", name)
    if sum(name.startswith("warp") for name in names) > 1:
        raise broken_rule(field, "must name one warp at the most", text)
    return tuple(sorted(names))
