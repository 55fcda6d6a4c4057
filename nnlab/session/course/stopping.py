"""Training up to a condition: an epoch, a loss, an accuracy, judged at steps that depend on the document alone."""

from __future__ import annotations

from nnlab.document.models import Document, Stop
from nnlab.engine.trainer import Trainer
from nnlab.sentence import Sentence

LEAST_STEPS_BETWEEN_LOOKS = 10  # a look at the losses of few points costs as much as several steps


def steps_between_looks(document: Document) -> int:
    """Steps from one look at the losses to the next: a look at all points costs a third of an epoch's steps.

    They are taken at the multiples of it, not by the clock: the same commands stop at the same step at any pace.
    """
    epoch = -(-len(document.points) // document.training.batch_size)
    return max(LEAST_STEPS_BETWEEN_LOOKS, epoch)


def steps_to_judgement(document: Document, step: int) -> int | None:
    """Steps to the next one at which the document's stop conditions are judged; None when it has none."""
    stop = document.stop
    if stop.epoch is not None:
        return 1
    if stop.loss is None and stop.accuracy is None:
        return None
    every = steps_between_looks(document)
    return every - step % every


def reason_to_stop(trainer: Trainer, document: Document, *, look: bool = False) -> Sentence | None:
    """The sentence that says which stop condition is met, if one is. `look`: judge the losses at any step."""
    stop = document.stop
    if stop.epoch is not None and trainer.epoch >= stop.epoch:
        return Sentence(
            "Paused at epoch {epoch}: the stop condition is met. Raise or clear it to go on.", epoch=trainer.epoch
        )
    if look or trainer.steps_taken % steps_between_looks(document) == 0:
        return _reason_in_losses(trainer, stop)
    return None


def _reason_in_losses(trainer: Trainer, stop: Stop) -> Sentence | None:
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
