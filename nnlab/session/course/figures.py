"""Figures of a network in training as plain JSON values: a row of the series, and how figures are written."""

from __future__ import annotations

import math
from typing import Any

from nnlab.engine.trainer import Trainer


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


def four_digits(value: float | None) -> float | None:
    """A figure as it is read: every frame carries it."""
    return None if value is None else float(f"{value:.4g}")


def finite(value: float | None) -> float | None:
    """JSON has no NaN and no infinity: what is not finite is not known."""
    return float(value) if value is not None and math.isfinite(value) else None
