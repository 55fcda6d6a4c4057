"""The health of each layer as plain JSON values."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from nnlab.engine.looks.diagnostics import LayerDiagnostics
from nnlab.engine.looks.health import findings
from nnlab.engine.trainer import Trainer
from nnlab.session.course.figures import finite, four_digits

HEALTH = tuple(field.name for field in fields(LayerDiagnostics))


def layers_json(trainer: Trainer) -> list[dict[str, Any]]:
    """Every layer's diagnostics, to four digits as they are for reading, and findings (see docs/api.md)."""
    layers = trainer.diagnostics()
    activations = [layer.activation for layer in trainer.network.spec.hidden]
    data_loss = trainer.losses().data_loss
    found = findings(layers, activations, input_size=trainer.input_size(), data_loss=data_loss)
    return [
        _figures_of(layer) | {"findings": list(map(asdict, each))} for layer, each in zip(layers, found, strict=True)
    ]


def _figures_of(layer: LayerDiagnostics) -> dict[str, Any]:
    return {name: four_digits(finite(getattr(layer, name))) for name in HEALTH}
