"""How a change by hand reaches the trainer: now, and again when a step after it is gone back to."""

from __future__ import annotations

from dataclasses import replace

from nnlab.document.models import Document
from nnlab.engine.trainer import Trainer
from nnlab.session.course.past import Layers, WeightEdit


def reconcile(trainer: Trainer, old: Document, new: Document) -> None:
    """Bring the trainer in line with what changed, and with nothing else, so that weights are kept."""
    if (old.points, old.task) != (new.points, new.task):
        trainer.set_examples(new.examples())
    if not same_network(old, new):
        trainer.set_network(new.network_spec())
    if old.training != new.training:
        trainer.set_training(new.training_spec())
    if old.task != new.task:
        trainer.reset()


def set_weight(trainer: Trainer, edit: WeightEdit) -> WeightEdit:
    """Set one weight or bias; return the edit that would take it back."""
    return replace(edit, value=trainer.set_entry(edit.kind, edit.layer, edit.index, edit.value))


def set_layers(trainer: Trainer, layers: Layers) -> Layers:
    """Set all weights and biases; return what they were."""
    former = tuple(trainer.layers())
    trainer.set_layers(layers)
    return former


def same_network(one: Document, other: Document) -> bool:
    """Whether both documents ask for the same network, weights apart."""
    return (one.network, one.classes, one.task) == (other.network, other.classes, other.task)


def same_course(one: Document, other: Document) -> bool:
    """Whether the next step is the same by both documents."""
    return same_network(one, other) and (one.points, one.training) == (other.points, other.training)
