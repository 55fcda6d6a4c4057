"""The first part of a step, compiled: draw masks, forward, loss, backward - one tape a minibatch.

It knows nothing of the update, so a change of learning rate, penalty or constraint leaves it as it is.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from nnlab.engine.buffers.cache_lines import lined_up_like
from nnlab.engine.buffers.memory import Memory
from nnlab.engine.buffers.tape import Floats, Tape, assign, call
from nnlab.engine.menus.losses import LossBuffers
from nnlab.engine.network.network import Network
from nnlab.engine.step.passes import backward, forward
from nnlab.engine.step.products import best_block
from nnlab.engine.step.regularization import draw_masks
from nnlab.engine.step.workspace import Workspace

BLOCK_EXAMPLES = 512  # examples a pass takes at once at most, which bounds the memory of its buffers


class Batches(Protocol):
    """What a program needs of its minibatches."""

    batch_size: int
    slots: int
    constant: bool
    generator: np.random.Generator

    def batch(self, slot: int) -> tuple[Floats, Floats]:
        """Return the views of inputs and encoded targets of one minibatch."""

    def block(self, slot: int) -> Floats:
        """Return both as one array, unless the minibatch is constant."""

    def parts(self, block: Floats) -> tuple[Floats, Floats]:
        """Return the views of inputs and targets in such an array."""


class Gradients:
    """The tapes that bring memory.gradient to the data loss's gradient over one minibatch, one a slot of the chunk.

    `keep`: each layer's probability of keeping a unit.
    """

    def __init__(self, network: Network, memory: Memory, batches: Batches, keep: tuple[float, ...]) -> None:
        self._network, self._memory, self._batches, self._keep = network, memory, batches, keep
        # Stacked networks stay whole: a block of columns would be the examples of some networks only.
        most = best_block(network, BLOCK_EXAMPLES) if network.stack == 1 else batches.batch_size
        self._blocks = block_bounds(batches.batch_size, most)
        drops = tuple(each < 1.0 for each in keep)
        self._workspaces = {
            size: Workspace(network, size, drops=drops) for size in {end - start for start, end in self._blocks}
        }
        self._part = lined_up_like(memory.gradient) if len(self._blocks) > 1 else memory.gradient
        self.tapes = self._tapes() if batches.slots else []

    def are_of(self, network: Network, memory: Memory, batches: Batches, keep: tuple[float, ...]) -> bool:
        """Whether these are the tapes of just these."""
        return (network, memory, batches) == (self._network, self._memory, self._batches) and keep == self._keep

    def _tapes(self) -> list[Tape]:
        """The same calls for each slot, after one that copies its minibatch to where they read.

        A tape a slot, each over its own part of the chunk, would save that call, but is a third of a megabyte of calls
        that leave the processor's cache while other sessions have turns, and takes 4.1 ms to write down instead of 0.6.
        """
        batches = self._batches
        if batches.slots == 1:
            return [self._tape(*batches.batch(0))]
        stage = lined_up_like(batches.block(0))
        tape = self._tape(*batches.parts(stage))
        return [[assign(stage, batches.block(slot)), *tape] for slot in range(batches.slots)]

    def _tape(self, inputs: Floats, targets: Floats) -> Tape:
        if self._network.stack > 1:
            return self._block_tape(inputs, targets, first=True)
        tape: Tape = []
        for start, end in self._blocks:
            tape += self._block_tape(inputs[:, start:end], targets[:, start:end], first=start == 0)
        return tape

    def _block_tape(self, inputs: Floats, targets: Floats, *, first: bool) -> Tape:
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
