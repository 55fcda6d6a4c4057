"""Health: what a layer's diagnostics give reason to notice or to worry about, as codes; a page puts them into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nnlab.engine.looks.diagnostics import LayerDiagnostics
from nnlab.engine.menus.activations import ACTIVATIONS

DEAD_ALARM, DEAD_WATCH = 0.4, 0.1  # share of units; "as much as 40 % of your network can be dead" [CS231n nn-1 #actfun]
SATURATED_ALARM, SATURATED_WATCH = 0.75, 0.4  # share of answers in the flat ends
RATIO_ALARM, RATIO_HIGH, RATIO_LOW = 1e-1, 1e-2, 1e-5  # update : weight; about a thousandth is healthy [nn-3 #ratio]
VANISHING, EXPLODING = 1e-3, 100.0  # gradient against the output layer's; gradient as such
LEARNED = 1e-6  # data loss; with less, a gradient may be too small for single precision, and hinge losses end at 0
LARGE_INPUTS = 10.0  # root mean square; the standard plane's is 3.5, and starting weights are made for 1  [nn-2 #init]


@dataclass(frozen=True, slots=True)
class Finding:
    """`code`: large_inputs, dead, dying, saturated, saturating, huge_steps, large_steps, tiny_steps, exploding, stuck
    or vanishing. `status`: alarm, or watch.
    """

    code: str
    status: str


def findings(
    layers: Sequence[LayerDiagnostics], activations: Sequence[str], *, input_size: float, data_loss: float | None
) -> list[tuple[Finding, ...]]:
    """Return what there is to notice about each layer, the output layer last; `activations` are the hidden layers'.

    Small steps and gradients of a layer whose units are dead come from that, and are no finding of their own; nor are
    small gradients where `data_loss` leaves nothing to learn. Large inputs come before the first layer's own, if all
    is not well in it or a later layer is dead; `input_size` is the greatest root mean square of an input.
    """
    output_gradient = layers[-1].gradient_norm if data_loss is None or data_loss >= LEARNED else None
    kinds = [*activations, None]
    first, *rest = [_of_layer(layer, kind, output_gradient) for layer, kind in zip(layers, kinds, strict=True)]
    suffers = bool(first) or any(found.code == "dead" for later in rest for found in later)
    large = (Finding("large_inputs", "alarm"),) if suffers and input_size > LARGE_INPUTS else ()
    return [large + first, *rest]


def _of_layer(layer: LayerDiagnostics, activation: str | None, output_gradient: float | None) -> tuple[Finding, ...]:
    units = [] if activation is None else [_dead(layer.dead_fraction), _saturated(layer, activation)]
    is_dead = any(found is not None and found.code == "dead" for found in units)
    small = [] if is_dead else [_small_steps(layer.update_ratio), _small_gradient(layer.gradient_norm, output_gradient)]
    found = [*units, _large_steps(layer.update_ratio), _large_gradient(layer.gradient_norm), *small]
    return tuple(finding for finding in found if finding is not None)


def _dead(share: float | None) -> Finding | None:
    if share is None or share < DEAD_WATCH:
        return None
    return Finding("dead", "alarm") if share >= DEAD_ALARM else Finding("dying", "watch")


def _saturated(layer: LayerDiagnostics, activation: str) -> Finding | None:
    """A ReLU is flat on one side by design; it is judged by its dead units."""
    share = layer.saturated_fraction
    if share is None or share < SATURATED_WATCH or not ACTIVATIONS[activation].saturates:
        return None
    return Finding("saturated", "alarm") if share >= SATURATED_ALARM else Finding("saturating", "watch")


def _large_steps(ratio: float | None) -> Finding | None:
    if ratio is None or ratio < RATIO_HIGH:
        return None
    return Finding("huge_steps", "alarm") if ratio >= RATIO_ALARM else Finding("large_steps", "watch")


def _small_steps(ratio: float | None) -> Finding | None:
    return None if ratio is None or ratio >= RATIO_LOW else Finding("tiny_steps", "watch")


def _large_gradient(norm: float | None) -> Finding | None:
    return None if norm is None or norm <= EXPLODING else Finding("exploding", "watch")


def _small_gradient(norm: float | None, output_gradient: float | None) -> Finding | None:
    if norm is None or output_gradient is None:
        return None
    if norm == 0:
        return Finding("stuck", "watch")
    return Finding("vanishing", "watch") if norm < VANISHING * output_gradient else None
