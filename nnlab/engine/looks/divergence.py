"""Divergence: training that left the range of numbers, or of use, explained in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from nnlab.engine.buffers.memory import Memory
from nnlab.engine.buffers.tape import Floats
from nnlab.engine.looks.trial import (
    is_at_start,
    loss_at_start,
    loss_of_nothing,
    rate_that_trains,
    settings_of,
    steps_of_trials,
    trains,
)
from nnlab.engine.network.network import Network
from nnlab.engine.step.run import Run
from nnlab.sentence import Sentence

LARGE_INPUT = 10.0  # inputs beyond this may make steps at usual learning rates explode
HUGE_INPUT = 100.0  # and beyond this they do so, where there is no time to try
GUESSED_PART = 0.1  # of the learning rate, where trying would take too long
BELOW_ALL_TRIED = 1e-4  # of it: lower than what trials go down to
USUAL_INIT_SCALE = 1.0

# Learning rate times l2 from which on the steps of l2 alone let weights grow: there a root of their recurrence, without
# momentum mu w <- (1 - lr l2) w, passes -1.
LARGEST_DECAY: dict[str, Callable[[float], float]] = {
    "sgd": lambda mu: 2.0,
    "momentum": lambda mu: 2.0 * (1.0 + mu),
    "nesterov": lambda mu: 2.0 * (1.0 + mu) / (1.0 + 2.0 * mu),
}

# Times the loss of a network that says nothing, or of the document's at its start. Up to 1e8 times a loss was seen to
# come back, if only as a network of dead units; at 1e12 times, scores of 7 digits no longer tell the targets from 0.
BEYOND_USE = 1e12


@dataclass(frozen=True, slots=True)
class Cause:
    """Why training diverged: `setting` is the field to change, `value` what to; empty and None if a reset is enough."""

    setting: str
    value: float | str | None
    cause: Sentence
    remedy: Sentence


@dataclass(frozen=True, slots=True)
class Divergence:
    """Training stopped: the update after `step` steps would have given `layer` (1-based in order, `layer_name` in
    words) numbers that are not finite, or, where layer is None, a loss beyond use. `setting` is the one to change, to
    `value` and before a reset; it is empty where the reset alone helps. `cause` says why, `message` is the whole
    sentence.
    """

    step: int
    layer: int | None
    layer_name: Sentence
    setting: str
    value: float | str | None
    cause: str
    message: Sentence


def layer_name(index: int, num_layers: int) -> Sentence:
    """Return the name of layer `index` (1..num_layers) as on screen."""
    return Sentence("output layer") if index == num_layers else Sentence("hidden layer {number}", number=index)


def finite(values: Floats) -> bool:
    """Tell whether all values are finite."""
    return bool(np.isfinite(values).all())


def broken_layer(network: Network, memory: Memory) -> int | None:
    """Return the first layer (1-based) with a parameter, optimizer state or gradient that is not finite."""
    for index, shape in enumerate(network.shapes, start=1):
        start = shape.links[0].offset
        if not finite(memory.rows[:, start : start + shape.size]):
            return index
    return None


def largest_loss_of_use(run: Run) -> float:
    """Return the loss beyond which numbers say nothing any more. It depends on network and examples alone."""
    return BEYOND_USE * max(loss_of_nothing(run), loss_at_start(run))


def explain(run: Run, layer: int | None, *, is_changed: bool, again: bool) -> Divergence:
    """Name the layer, the cause and the setting to change, at the step the run stands at.

    `is_changed`: something was changed since the start. `again`: since training diverged at this very step.
    """
    found = _find(run, is_changed, again)
    name = Sentence("loss") if layer is None else layer_name(layer, run.network.num_layers)
    words = {"step": run.steps_taken, "cause": found.cause, "remedy": found.remedy}
    if layer is None:
        message = Sentence(
            "Training diverged at step {step}: the loss grew beyond use, because {cause}. {remedy}", **words
        )
    else:
        message = Sentence(
            "Training diverged at step {step}: the {layer} left the range of numbers, because {cause}. {remedy}",
            layer=name,
            **words,
        )
    return Divergence(run.steps_taken, layer, name, found.setting, found.value, found.cause, message)


def _find(run: Run, is_changed: bool, again: bool) -> Cause:
    """Return the cause: that without which training goes well from the start, tried out where that takes no long."""
    steps = steps_of_trials(run)
    if steps is None:
        return _weights(run, again) if _is_from_weights(run, again) else _likely(run, GUESSED_PART)
    settings = settings_of(run)
    if is_changed and not is_at_start(run) and trains(run, settings, steps):
        return _weights(run, again)
    for suspect in _suspects(run, LARGE_INPUT):
        assert suspect.value is not None, "missing value"
        if trains(run, settings.changed(suspect.setting, suspect.value), steps):
            return suspect
    rate = rate_that_trains(run, steps)
    if rate is not None:
        remedy = Sentence("Set learning_rate to {value}, which trains from the start, and reset.", value=f"{rate:g}")
        return Cause("learning_rate", rate, _rate_too_high(run), remedy)
    return _likely(run, BELOW_ALL_TRIED)


def _is_from_weights(run: Run, again: bool) -> bool:
    return not is_at_start(run) and (again or run.steps_taken == 0)


def _likely(run: Run, part: float) -> Cause:
    """Return what the settings make likely, where nothing alone helps or trying takes too long; else that part of the
    learning rate.
    """
    for suspect in _suspects(run, HUGE_INPUT):
        if suspect.setting != "init_scale" or run.steps_taken == 0:
            return suspect
    rate = float(f"{part * run.training.learning_rate:.1g}")
    remedy = Sentence("A guess: try learning_rate {value}, and reset.", value=f"{rate:g}")
    return Cause("learning_rate", rate, _rate_too_high(run), remedy)


def _weights(run: Run, again: bool) -> Cause:
    """Settings bear no blame: these weights are too large to go on from."""
    if run.steps_taken == 0:
        return Cause("", None, Sentence("the weights were set too large"), Sentence("Reset."))
    cause = Sentence("the weights had grown too large before the last change")
    if not again:
        cause = Sentence("the weights have become too large on the way, though the settings are good")
    return Cause("", None, cause, Sentence("Reset, or go back to an earlier step."))


def _suspects(run: Run, large_input: float) -> Iterator[Cause]:
    """Yield the settings that are known to make training explode, each with a value that does not."""
    network, training = run.network, run.training
    rate, l2 = training.learning_rate, training.l2
    if network.spec.init_scale > USUAL_INIT_SCALE:
        cause = Sentence(
            "init_scale {value} makes the starting weights too large", value=f"{network.spec.init_scale:g}"
        )
        yield Cause("init_scale", USUAL_INIT_SCALE, cause, Sentence("Set init_scale to 1 and reset."))
    most = LARGEST_DECAY[training.optimizer](training.momentum) if training.optimizer in LARGEST_DECAY else math.inf
    if rate * l2 >= most:
        cause = Sentence(
            "learning_rate {rate} times l2 {l2} is {most} or more, so the decay overshoots",
            rate=f"{rate:g}",
            l2=f"{l2:g}",
            most=f"{most:.3g}",
        )
        calm = float(f"{0.1 / rate:.1g}")
        yield Cause("l2", calm, cause, Sentence("Set l2 to {value} and reset.", value=f"{calm:g}"))
    largest = float(np.abs(run.rows.inputs).max(initial=0.0))
    if network.spec.scaling == "none" and largest > large_input:
        cause = Sentence("inputs as large as {value} make huge gradients", value=f"{largest:.3g}")
        yield Cause("scaling", "standard", cause, Sentence("Set scaling to Standard and reset."))


def _rate_too_high(run: Run) -> Sentence:
    return Sentence("learning_rate {value} is too high", value=f"{run.training.learning_rate:g}")
