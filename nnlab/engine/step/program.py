"""A whole step, compiled: the gradients' tapes, then regularize, update, constrain - one tape a minibatch."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from nnlab.engine.buffers.memory import Memory
from nnlab.engine.buffers.tape import Rate, Tape, call, replay
from nnlab.engine.menus.optimizers import Penalty, SetRate, optimizer_named
from nnlab.engine.network.network import Network
from nnlab.engine.specs import TrainingSpec
from nnlab.engine.step.gradients import Batches, Gradients
from nnlab.engine.step.minibatches import CHUNK_STEPS
from nnlab.engine.step.regularization import constrain, keep_probabilities, penalize


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


@dataclass(frozen=True, slots=True)
class Coefficients:
    """The settings that stacked networks may each have their own of: a number each, or (P,) a number a parameter."""

    learning_rate: Rate
    l2: Rate
    l1: Rate


class Program:
    """The tapes of a network's training steps, one a slot of the minibatches' chunk.

    `known`: gradients of a program before this one, which are taken over if they still hold: compiling them costs most.
    """

    def __init__(
        self,
        network: Network,
        memory: Memory,
        training: TrainingSpec,
        batches: Batches,
        *,
        coefficients: Coefficients | None = None,
        known: Gradients | None = None,
    ) -> None:
        keep = keep_probabilities(network, training)
        holds = known is not None and known.are_of(network, memory, batches, keep)
        self.gradients = known if known and holds else Gradients(network, memory, batches, keep)
        own = coefficients or Coefficients(training.learning_rate, training.l2, training.l1)
        penalty = penalize(network, memory, l2=own.l2, l1=own.l1)
        if training.max_norm is not None:  # moves the weights after the update
            penalty = Penalty(penalty.tape)
        self.penalty_tape = penalty.tape
        optimizer = optimizer_named(training.optimizer)
        update = optimizer.update(memory, training.momentum, penalty)
        self.first_tape = penalty.tape if update.renews_penalty else []  # before the first of steps in a row
        self.schedule = Schedule(training, update.set_rate, own.learning_rate)
        varies = optimizer.varies or training.learning_rate_decay > 0
        after_backward: Tape = [
            *([] if update.renews_penalty else penalty.tape),
            *([call(self.schedule.advance)] if varies else []),
            *update.tape,
            *constrain(network, training.max_norm),
        ]
        tapes = [tape + after_backward for tape in self.gradients.tapes]
        self.tapes = tapes * CHUNK_STEPS if batches.constant else tapes

    def take(self, position: int, most: int) -> int:
        """Take up to `most` steps from that place in the chunk on, to its end at the furthest; return how many."""
        tapes = self.tapes[position : position + most]
        replay(self.first_tape)
        replay(chain.from_iterable(tapes))
        return len(tapes)
