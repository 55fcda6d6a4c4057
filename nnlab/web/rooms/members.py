"""How the members of a room are getting on, told from what their sessions show of themselves."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

HERE_S = 20.0  # since somebody has been heard of; a stream that is open counts as all the time
STUCK_S = 20.0  # training without getting any better
BETTER = 0.99  # of the least loss so far: less is better
GOOD_ENOUGH = 0.97  # accuracy that is not called stuck
NO_FIGURES = dict.fromkeys(
    ("step", "epoch", "train_accuracy", "held_out_accuracy", "loss", "parameters"), None
)  # of whom nothing is known yet


class Progress:
    """What is known of one member's session."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._snapshot: dict[str, Any] | None = None
        self._least: float | None = None
        self._better_s = clock()

    def take(self, snapshot: dict[str, Any]) -> None:
        """Note the newest figures."""
        before, loss = self._snapshot, snapshot["loss"]
        began = before is None or snapshot["step"] < before["step"] or before["state"] != "running"
        if began or self._least is None or (loss is not None and loss < self._least * BETTER):
            self._least, self._better_s = loss, self._clock()
        self._snapshot = snapshot

    @property
    def figures(self) -> dict[str, Any]:
        """For the wall."""
        found = self._snapshot
        if found is None:
            return NO_FIGURES
        return {
            "step": found["step"],
            "epoch": found["epoch"],
            "train_accuracy": found["accuracy"],
            "held_out_accuracy": found["test_accuracy"],
            "loss": found["loss"],
            "parameters": found["num_parameters"],
        }

    @property
    def is_coarse(self) -> bool:
        """Whether its pictures are thinned, as the server is busy."""
        return bool(self._snapshot and self._snapshot.get("is_coarse"))

    def state(self, *, is_here: bool) -> str:
        """training, paused, stuck, diverged, finished, idle or away."""
        found = self._snapshot
        if not is_here or found is None:
            return "away"
        if found["state"] == "diverged":
            return "diverged"
        if found["state"] == "running":
            return "stuck" if self._is_stuck(found) else "training"
        if found["message"]:
            return "finished"
        return "paused" if found["step"] else "idle"

    def _is_stuck(self, found: dict[str, Any]) -> bool:
        good = (found["accuracy"] or 0.0) >= GOOD_ENOUGH
        return not good and self._clock() - self._better_s > STUCK_S


class Presence:
    """Who has been heard of lately: here, or by another web process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard_s: dict[int, float] = {}
        self._streams: dict[int, int] = {}
        self._counting = threading.Lock()  # streams open and close in different threads
        self._elsewhere: frozenset[int] = frozenset()

    def hear(self, number: int) -> None:
        """A member has asked for something."""
        self._heard_s[number] = self._clock()

    def come(self, number: int) -> None:
        """A member's stream is open."""
        with self._counting:
            self._streams[number] = self._streams.get(number, 0) + 1

    def go(self, number: int) -> None:
        """It is closed."""
        with self._counting:
            self._streams[number] -= 1
        self.hear(number)

    def note_elsewhere(self, numbers: Iterable[int]) -> None:
        """These are there by what the other web processes say."""
        self._elsewhere = frozenset(numbers)

    def here(self) -> list[int]:
        """Who is there by what has been heard in this process."""
        return sorted(number for number in {*self._heard_s, *self._streams} if self._is_heard(number))

    def is_here(self, number: int) -> bool:
        """Whether the member is there now."""
        return number in self._elsewhere or self._is_heard(number)

    def _is_heard(self, number: int) -> bool:
        if self._streams.get(number):
            return True
        return self._clock() - self._heard_s.get(number, -HERE_S) < HERE_S
