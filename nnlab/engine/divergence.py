"""Divergence: training that left the range of numbers, explained in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnlab.engine.memory import Memory
from nnlab.engine.network import Network
from nnlab.engine.run import Run
from nnlab.engine.specs import TrainingSpec
from nnlab.engine.tape import Floats

LARGE_INPUT = 100.0  # inputs beyond this make steps at usual learning rates explode


@dataclass(frozen=True, slots=True)
class Divergence:
    """Training stopped: the update after `step` steps would have given `layer` (1-based in order, `layer_name` in
    words) numbers that are not finite. `setting` is the one to change, `cause` says why, `message` is the whole
    sentence.
    """

    step: int
    layer: int
    layer_name: str
    setting: str
    cause: str
    message: str


def layer_name(index: int, num_layers: int) -> str:
    """Return the name of layer `index` (1..num_layers) as on screen."""
    return "output layer" if index == num_layers else f"hidden layer {index}"


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


def explain(run: Run, layer: int) -> Divergence:
    """Name the layer, the likely cause and the setting to change, at the step the run stands at."""
    largest_input = float(np.abs(run.rows.inputs).max(initial=0.0))
    setting, cause, remedy = _diagnose(run.network, run.training, run.steps_taken, largest_input)
    name = layer_name(layer, run.network.num_layers)
    message = (
        f"Training diverged at step {run.steps_taken}: the {name} left the range of numbers, because {cause}. {remedy}"
    )
    return Divergence(run.steps_taken, layer, name, setting, cause, message)


def _diagnose(network: Network, training: TrainingSpec, step: int, largest_input: float) -> tuple[str, str, str]:
    rate, l2 = training.learning_rate, training.l2
    if step == 0 and network.spec.init_scale > 1:
        scale = network.spec.init_scale
        return "init_scale", f"init_scale {scale:g} makes the starting weights too large", "Lower init_scale and reset."
    if largest_input > LARGE_INPUT:
        cause = f"inputs as large as {largest_input:.3g} make huge gradients"
        return "learning_rate", cause, f"Bring the points nearer to 0, or set learning_rate below {rate / 10:g}."
    if rate * l2 >= 2:  # then w <- (1 - lr l2) w grows by itself
        cause = f"learning_rate {rate:g} times l2 {l2:g} is 2 or more, so the decay overshoots"
        return "l2", cause, f"Set l2 below {1 / rate:.3g}, or lower learning_rate."
    if training.momentum >= 1 and training.optimizer in ("momentum", "nesterov"):
        return "momentum", f"momentum {training.momentum:g} never slows down", "Set momentum below 1."
    remedy = f"Set learning_rate below {rate / 3:.2g}, or reset."
    return "learning_rate", f"learning_rate {rate:g} is too high", remedy
