"""Figures of a trainer as plain JSON values: losses and accuracies, the health of a layer."""

from __future__ import annotations

import math
from dataclasses import asdict, fields
from typing import Any

from nnlab.engine.looks.diagnostics import LayerDiagnostics
from nnlab.engine.looks.health import findings
from nnlab.engine.trainer import Trainer

HEALTH = tuple(field.name for field in fields(LayerDiagnostics))


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


def layers_json(trainer: Trainer) -> list[dict[str, Any]]:
    """Every layer's diagnostics, to four digits as they are for reading, and findings (see docs/api.md)."""
    layers = trainer.diagnostics()
    activations = [layer.activation for layer in trainer.network.spec.hidden]
    found = findings(layers, activations, input_size=trainer.input_size())
    return [
        _figures_of(layer) | {"findings": list(map(asdict, each))} for layer, each in zip(layers, found, strict=True)
    ]


def _figures_of(layer: LayerDiagnostics) -> dict[str, Any]:
    return {name: four_digits(finite(getattr(layer, name))) for name in HEALTH}


def four_digits(value: float | None) -> float | None:
    """A figure as it is read: every frame carries it."""
    return None if value is None else float(f"{value:.4g}")


def finite(value: float | None) -> float | None:
    """JSON has no NaN and no infinity: what is not finite is not known."""
    return value if value is not None and math.isfinite(value) else None
