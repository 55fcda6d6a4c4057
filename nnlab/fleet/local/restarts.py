"""How soon a runner follows one that has ended: at once, unless they end one after the other."""

from __future__ import annotations

LONG_LIFE_S = 5.0  # a runner that has lived so long did not end because it had started
FIRST_PAUSE_S, MOST_PAUSE_S = 0.25, 30.0


class Restarts:
    """The pauses of one slot."""

    def __init__(self) -> None:
        self._short_lives = 0

    def pause_s(self, lived_s: float) -> float:
        """How long to wait now that a runner has ended that had lived so long; twice as long each time."""
        if lived_s >= LONG_LIFE_S:
            self._short_lives = 0
            return 0.0
        self._short_lives += 1
        return min(FIRST_PAUSE_S * 2.0 ** min(self._short_lives - 1, 16), MOST_PAUSE_S)
