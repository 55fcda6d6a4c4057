"""Which layer feeds which: a chain of layers plus skip links, checked to be a graph without cycles."""

from __future__ import annotations

from nnlab.engine.specs import NetworkSpec
from nnlab.errors import FieldError, InvalidInput


def sources_of_layers(spec: NetworkSpec) -> list[tuple[int, ...]]:
    """Return for each layer 1..L, the output layer last, the layers that feed it, ascending; 0 is the input.

    Raises InvalidInput naming the link, and the cycle if it closes one. [CS231n nn-1 #layers]: "cycles are not allowed
    since that would imply an infinite loop in the forward pass".
    """
    num_layers = len(spec.hidden) + 1
    sources = [{layer - 1} for layer in range(1, num_layers + 1)]
    for position, (start, end) in enumerate(spec.skips):
        problem = _problem(start, end, num_layers)
        if not problem and start in sources[end - 1]:
            problem = f"{start} already feeds {end}. Remove the repeated link."
        if problem:
            field = f"network.skips.{position}"
            message = f"{field} must lead from a layer to a later one; got [{start}, {end}]: {problem}"
            raise InvalidInput(message, errors=(FieldError(field, message),))
        sources[end - 1].add(start)
    return [tuple(sorted(feeding)) for feeding in sources]


def _problem(start: int, end: int, num_layers: int) -> str:
    if not (0 <= start <= num_layers and 0 <= end <= num_layers):
        return f"layers are numbered 0 (the input) to {num_layers} (the output layer)."
    if start >= end:
        cycle = " -> ".join(str(layer) for layer in [*range(end, start + 1), end])
        return f"this closes the cycle {cycle}. Turn the link round."
    return ""


def count_params(spec: NetworkSpec) -> int:
    """Return P, the number of weights and biases. Raises InvalidInput as sources_of_layers does."""
    units = [len(spec.inputs), *(layer.units for layer in spec.hidden), spec.outputs]
    pieces = [layer.pieces if layer.activation == "maxout" else 1 for layer in spec.hidden] + [1]
    return sum(
        pieces[layer] * units[layer + 1] * (sum(units[source] for source in sources) + 1)
        for layer, sources in enumerate(sources_of_layers(spec))
    )
