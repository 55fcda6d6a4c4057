"""What can be brought back or made again: a document, one weight or bias, or all of them."""

from __future__ import annotations

from nnlab.document.models import Document
from nnlab.engine.network.network import LayerWeights
from nnlab.session.commands import EditWeight

Layers = tuple[LayerWeights, ...]
Past = Document | EditWeight | Layers
