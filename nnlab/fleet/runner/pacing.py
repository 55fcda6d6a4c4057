"""When a session's next slice of training is due. Times are seconds of a steady clock."""

from __future__ import annotations

from nnlab.document.models import Pace

SLICE_S = 0.005  # a session trains no longer than this before others have their turn
MOST_CREDIT_S = 0.4  # steps missed for longer than this are not made up for: the newest wins
LONGEST_REST_S = 0.25  # between slices while steps are due: well below MOST_CREDIT_S, or steps would be lost; longer
# than from frame to frame of the busiest runner's sessions, five a second, or each frame would cost two turns
COST_MEMORY = 0.7  # share of the old estimate that is kept when a slice has been timed


class Pacing:
    """Keeps the steps owed to a session's pace."""

    def __init__(self, now_s: float) -> None:
        self._credit = 0.0  # steps due and not yet taken
        self._counted_until_s = now_s
        self._step_cost_s: float | None = None
        self.slice_due_s = now_s

    def start(self, now_s: float) -> None:
        """Training begins or resumes: nothing is owed for the time before."""
        self._counted_until_s = now_s
        self._credit = 1.0
        self.slice_due_s = now_s

    def steps_due(self, pace: Pace, now_s: float) -> int:
        """How many steps to take now: what the pace asks for, at most one slice of them."""
        elapsed_s = now_s - self._counted_until_s
        self._counted_until_s = now_s
        most = max(1.0, pace.steps_per_second * MOST_CREDIT_S)
        self._credit = min(self._credit + elapsed_s * pace.steps_per_second, most)
        return min(int(self._credit), self.steps_in_a_slice())

    def steps_in_a_slice(self) -> int:
        """How many steps fit a slice; one until the cost of a step is known."""
        if self._step_cost_s is None:
            return 1
        return max(1, int(SLICE_S / self._step_cost_s))

    def took(self, steps: int, took_s: float) -> None:
        """Learn the cost of a step from a slice."""
        if steps == 0:
            return
        self._credit = max(0.0, self._credit - steps)
        cost_s = max(took_s / steps, 1e-7)
        known = self._step_cost_s
        self._step_cost_s = cost_s if known is None else COST_MEMORY * known + (1 - COST_MEMORY) * cost_s

    def forget_cost(self) -> None:
        """The network is another one: take one step first and learn its cost anew."""
        self._step_cost_s = None

    def plan_slice(self, pace: Pace, now_s: float, frame_due_s: float) -> None:
        """Set the next slice: now if steps are still owed, else with the next frame or when the next step is due.

        `frame_due_s`: when a frame is due beyond the one that shows this slice.
        """
        if self._credit >= 1.0:
            self.slice_due_s = now_s
            return
        next_step_s = now_s + (1.0 - self._credit) / pace.steps_per_second
        self.slice_due_s = max(next_step_s, min(now_s + LONGEST_REST_S, frame_due_s))

    def hasten_slice(self, pace: Pace, now_s: float, frame_due_s: float) -> None:
        """The pace is another one: the next slice may be due sooner, and never later than it was."""
        due_s = self.slice_due_s
        self.plan_slice(pace, now_s, frame_due_s)
        self.slice_due_s = min(due_s, self.slice_due_s)
