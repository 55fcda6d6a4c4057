"""Documents of studies: a plain text of what differs from the defaults, short enough to stand in a link."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from nnlab.document.points import MOST_POINTS

Fields = Mapping[str, Any]

FULL_BATCH = MOST_POINTS  # as large as there can be points


def make_document(
    dataset: Fields | None = None, *, hidden: Sequence[int | Fields], activation: str = "tanh", seed: int, **more: Any
) -> dict[str, Any]:
    """A document of these hidden layers (numbers of units, or layers as documents have them) on a data set.

    Further fields are the training's, but for `network`, `task`, `classes`, `points` and `view`. Regularization is off
    unless asked for.
    """
    layers = [layer if isinstance(layer, Mapping) else {"units": layer, "activation": activation} for layer in hidden]
    own = {name: more.pop(name) for name in ("task", "classes", "points", "view") if name in more}
    network = {"hidden": layers, "seed": seed, **more.pop("network", {})}
    return own | ({"dataset": dict(dataset)} if dataset else {}) | {"network": network, "training": {"l2": 0.0, **more}}


def address(document: Fields, step: int) -> str:
    """The permanent link that opens an experiment of this document at this step."""
    return "/open?" + urlencode({"document": json.dumps(document, separators=(",", ":")), "step": step})
