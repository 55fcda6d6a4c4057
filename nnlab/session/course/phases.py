"""The four phases of one update in figures: forward, loss, backward, update. For slow motion.  [CS231n nn-1; nn-3]"""

from __future__ import annotations

from typing import Any

from nnlab.document.models import Document
from nnlab.engine.looks.observation import LayerObservation, Observation
from nnlab.session.course.figures import finite, four_digits


def phases_json(observation: Observation, document: Document) -> dict[str, Any]:
    """The update as plain JSON values (see docs/api.md); `document` is the one it was made with."""
    data_loss, reg_loss = finite(observation.data_loss), finite(observation.reg_loss)
    return {
        "step": observation.step,
        "points": [document.points[index].id for index in observation.examples],
        "loss": None if data_loss is None or reg_loss is None else data_loss + reg_loss,
        "data_loss": data_loss,
        "reg_loss": reg_loss,
        "layers": [_layer(layer) for layer in observation.layers],
    }


def _layer(layer: LayerObservation) -> dict[str, float | None]:
    return {
        "activation_norm": four_digits(finite(layer.activation_norm)),
        "gradient_norm": four_digits(finite(layer.gradient_norm)),
        "update_ratio": four_digits(finite(layer.update_ratio)),
    }
