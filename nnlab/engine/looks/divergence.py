"""Divergence: training that left the range of numbers, explained in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnlab.engine.buffers.memory import Memory
from nnlab.engine.buffers.tape import Floats
from nnlab.engine.network.network import Network
from nnlab.engine.specs import TrainingSpec
from nnlab.engine.step.run import Run
from nnlab.sentence import Sentence

LARGE_INPUT = 100.0  # inputs beyond this make steps at usual learning rates explode


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


def explain(run: Run, layer: int, *, again: bool) -> Divergence:
    """Name the layer, the likely cause and the setting to change, at the step the run stands at.

    `again`: training diverged here before, and the settings have been changed since.
    """
    largest_input = float(np.abs(run.rows.inputs).max(initial=0.0))
    setting, cause, remedy = _grown() if again else _diagnose(run.network, run.training, run.steps_taken, largest_input)
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


def _diagnose(
    network: Network, training: TrainingSpec, step: int, largest_input: float
) -> tuple[str, Sentence, Sentence]:
    rate, l2 = training.learning_rate, training.l2
    if step == 0 and network.spec.init_scale > 1:
        cause = Sentence(
            "init_scale {value} makes the starting weights too large", value=f"{network.spec.init_scale:g}"
        )
        return "init_scale", cause, Sentence("Lower init_scale and reset.")
    if largest_input > LARGE_INPUT:
        cause = Sentence("inputs as large as {value} make huge gradients", value=f"{largest_input:.3g}")
        remedy = Sentence("Bring the points nearer to 0, or set learning_rate below {value}.", value=f"{rate / 10:g}")
        return "learning_rate", cause, remedy
    if rate * l2 >= 2:  # then w <- (1 - lr l2) w grows by itself
        cause = Sentence(
            "learning_rate {rate} times l2 {l2} is 2 or more, so the decay overshoots", rate=f"{rate:g}", l2=f"{l2:g}"
        )
        return "l2", cause, Sentence("Set l2 below {value}, or lower learning_rate.", value=f"{1 / rate:.3g}")
    if training.momentum >= 1 and training.optimizer in ("momentum", "nesterov"):
        cause = Sentence("momentum {value} never slows down", value=f"{training.momentum:g}")
        return "momentum", cause, Sentence("Set momentum below 1.")
    remedy = Sentence("Set learning_rate below {value} and reset.", value=f"{rate / 3:.2g}")
    return "learning_rate", Sentence("learning_rate {value} is too high", value=f"{rate:g}"), remedy
