"""How a change by hand reaches the trainer: now, and again when a step after it is gone back to."""

from __future__ import annotations

from nnlab.document.models import Document
from nnlab.engine.trainer import Trainer
from nnlab.session.commands import EditWeight
from nnlab.session.course.past import Layers


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


def set_weight(trainer: Trainer, edit: EditWeight) -> EditWeight:
    """Set one weight or bias; return the edit that would take it back."""
    layer, piece = edit.layer, edit.piece
    if edit.value is not None:
        former = {"value": trainer.set_weight(layer, edit.row or 0, edit.column or 0, edit.value, piece=piece)}
    else:
        former = {"bias": trainer.set_bias(layer, edit.unit or 0, edit.bias or 0.0, piece=piece)}
    return edit.model_copy(update=former)


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
