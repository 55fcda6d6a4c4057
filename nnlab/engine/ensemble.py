"""An ensemble: S networks of one shape that train in lockstep as one stacked computation.

Each has its own seed, learning rate, l2 and l1, and sees the same minibatches as it would alone: the numbers are those
of S single trainers, for a small part of the calls. Sweeps over seeds and settings use it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import DTypeLike, NDArray

from nnlab.engine.buffers.memory import Memory
from nnlab.engine.buffers.tape import Floats
from nnlab.engine.looks.reports import Losses, report_stack
from nnlab.engine.menus.optimizers import optimizer_named
from nnlab.engine.network.initializers import initialize
from nnlab.engine.network.network import LayerWeights, Network
from nnlab.engine.network.scale import fit_scale
from nnlab.engine.specs import Examples, NetworkSpec, TrainingSpec
from nnlab.engine.step.evaluator import Evaluator
from nnlab.engine.step.minibatches import Minibatches
from nnlab.engine.step.program import Coefficients, Program
from nnlab.engine.step.run import ExampleRows
from nnlab.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Member:
    """One network of an ensemble: its seed and how it is trained."""

    seed: int
    training: TrainingSpec


class StackedMinibatches:
    """The minibatches of S networks side by side: batch(slot) is (R, S * batch_size), each network's own.

    Full batches are the same for all: then the inputs are (D + 1, N), shared, and only the targets are repeated.
    """

    def __init__(self, members: Sequence[Minibatches]) -> None:
        self._members = members
        first = members[0]
        self.batch_size, self.slots, self.constant = first.batch_size, first.slots, first.constant
        self.generator = first.generator
        self._num_rows = first.store.shape[1]
        shape = (self.slots, self._num_rows, len(members), self.batch_size)
        self._store: Floats = np.empty((0,) if self.constant else shape, first.store.dtype)

    def refill(self) -> None:
        """Draw every network's next chunk."""
        for index, member in enumerate(self._members):
            member.refill()
            if not self.constant:
                self._store[:, :, index] = member.store

    def batch(self, slot: int) -> tuple[Floats, Floats]:
        """Return the inputs and targets of one minibatch."""
        if not self.constant:
            return self.parts(self.block(slot))
        self._members[0].refill()
        inputs, targets = self._members[0].batch(slot)
        return inputs, np.tile(targets, len(self._members))

    def block(self, slot: int) -> Floats:
        """Return inputs and targets of one minibatch as one array."""
        return self._store[slot].reshape(self._num_rows, -1)

    def parts(self, block: Floats) -> tuple[Floats, Floats]:
        """Return the views of a block's inputs and targets."""
        return self._members[0].parts(block)


class Ensemble:
    """S networks in lockstep. Members' trainings may differ in learning_rate, l2 and l1 only."""

    def __init__(
        self, network: NetworkSpec, members: Sequence[Member], examples: Examples, *, dtype: DTypeLike = np.float32
    ) -> None:
        _check(network, members)
        self.members = tuple(members)
        self.steps_taken = 0
        training = members[0].training
        self._network = Network(network, dtype=dtype, stack=len(members), scale=fit_scale(network, examples))
        names = optimizer_named(training.optimizer).rows
        self._memory = Memory(names, self._network.num_params, dtype, own_rates=True)
        self._network.params = self._memory.params
        self._rows = ExampleRows(self._network, examples)
        self._batches = StackedMinibatches([self._start(index) for index in range(len(members))])
        self._program = Program(self._network, self._memory, training, self._batches, coefficients=self._coefficients())
        self._program.schedule.write()
        self._position = len(self._program.tapes)
        self._evaluator = Evaluator(self._network)

    @property
    def num_params(self) -> int:
        """P, parameters of each network."""
        return self._network.num_params // len(self.members)

    def step(self, n: int = 1) -> int:
        """Take n updates of every network; return n, or 0 without training points."""
        if not self._rows.num_training:
            return 0
        with np.errstate(all="ignore"):  # one network may diverge without stopping the others
            end = self.steps_taken + n
            while self.steps_taken < end:
                if self._position == len(self._program.tapes):
                    self._batches.refill()
                    self._memory.flush()
                    self._position = 0
                taken = self._program.take(self._position, end - self.steps_taken)
                self._position += taken
                self.steps_taken += taken
        return n

    def network(self, index: int) -> Network:
        """Return a copy of one network."""
        spec = replace(self._network.spec, seed=self.members[index].seed)
        single = Network(spec, dtype=self._network.dtype, scale=self._network.scale)
        for shape, stacked in zip(single.shapes, self._network.shapes, strict=True):
            for link, wide in zip(shape.links, stacked.links, strict=True):
                link.matrix(single.params)[...] = self._part(wide.matrix(self._memory.params), index)
        return single

    def layers(self, index: int) -> list[LayerWeights]:
        """Return copies of one network's weights and biases, the output layer last."""
        return self.network(index).layers()

    def losses(self) -> list[Losses]:
        """Return every network's losses and accuracies; a diverged one's are not finite."""
        rows = self._rows
        with np.errstate(all="ignore"):
            scores = self._evaluator.stacked_scores(rows.inputs).astype(np.float64)
            penalties = self._reg_losses()
        return report_stack(
            self._network.loss, scores, rows.targets, num_training=rows.num_training, reg_losses=penalties
        )

    def _reg_losses(self) -> NDArray[np.float64]:
        """Return every network's 1/2 l2 sum(W^2) + l1 sum(|W|) (S,), summed in float64."""
        stack = len(self.members)
        squares, sizes = np.zeros((2, stack))
        for shape in self._network.shapes:
            for link in shape.links:
                weights = link.weights(self._memory.params).astype(np.float64).reshape(-1, stack, link.width)
                squares += (weights * weights).sum(axis=(0, 2))
                sizes += np.abs(weights).sum(axis=(0, 2))
        l2 = np.array([member.training.l2 for member in self.members])
        l1 = np.array([member.training.l1 for member in self.members])
        with_l2 = np.multiply(0.5 * l2, squares, out=np.zeros(stack), where=l2 > 0)  # 0 times infinity is 0 here
        return with_l2 + np.multiply(l1, sizes, out=np.zeros(stack), where=l1 > 0)

    def _part(self, matrix: Floats, index: int) -> Floats:
        """Return one network's (rows, D) of a stacked matrix (rows * S, D)."""
        return matrix[index :: len(self.members)]

    def _start(self, index: int) -> Minibatches:
        """Initialize one network from its seed, as a trainer would, and return its minibatches."""
        member = self.members[index]
        generator = np.random.default_rng(member.seed)
        single = Network(replace(self._network.spec, seed=member.seed), dtype=self._network.dtype)
        initialize(single, generator)
        for shape, stacked in zip(single.shapes, self._network.shapes, strict=True):
            for link, wide in zip(shape.links, stacked.links, strict=True):
                self._part(wide.matrix(self._memory.params), index)[...] = link.matrix(single.params)
        training = member.training
        rows = self._rows.training_rows(training.batch_size)
        noise, shuffle = training.input_noise, training.shuffle
        return Minibatches(rows, single.num_inputs, training.batch_size, generator, noise=noise, shuffle=shuffle)

    def _coefficients(self) -> Coefficients:
        trainings = [member.training for member in self.members]
        return Coefficients(
            learning_rate=self._spread([training.learning_rate for training in trainings]),
            l2=self._spread([training.l2 for training in trainings]),
            l1=self._spread([training.l1 for training in trainings]),
        )

    def _spread(self, values: list[float]) -> Floats:
        """Return (P * S,): each network's value at each of its parameters."""
        spread = np.empty_like(self._memory.params)
        for shape in self._network.shapes:
            for link in shape.links:
                for index, value in enumerate(values):
                    self._part(link.matrix(spread), index)[...] = value
        return spread


def _check(network: NetworkSpec, members: Sequence[Member]) -> None:
    if not members:
        raise InvalidInput("members must be at least one; got none.")
    alike = {replace(member.training, learning_rate=1.0, l2=0.0, l1=0.0) for member in members}
    if len(alike) > 1:
        raise InvalidInput("members must be trained alike but for learning_rate, l2 and l1; got different settings.")
    kept = (
        member.training.keep_prob if layer.keep_prob is None else layer.keep_prob
        for member in members
        for layer in network.hidden
    )
    if min(kept, default=1.0) < 1.0:
        raise InvalidInput("keep_prob must be 1 in an ensemble; use single trainers for dropout.")
