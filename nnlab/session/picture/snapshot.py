"""The run state of a session in figures: what stands beside the picture."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from nnlab.engine.looks.diagnostics import LayerDiagnostics
from nnlab.engine.trainer import Trainer

if TYPE_CHECKING:
    from nnlab.session.session import Session

HEALTH = tuple(field.name for field in fields(LayerDiagnostics))


def snapshot(session: Session) -> dict[str, Any]:
    """State, counters, size, losses and the health of each layer, as plain JSON values (see docs/api.md)."""
    trainer = session.trainer
    measured = {
        "epoch": trainer.epoch,
        **_size(session),
        **figures(trainer),
        "layers": [health(layer) for layer in trainer.diagnostics()],
    }
    return measured | standing(session)


def standing(session: Session) -> dict[str, Any]:
    """The part of the snapshot that a copy of document and weights does not know; it costs nothing to find."""
    message = session.trainer.diverged.message if session.trainer.diverged is not None else session.notice
    return {
        "state": session.state,
        "revision": session.revision,
        "message": message,
        "message_parts": message.parts if message is not None else None,
        "first_step": session.timeline.first_step,
        "last_step": max(session.trainer.steps_taken, session.timeline.last_step or 0),
        "can_undo": session.edits.can_undo,
        "can_redo": session.edits.can_redo,
    }


def figures(trainer: Trainer) -> dict[str, Any]:
    """The step, and losses and accuracies after it: a row of the series."""
    losses = trainer.losses()
    measured = {
        "loss": losses.loss,
        "data_loss": losses.data_loss,
        "reg_loss": losses.reg_loss,
        "accuracy": losses.accuracy,
        "test_loss": losses.test_loss,
        "test_accuracy": losses.test_accuracy,
    }
    return {"step": trainer.steps_taken} | {name: finite(value) for name, value in measured.items()}


def health(layer: LayerDiagnostics) -> dict[str, float | None]:
    """Every diagnostic of a layer, to four digits: they are for reading, and every frame carries them."""
    return {name: four_digits(finite(getattr(layer, name))) for name in HEALTH}


def four_digits(value: float | None) -> float | None:
    """A figure as it is read: every frame carries it."""
    return None if value is None else float(f"{value:.4g}")


def finite(value: float | None) -> float | None:
    """JSON has no NaN and no infinity: what is not finite is not known."""
    return value if value is not None and math.isfinite(value) else None


def _size(session: Session) -> dict[str, int]:
    """By the note's convention: the input is not counted, the output layer is.  [CS231n nn-1 #layers]"""
    trainer = session.trainer
    hidden = session.document.network.hidden
    return {
        "num_layers": len(hidden) + 1,
        "num_units": sum(layer.units for layer in hidden) + session.document.network_spec().outputs,
        "num_parameters": trainer.network.num_params,
    }
