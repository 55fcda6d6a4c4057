"""What was shown of a session a moment ago: while the runner is busy it is shown again rather than found anew."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from nnlab.fleet.runner.load import FIGURES_EVERY_S, HEALTH_EVERY_S, Load
from nnlab.session.picture.snapshot import MEASURED

EVERY_S = dict.fromkeys(MEASURED, FIGURES_EVERY_S) | {"layers": HEALTH_EVERY_S}


class Known:
    """Fields of the newest frame, each with when it was found."""

    def __init__(self) -> None:
        self._fields: dict[str, tuple[Any, float]] = {}

    def forget(self) -> None:
        """The session has been changed."""
        self._fields = {}

    def fields(self, load: Load) -> dict[str, Any]:
        """What may be shown again: nothing while there is time to find it."""
        if not load.spares_figures:
            return {}
        now_s, times = time.monotonic(), 1 + load.spares_steps
        return {name: value for name, (value, at_s) in self._fields.items() if now_s - at_s < times * EVERY_S[name]}

    def note(self, frames: Sequence[dict[str, Any]], shown: dict[str, Any]) -> None:
        """What these frames say; what was `shown` again is as old as before."""
        if not frames or "layers" not in frames[0] or len(shown) == len(EVERY_S):
            return
        now_s, frame = time.monotonic(), frames[0]
        old = {name: self._fields[name] for name in shown}
        self._fields = {name: (frame[name], now_s) for name in EVERY_S} | old
