"""Training up to a condition: an epoch, a loss, an accuracy."""

from __future__ import annotations

from nnlab.document import Stop
from nnlab.engine.trainer import Trainer

STEPS_BETWEEN_LOOKS = 10  # losses cost as much as several steps; an epoch is looked at after every step


def advance_until(trainer: Trainer, steps: int, stop: Stop) -> tuple[int, str | None]:
    """Take up to `steps` updates; return how many were taken and, if a condition is met, the sentence that says so."""
    measured = stop.loss is not None or stop.accuracy is not None
    if stop.epoch is None and not measured:
        return trainer.step(steps), None
    chunk = 1 if stop.epoch is not None else STEPS_BETWEEN_LOOKS
    taken = 0
    while (reason := _met(trainer, stop)) is None and taken < steps:
        now_taken = trainer.step(min(chunk, steps - taken))
        taken += now_taken
        if now_taken == 0:
            break
    return taken, reason


def _met(trainer: Trainer, stop: Stop) -> str | None:
    if stop.epoch is not None and trainer.epoch >= stop.epoch:
        return f"Paused at epoch {trainer.epoch}: the stop condition is met. Raise or clear it to go on."
    if stop.loss is None and stop.accuracy is None:
        return None
    losses = trainer.losses()
    if stop.loss is not None and losses.loss is not None and losses.loss <= stop.loss:
        return f"Paused at loss {losses.loss:.4g}: the stop condition is met. Lower or clear it to go on."
    if stop.accuracy is not None and losses.accuracy is not None and losses.accuracy >= stop.accuracy:
        return f"Paused at accuracy {losses.accuracy:.1%}: the stop condition is met. Raise or clear it to go on."
    return None
