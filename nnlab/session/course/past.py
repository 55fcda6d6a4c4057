"""What can be brought back or made again: a document, one weight or bias, or all of them."""

from __future__ import annotations

from dataclasses import dataclass

from nnlab.document.models import Document
from nnlab.engine.network.network import LayerWeights

Layers = tuple[LayerWeights, ...]


@dataclass(frozen=True, slots=True)
class WeightEdit:
    """What one entry of `kind` "weights" (piece, row, column) or "biases" (piece, unit) of layer 1.. is set to."""

    kind: str
    layer: int
    index: tuple[int, ...]
    value: float


Past = Document | WeightEdit | Layers
