"""A whole step, compiled: draw masks, forward, loss, backward, regularize, update, constrain - one tape a minibatch."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Protocol

import numpy as np

from nnlab.engine.buffers.cache_lines import lined_up_like
from nnlab.engine.buffers.memory import Memory
from nnlab.engine.buffers.tape import Floats, Rate, Tape, call, replay
from nnlab.engine.menus.losses import LossBuffers
from nnlab.engine.menus.optimizers import Penalty, SetRate, optimizer_named
from nnlab.engine.network.network import Network
from nnlab.engine.specs import TrainingSpec
from nnlab.engine.step.minibatches import CHUNK_STEPS
from nnlab.engine.step.passes import backward, forward
from nnlab.engine.step.products import best_block
from nnlab.engine.step.regularization import constrain, draw_masks, keep_probabilities, penalize
from nnlab.engine.step.workspace import Workspace

BLOCK_EXAMPLES = 512  # examples a pass takes at once at most, which bounds the memory of its buffers


@dataclass(slots=True)
class Schedule:
    """The learning rate lr / (1 + decay * step), `step` from 0; `start` is the step at which the optimizer began."""

    training: TrainingSpec
    set_rate: SetRate
    base_rate: Rate
    step: int = 0
    start: int = 0

    def write(self) -> None:
        """Write the constants of the step that comes next."""
        rate = self.base_rate / (1.0 + self.training.learning_rate_decay * self.step)
        self.set_rate(rate, self.step - self.start + 1)

    def advance(self) -> None:
        """Write the constants of this step and count it."""
        self.write()
        self.step += 1


class Batches(Protocol):
    """What a program needs of its minibatches."""

    batch_size: int
    slots: int
    constant: bool
    generator: np.random.Generator

    def batch(self, slot: int) -> tuple[Floats, Floats]:
        """Return the views of inputs and encoded targets of one minibatch."""


@dataclass(frozen=True, slots=True)
class Coefficients:
    """The settings that stacked networks may each have their own of: a number each, or (P,) a number a parameter."""

    learning_rate: Rate
    l2: Rate
    l1: Rate


class Program:
    """The tapes of a network's training steps, one a slot of the minibatches' chunk."""

    def __init__(
        self,
        network: Network,
        memory: Memory,
        training: TrainingSpec,
        batches: Batches,
        coefficients: Coefficients | None = None,
    ) -> None:
        self._network, self._memory, self._batches = network, memory, batches
        own = coefficients or Coefficients(training.learning_rate, training.l2, training.l1)
        self._keep = keep_probabilities(network, training)
        penalty = penalize(network, memory, l2=own.l2, l1=own.l1)
        if training.max_norm is not None:  # moves the weights after the update
            penalty = Penalty(penalty.tape)
        self.penalty_tape = penalty.tape
        optimizer = optimizer_named(training.optimizer)
        update = optimizer.update(memory, training.momentum, penalty)
        self._first_tape = penalty.tape if update.renews_penalty else []  # before the first of steps in a row
        self.schedule = Schedule(training, update.set_rate, own.learning_rate)
        varies = optimizer.varies or training.learning_rate_decay > 0
        self._after_backward: Tape = [
            *([] if update.renews_penalty else penalty.tape),
            *([self.schedule.advance] if varies else []),
            *update.tape,
            *constrain(network, training.max_norm),
        ]
        # Stacked networks stay whole: a block of columns would be the examples of some networks only.
        most = best_block(network, BLOCK_EXAMPLES) if network.stack == 1 else batches.batch_size
        self._blocks = block_bounds(batches.batch_size, most)
        drops = tuple(keep < 1.0 for keep in self._keep)
        self._workspaces = {
            size: Workspace(network, size, drops=drops) for size in {end - start for start, end in self._blocks}
        }
        self._part = lined_up_like(memory.gradient) if len(self._blocks) > 1 else memory.gradient
        tapes = [self.gradient_tape(slot) + self._after_backward for slot in range(batches.slots)]
        self.tapes = tapes * CHUNK_STEPS if batches.constant else tapes

    def take(self, position: int, most: int) -> int:
        """Take up to `most` steps from that place in the chunk on, to its end at the furthest; return how many."""
        tapes = self.tapes[position : position + most]
        replay(self._first_tape)
        replay(chain.from_iterable(tapes))
        return len(tapes)

    def gradient_tape(self, slot: int) -> Tape:
        """Return the calls that bring memory.gradient to the data loss's gradient over one minibatch."""
        inputs, targets = self._batches.batch(slot)
        if self._network.stack > 1:
            return self._gradient(inputs, targets, first=True)
        tape: Tape = []
        for start, end in self._blocks:
            tape += self._gradient(inputs[:, start:end], targets[:, start:end], first=start == 0)
        return tape

    def _gradient(self, inputs: Floats, targets: Floats, *, first: bool) -> Tape:
        """gradient <- the block's share of the mean loss's gradient, or += for all blocks but the first."""
        network, work = self._network, self._workspaces[targets.shape[1] // self._network.stack]
        gradient = self._memory.gradient if first else self._part
        loss = LossBuffers(work.scores, work.dscores, work.scratch, targets, self._batches.batch_size)
        tape = [
            *draw_masks(work, self._keep, self._batches.generator),
            *forward(network, work, inputs),
            *network.loss.gradient(loss),
            *backward(network, work, inputs, gradient),
        ]
        return tape if first else [*tape, call(np.add, self._memory.gradient, gradient, self._memory.gradient)]


def block_bounds(batch_size: int, most: int) -> list[tuple[int, int]]:
    """Cut a minibatch into the fewest blocks of about equal size, none with more than `most` examples."""
    if batch_size == 0:
        return []
    parts = -(-batch_size // most)
    bounds = [batch_size * part // parts for part in range(parts + 1)]
    return list(zip(bounds[:-1], bounds[1:], strict=True))
