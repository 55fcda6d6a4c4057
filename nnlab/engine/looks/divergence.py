"""Divergence: training that left the range of numbers, or of use, explained in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnlab.engine.buffers.memory import Memory
from nnlab.engine.buffers.tape import Floats
from nnlab.engine.looks.trial import loss_at_start, loss_of_nothing, rate_that_trains
from nnlab.engine.network.network import Network
from nnlab.engine.step.run import Run
from nnlab.sentence import Sentence

LARGE_INPUT = 100.0  # inputs beyond this make steps at usual learning rates explode

# Times the loss of a network that says nothing, or of the document's at its start. Up to 1e8 times a loss was seen to
# come back, if only as a network of dead units; at 1e12 times, scores of 7 digits no longer tell the targets from 0.
BEYOND_USE = 1e12


@dataclass(frozen=True, slots=True)
class Divergence:
    """Training stopped: the update after `step` steps would have given `layer` (1-based in order, `layer_name` in
    words) numbers that are not finite. `setting` is the one to change, empty where only other weights help; `cause`
    says why, `message` is the whole sentence.
    """

    step: int
    layer: int
    layer_name: str
    setting: str
    cause: str
    message: Sentence


def layer_name(index: int, num_layers: int) -> str:
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
    """Return the data loss beyond which numbers say nothing any more. It depends on the run's settings alone."""
    return BEYOND_USE * max(loss_of_nothing(run), loss_at_start(run))


def explain(run: Run, layer: int, *, again: bool) -> Divergence:
    """Name the layer, the likely cause and the setting to change, at the step the run stands at.

    `again`: training diverged here before, and the settings have been changed since.
    """
    setting, cause, remedy = _grown() if again else _diagnose(run)
    name = layer_name(layer, run.network.num_layers)
    message = Sentence(
        "Training diverged at step {step}: the {layer} left the range of numbers, because {cause}. {remedy}",
        step=run.steps_taken,
        layer=name,
        cause=cause,
        remedy=remedy,
    )
    return Divergence(run.steps_taken, layer, name, setting, cause, message)


def _grown() -> tuple[str, Sentence, Sentence]:
    cause = Sentence("the weights had grown too large before the last change")
    return "", cause, Sentence("Reset, or go back to an earlier step.")


def _diagnose(run: Run) -> tuple[str, Sentence, Sentence]:
    network, training = run.network, run.training
    rate, l2 = training.learning_rate, training.l2
    if run.steps_taken == 0 and network.spec.init_scale > 1:
        cause = Sentence(
            "init_scale {value} makes the starting weights too large", value=f"{network.spec.init_scale:g}"
        )
        return "init_scale", cause, Sentence("Lower init_scale and reset.")
    if rate * l2 >= 2:  # then w <- (1 - lr l2) w grows by itself
        cause = Sentence(
            "learning_rate {rate} times l2 {l2} is 2 or more, so the decay overshoots", rate=f"{rate:g}", l2=f"{l2:g}"
        )
        return "l2", cause, Sentence("Set l2 below {value}, or lower learning_rate.", value=f"{1 / rate:.3g}")
    if training.momentum >= 1 and training.optimizer in ("momentum", "nesterov"):
        cause = Sentence("momentum {value} never slows down", value=f"{training.momentum:g}")
        return "momentum", cause, Sentence("Set momentum below 1.")
    return "learning_rate", *_steps_too_large(run)


def _steps_too_large(run: Run) -> tuple[Sentence, Sentence]:
    largest_input, remedy = float(np.abs(run.rows.inputs).max(initial=0.0)), _other_rate(run)
    if largest_input > LARGE_INPUT:
        cause = Sentence("inputs as large as {value} make huge gradients", value=f"{largest_input:.3g}")
        return cause, Sentence("{remedy} Or bring the points nearer to 0.", remedy=remedy)
    return Sentence("learning_rate {value} is too high", value=f"{run.training.learning_rate:g}"), remedy


def _other_rate(run: Run) -> Sentence:
    """A learning rate that was tried, or a guess that says it is one where trying takes too long."""
    found = rate_that_trains(run)
    if found is not None:
        return Sentence("Set learning_rate to {value}, which trains from the start, and reset.", value=f"{found:g}")
    guess = f"{run.training.learning_rate / 10:.1g}"
    return Sentence("A guess: try learning_rate {value}, and reset.", value=guess)
