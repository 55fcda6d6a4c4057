"""Network surgery: give a changed network every weight of the old one that still has a place.

Layers are matched by number, the output layer with the output layer; within a layer units, maxout pieces, inputs and
classes are matched by position (inputs by name), so what is removed is removed from the end. New weights:

- of a new unit, piece, class or layer: drawn as for a new network, biases 0;
- from a new unit or a new input to a unit that was there before: 0, so adding either changes nothing of what the
  network computes until the next step;
- a layer whose layer before has changed its number (the output layer, when a hidden layer comes or goes) starts anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnlab.engine.buffers.tape import Floats
from nnlab.engine.network.initializers import initialize
from nnlab.engine.network.network import LayerShape, Link, Network


@dataclass(frozen=True, slots=True)
class Kept:
    """One network's layer and its parameters, seen as pieces."""

    shape: LayerShape
    params: Floats

    def weights(self, link: Link) -> Floats:
        """Return the link's weights as a view (pieces, H, D)."""
        return link.matrix(self.params).reshape(self.shape.pieces, self.shape.units, -1)[:, :, : link.width]

    def biases(self) -> Floats:
        """Return the biases as a view (pieces, H)."""
        main = self.shape.links[-1]
        return main.matrix(self.params).reshape(self.shape.pieces, self.shape.units, -1)[:, :, -1]


def transplant(old: Network, new: Network, generator: np.random.Generator) -> None:
    """Fill new's parameters: those that old has too from old, the rest as described above."""
    initialize(new, generator)
    for number, shape in enumerate(new.shapes, start=1):
        old_number = _old_number(number, old, new)
        if old_number is None:
            continue
        source, target = Kept(old.shapes[old_number - 1], old.params), Kept(shape, new.params)
        _transplant_layer(source, target, old, new)


def _old_number(number: int, old: Network, new: Network) -> int | None:
    if number == new.num_layers:
        return old.num_layers
    return number if number < old.num_layers else None


def _transplant_layer(source: Kept, target: Kept, old: Network, new: Network) -> None:
    pieces = min(source.shape.pieces, target.shape.pieces)
    units = min(source.shape.units, target.shape.units)
    old_links = {link.source: link for link in source.shape.links}
    for link in target.shape.links:
        if link.source not in old_links and link.has_biases:
            return  # the layer before is another one: nothing here has a place
    for link in target.shape.links:
        weights = target.weights(link)[:pieces, :units]
        weights[...] = 0.0
        if link.source in old_links:
            _copy_columns(weights, source.weights(old_links[link.source])[:pieces, :units], _columns(link, old, new))
    target.biases()[:pieces, :units] = source.biases()[:pieces, :units]


def _columns(link: Link, old: Network, new: Network) -> list[tuple[int, int]]:
    """Return pairs (new column, old column) of the inputs both have: by name for features, by position for units."""
    if link.source == 0:
        names = old.spec.inputs
        return [(column, names.index(name)) for column, name in enumerate(new.spec.inputs) if name in names]
    return [(column, column) for column in range(min(link.width, old.shapes[link.source - 1].units))]


def _copy_columns(target: Floats, source: Floats, pairs: list[tuple[int, int]]) -> None:
    for new_column, old_column in pairs:
        target[:, :, new_column] = source[:, :, old_column]
