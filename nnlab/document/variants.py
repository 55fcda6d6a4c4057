"""A document with another value of one setting: what experiments side by side differ in."""

from __future__ import annotations

from typing import Any

from nnlab.document.models import Document, HiddenLayer
from nnlab.document.wording import broken_rule

PARTS = ("network", "training", "dataset")
HIDDEN = "network.hidden"
OF_A_LAYER = tuple(HiddenLayer.model_fields)


def with_setting(document: Document, path: str, value: Any) -> Document:
    """The document with `value` at a path such as "training.l2" or "dataset.noise". Raises InvalidInput.

    "network.hidden.units" means every hidden layer, "network.hidden.2.units" the second one; a number in place of
    "network.hidden" itself stands for the units of every layer. Another data set is drawn anew.
    """
    part, *below = path.split(".")
    if part not in PARTS or not all(below) or not below:
        raise broken_rule("path", f"must name a setting of {', '.join(PARTS)}, such as training.l2", path)
    if part == "dataset" and document.dataset is None:
        raise broken_rule("path", "must name no data set where the points were changed by hand", path)
    if path == HIDDEN and isinstance(value, int | float):
        path = f"{HIDDEN}.units"
    if path.startswith(f"{HIDDEN}."):
        return document.merged({"network": {"hidden": _layers(document, path, value)}})
    patch = value
    for name in reversed([part, *below]):
        patch = {name: patch}
    return document.merged(patch)


def _layers(document: Document, path: str, value: Any) -> list[dict[str, Any]]:
    """The hidden layers with a setting of one or all of them changed."""
    layers = [layer.model_dump(mode="json") for layer in document.network.hidden]
    *number, name = path.removeprefix(f"{HIDDEN}.").split(".")
    numbers = [str(each) for each in range(1, len(layers) + 1)]
    if name not in OF_A_LAYER or len(number) > 1 or not numbers or not set(number) <= set(numbers):
        raise broken_rule("path", f"must name a layer that there is and one of {', '.join(OF_A_LAYER)}", path)
    for each in number or numbers:
        layers[int(each) - 1][name] = value
    return layers
