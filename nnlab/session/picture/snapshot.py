"""The run state of a session in figures: what stands beside the picture."""

from __future__ import annotations

from typing import Any

from nnlab.session.course.figures import figures, finite, four_digits
from nnlab.session.picture.health import layers_json
from nnlab.session.session import Session

# What takes a look at all points and weights.
MEASURED = ("loss", "data_loss", "reg_loss", "accuracy", "test_loss", "test_accuracy", "weight_norm")


def snapshot(session: Session, known: dict[str, Any] | None = None) -> dict[str, Any]:
    """State, counters, size, losses and the health of each layer, as plain JSON values (see docs/api.md).

    `known` has those of MEASURED and `layers` that need not be found anew.
    """
    trainer, known = session.trainer, known or {}
    found = {} if "loss" in known else _measured(session)
    layers = known["layers"] if "layers" in known else layers_json(trainer)
    present = {"step": trainer.steps_taken, "layers": layers}
    return {"epoch": trainer.epoch, **_size(session), **found, **known, **present, **standing(session)}


def _measured(session: Session) -> dict[str, Any]:
    trainer = session.trainer
    return {**figures(trainer), "weight_norm": four_digits(finite(trainer.weight_norm()))}


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
        "courses": session.courses,
        "marks": session.timeline.rewritten,
        "can_undo": session.edits.can_undo,
        "can_redo": session.edits.can_redo,
    }


def _size(session: Session) -> dict[str, int]:
    """By the note's convention: the input is not counted, the output layer is.  [CS231n nn-1 #layers]"""
    trainer = session.trainer
    hidden = session.document.network.hidden
    return {
        "num_layers": len(hidden) + 1,
        "num_units": sum(layer.units for layer in hidden) + trainer.network.num_scores,
        "num_parameters": trainer.network.num_params,
    }


def state_reply(session: Session) -> dict[str, Any]:
    """The reply to what changes the run state alone."""
    return {"revision": session.revision, "snapshot": snapshot(session)}


def whole_reply(session: Session, *, points: bool = True) -> dict[str, Any]:
    """The reply to what may change the document too; without its points if they are known."""
    return {
        **state_reply(session),
        "points_revision": session.points_revision,
        "document": session.document.model_dump(mode="json", exclude=None if points else {"points"}),
    }
