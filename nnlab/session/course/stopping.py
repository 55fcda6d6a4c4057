"""Training up to a condition: an epoch, a loss, an accuracy."""

from __future__ import annotations

from nnlab.document.models import Stop
from nnlab.engine.trainer import Trainer
from nnlab.sentence import Sentence

STEPS_BETWEEN_LOOKS = 10  # losses cost as much as several steps; an epoch is looked at after every step


def advance_until(trainer: Trainer, steps: int, stop: Stop) -> tuple[int, Sentence | None]:
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


def _met(trainer: Trainer, stop: Stop) -> Sentence | None:
    if stop.epoch is not None and trainer.epoch >= stop.epoch:
        return Sentence(
            "Paused at epoch {epoch}: the stop condition is met. Raise or clear it to go on.", epoch=trainer.epoch
        )
    if stop.loss is None and stop.accuracy is None:
        return None
    losses = trainer.losses()
    if stop.loss is not None and losses.loss is not None and losses.loss <= stop.loss:
        return Sentence(
            "Paused at loss {loss}: the stop condition is met. Lower or clear it to go on.", loss=f"{losses.loss:.4g}"
        )
    if stop.accuracy is not None and losses.accuracy is not None and losses.accuracy >= stop.accuracy:
        share = f"{losses.accuracy:.1%}"
        return Sentence(
            "Paused at accuracy {share}: the stop condition is met. Raise or clear it to go on.", share=share
        )
    return None
