"""Where runs take their steps: the memory and the minibatch of the one whose turn it is, and the tapes over them.

Small networks of one form share a stage. Who takes steps brings its numbers there and takes them home again: the calls
are those that it would make alone, on the same numbers, so the bits are the same too. While one network after another
has its turn, calls and buffers stay in the processor's cache, and nobody needs any of their own.
"""

from __future__ import annotations

import threading
from copy import copy
from itertools import chain
from weakref import WeakValueDictionary

from nnlab.engine.buffers.cache_lines import lined_up
from nnlab.engine.buffers.memory import Memory
from nnlab.engine.buffers.tape import Floats, Tape, assign, replay
from nnlab.engine.network.network import Network
from nnlab.engine.specs import TrainingSpec
from nnlab.engine.step.gradients import Gradients
from nnlab.engine.step.minibatches import CHUNK_STEPS, Minibatches
from nnlab.engine.step.program import Program
from nnlab.engine.step.regularization import keep_probabilities


class Place:
    """The place of a minibatch on a stage: all the minibatches (see gradients.Batches) that its tapes know."""

    constant = False

    def __init__(self, batches: Minibatches) -> None:
        self.batch_size, self.slots, self.generator = batches.batch_size, min(1, batches.slots), batches.generator
        self._block: Floats = lined_up(batches.store.shape[1:], batches.store.dtype)
        self._parts = batches.parts(self._block)

    def batch(self, slot: int) -> tuple[Floats, Floats]:
        """Return the views of inputs and targets."""
        return self._parts

    def block(self, slot: int) -> Floats:
        """Return both as one array."""
        return self._block

    def parts(self, block: Floats) -> tuple[Floats, Floats]:
        """Return the views of inputs and targets."""
        return self._parts


class Stage:
    """Tapes over `memory` and `place`: those of one run or, if it is `shared`, of whoever comes."""

    def __init__(self, network: Network, memory: Memory, batches: Minibatches, *, shared: bool) -> None:
        self.place = Place(batches)
        self.is_shared = shared
        self.memory = Memory(memory.names, network.num_params, network.dtype) if shared else memory
        self._network = copy(network) if shared else network
        self._network.params = self.memory.params
        self._of = None if shared else (network, memory, batches)
        self._gradients: Gradients | None = None
        self._programs: WeakValueDictionary[TrainingSpec, Program] = WeakValueDictionary()

    def is_of(self, network: Network, memory: Memory, batches: Minibatches) -> bool:
        """Whether it is the stage of just these."""
        return self._of == (network, memory, batches)

    def program(self, training: TrainingSpec) -> Program:
        """The step by such a training; what another one knows of it is compiled once."""
        program = self._programs.get(training)
        if program is None:
            program = Program(self._network, self.memory, training, self.place, known=self._gradients)
            self._programs[training], self._gradients = program, program.gradients
        return program


class Stages(threading.local):
    """The shared stages of a thread, each for as long as somebody takes steps there."""

    def __init__(self) -> None:
        self._known: WeakValueDictionary[object, Stage] = WeakValueDictionary()

    def of(
        self, network: Network, memory: Memory, training: TrainingSpec, batches: Minibatches, former: Stage | None
    ) -> Stage:
        """The stage for steps of these. What is large is not carried about, and a drawing of masks is nobody else's."""
        if not memory.small or min(keep_probabilities(network, training)) < 1.0:
            if former is not None and former.is_of(network, memory, batches):
                return former
            return Stage(network, memory, batches, shared=False)
        loss, rows = network.spec.loss, batches.store.shape[1:]
        form = (network.shapes, network.num_inputs, network.dtype, loss, memory.names, rows)
        stage = self._known.get(form)
        if stage is None:
            stage = self._known[form] = Stage(network, memory, batches, shared=True)
        return stage


STAGES = Stages()


class Part:
    """What a run plays on a stage: tapes with its own minibatches, one a slot of the chunk, on its own memory."""

    def __init__(self, stage: Stage, memory: Memory, training: TrainingSpec, batches: Minibatches) -> None:
        self.stage = stage
        self.program = stage.program(training)
        self._memory = memory
        step = list(chain.from_iterable(self.program.tapes))  # there is one, or none without training points
        bring = [assign(stage.place.block(0), batches.block(slot)) for slot in range(batches.slots)]
        self._before: Tape = bring if batches.constant else []  # the first of steps in a row
        self.tapes: list[Tape] = [step] * CHUNK_STEPS if batches.constant else [[each, *step] for each in bring]

    def take(self, position: int, most: int) -> int:
        """Take up to `most` steps from that place in the chunk on, to its end at the furthest; return how many."""
        tapes = self.tapes[position : position + most]
        here, there = self._memory.rows, self.stage.memory.rows
        if self.stage.is_shared:
            there[...] = here
        replay(self._before)
        replay(self.program.first_tape)
        replay(chain.from_iterable(tapes))
        if self.stage.is_shared:
            here[...] = there
        return len(tapes)
