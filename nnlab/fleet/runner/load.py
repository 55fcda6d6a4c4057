"""How busy a runner is, and what it leaves out then: evenly of all sessions, and steps last.

It is told how late turns are. While they are late it goes on, stage by stage: coarser planes, figures once a second and
health half as often, fewer frames as long as they still look like motion, then fewer steps, and at the very end planes,
frames and steps once more, each down to a floor. Once turns are in time it comes back, more slowly.
"""

from __future__ import annotations

from functools import lru_cache

from nnlab.document.models import Pace

LOOK_EVERY_S = 0.5
LATE_S = 0.06  # turns later than this, on average, show that there is too much to do; no frame is lost by half its time
IN_TIME_S = 0.03
FAR_TOO_LATE = 5  # times LATE_S: as many stages at once, unless there is hardly anything left to give up
FEWEST_TURNS = 30  # in the time of a look: who gives less has not too many sessions, but a processor that is elsewhere
MOST_REST, MUCH_REST = 0.04, 0.08  # of the time: who rests more has not too much to do, however late turns are
CALM_LOOKS = 2  # in time, before a stage is taken back

# The stages up to which each is thinned; 0 leaves everything as it is.
COARSER, HEALTH, FRAMES, STEPS, COARSEST, RAREST, LAST = 5, 6, 10, 20, 22, 26, 30
COARSE_RESOLUTION, LEAST_RESOLUTION = 50, 40  # the canvas smooths
FRAMES_A_SECOND = 8.0  # that a class still sees as motion; steps are given up for them, which is no more to look at
LEAST_FRAMES_A_SECOND = 5.0
FEW_STEPS, LEAST_STEPS = 0.05, 0.01  # share of the pace; once frames are at their floor, no more than about one of each
FIGURES_EVERY_S, HEALTH_EVERY_S = 1.0, 2.0  # a fifth of a coarse frame's cost at twice as often


class Load:
    """The stage of one runner. Times are seconds of a steady clock."""

    def __init__(self) -> None:
        self.stage = 0
        self._late_s = 0.0
        self._turns = 0
        self._rest_s = 0.0
        self._look_at_s = 0.0
        self._calm = 0

    def note(self, late_s: float) -> None:
        """A turn to train and to show was given so long after it was due."""
        self._late_s += late_s
        self._turns += 1

    def rest(self, took_s: float) -> None:
        """There was nothing to do for so long."""
        self._rest_s += took_s

    def look(self, now_s: float) -> None:
        """Take a stage more or less, if it is time to think about it."""
        if now_s < self._look_at_s:
            return
        rested = self._rest_s / (now_s - self._look_at_s + LOOK_EVERY_S)
        self._look_at_s, self._rest_s = now_s + LOOK_EVERY_S, 0.0
        late_s = self._late_s / self._turns if self._turns >= FEWEST_TURNS else 0.0
        self._late_s, self._turns = 0.0, 0
        self._calm = self._calm + 1 if late_s < IN_TIME_S or rested > MUCH_REST else 0
        if late_s > LATE_S and rested < MOST_REST:
            most = FAR_TOO_LATE if self.stage < STEPS else 1
            self.stage = min(LAST, self.stage + min(most, int(late_s / LATE_S)))
        elif self._calm >= CALM_LOOKS and self.stage:
            self._calm = 0
            self.stage -= 1

    def pace(self, pace: Pace) -> Pace:
        """The pace that a session has for the moment."""
        return pace if self.stage == 0 else thinned(pace, self.stage)

    @property
    def is_coarse(self) -> bool:
        """Whether less is shown than was asked for."""
        return self.stage > 0

    @property
    def spares_figures(self) -> bool:
        """Whether losses and the health of layers are found less often than they are shown."""
        return self.stage >= HEALTH

    @property
    def leisure(self) -> int:
        """How many times longer than usual it may be until the next checkpoint: what changes with steps changes slowly
        where there are few of them.
        """
        return 1 + self.spares_figures + 2 * self.spares_steps

    @property
    def spares_steps(self) -> bool:
        """Whether fewer steps are taken than were asked for."""
        return self.stage > FRAMES


@lru_cache(maxsize=1024)
def thinned(pace: Pace, stage: int) -> Pace:
    """The pace at a stage; nothing of it ever becomes more than it was."""
    resolution = _between(pace.resolution, COARSE_RESOLUTION, stage / COARSER)
    resolution = _between(resolution, LEAST_RESOLUTION, (stage - STEPS) / (COARSEST - STEPS))
    frames = _between(pace.frames_per_second, FRAMES_A_SECOND, (stage - HEALTH) / (FRAMES - HEALTH))
    frames = _between(frames, LEAST_FRAMES_A_SECOND, (stage - COARSEST) / (RAREST - COARSEST))
    steps = _between(pace.steps_per_second, pace.steps_per_second * FEW_STEPS, (stage - FRAMES) / (STEPS - FRAMES))
    steps = _between(steps, pace.steps_per_second * LEAST_STEPS, (stage - RAREST) / (LAST - RAREST))
    return pace.model_copy(
        update={"resolution": round(resolution), "frames_per_second": frames, "steps_per_second": steps}
    )


def _between(most: float, least: float, share: float) -> float:
    """From `most`, at share 0, to `least`, at 1, in equal ratios; never more than `most`."""
    least = min(most, least)
    return float(most * (least / most) ** min(1.0, max(0.0, share)))
