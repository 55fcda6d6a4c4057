"""A run: the moving parts of one network in training. It steps, and can be saved and put back; it checks nothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from nnlab.engine.buffers.memory import Memory
from nnlab.engine.buffers.tape import Floats
from nnlab.engine.menus.optimizers import optimizer_named
from nnlab.engine.network.initializers import initialize
from nnlab.engine.network.network import Network
from nnlab.engine.network.scale import fit_scale
from nnlab.engine.network.surgery import transplant
from nnlab.engine.specs import Examples, NetworkSpec, TrainingSpec
from nnlab.engine.step.evaluator import network_inputs
from nnlab.engine.step.minibatches import CHUNK_STEPS, Minibatches
from nnlab.engine.step.program import Program
from nnlab.engine.step.saved_state import Counters, SavedState
from nnlab.engine.step.stage import STAGES, Part, Stage

MOST_STEPS = 10**12  # that anybody has taken


class ExampleRows:
    """The examples as the engine wants them: training points first, a column each.

    inputs (D + 1, N) in the network's dtype, the last row ones; targets (N,) float64.
    """

    def __init__(self, network: Network, examples: Examples) -> None:
        self._network = network
        order = np.argsort(examples.held_out, kind="stable")
        self.inputs: Floats = network_inputs(network, examples.coordinates[order])
        self.targets = examples.targets[order]
        self.num_training = int(len(order) - np.count_nonzero(examples.held_out))

    def training_rows(self, batch_size: int) -> Floats:
        """Return inputs and targets of the training points, encoded for that batch size: (D + 1 + T, num_training)."""
        network, count = self._network, self.num_training
        encoded = network.loss.encode(self.targets[:count], network.num_scores, max(1, min(batch_size, count)))
        return np.concatenate([self.inputs[:, :count], encoded.astype(network.dtype)])


class Run:
    """Network, memory, generator, minibatches and program of one training, and its counters."""

    def __init__(self, spec: NetworkSpec, training: TrainingSpec, examples: Examples, *, dtype: DTypeLike) -> None:
        self.training = training
        self.examples = examples
        self.generator = np.random.default_rng(spec.seed)
        self.network = Network(spec, dtype=dtype, scale=fit_scale(spec, examples))
        initialize(self.network, self.generator)
        self.steps_taken = 0
        self.optimizer_start = 0  # steps_taken when the optimizer's state began
        self._full_epochs = 0  # up to the last change of what the minibatches are drawn from
        self._seen = 0  # examples since then
        self._position = 0  # in the chunk of minibatches
        self._stage: Stage | None = None
        self._new_memory()
        self._draw_anew()

    # Steps

    @property
    def epoch(self) -> int:
        """Full passes over the training points."""
        return self._full_epochs + self._seen // max(1, self.batches.num_examples)

    @property
    def can_step(self) -> bool:
        """Whether there is a training point."""
        return self.rows.num_training > 0

    @property
    def calls_per_step(self) -> int:
        """NumPy calls that one step makes."""
        return len(self.part.tapes[0]) if self.can_step else 0

    @property
    def program(self) -> Program:
        """The steps it takes."""
        return self.part.program

    @property
    def last_slot(self) -> int:
        """Which minibatch of the chunk the last step took."""
        return (self._position - 1) % self.batches.slots

    def advance(self, most: int) -> None:
        """Take up to `most` steps, to the end of the chunk of minibatches at the furthest."""
        if self._position == len(self.part.tapes):
            self.batches.refill()
            self.memory.flush()
            self._position = 0
        schedule = self.program.schedule  # others may have taken steps by it
        schedule.start, schedule.step = self.optimizer_start, self.steps_taken
        taken = self.part.take(self._position, most)
        self._position += taken
        self.steps_taken += taken
        self._seen += taken * self.batches.batch_size

    def advance_by(self, steps: int) -> None:
        """Take exactly so many steps."""
        end = self.steps_taken + steps
        while self.steps_taken < end:
            self.advance(end - self.steps_taken)

    # Changes

    def change_training(self, training: TrainingSpec) -> None:
        """Train differently; only what the change touches starts fresh."""
        optimizer_named(training.optimizer)  # refuses an unknown one while all is as it was
        old, self.training = self.training, training
        if training.optimizer != old.optimizer:
            self._new_memory()
        if _way_of_drawing(training) != _way_of_drawing(old):
            self._draw_anew()
        else:
            self._compile()

    def change_examples(self, examples: Examples) -> None:
        """Use other examples."""
        self.examples = examples
        self.network.scale = fit_scale(self.network.spec, examples)
        self._draw_anew()

    def change_network(self, spec: NetworkSpec) -> None:
        """Use another network with all weights that have a place in it; in the same layers the optimizer goes on."""
        scale = fit_scale(spec, self.examples)
        old, self.network = self.network, Network(spec, dtype=self.network.dtype, scale=scale)
        if (self.network.shapes, spec.inputs) != (old.shapes, old.spec.inputs):
            transplant(old, self.network, self.generator)
            self._new_memory()
            self._draw_anew()
            return
        self.network.params = self.memory.params
        if (spec.loss, scale) != (old.spec.loss, old.scale):
            self._draw_anew()  # each loss encodes the targets in its own way
        else:
            self._compile()

    def restart_optimizer(self) -> None:
        """Forget the optimizer's state."""
        self._new_memory()
        self._compile()

    def _new_memory(self) -> None:
        names = optimizer_named(self.training.optimizer).rows
        self.memory = Memory(names, self.network.num_params, self.network.dtype)
        self.memory.params[...] = self.network.params
        self.network.params = self.memory.params
        self.signature = self._describe()
        self.optimizer_start = self.steps_taken

    def _draw_anew(self) -> None:
        """Begin a new permutation of the training points."""
        if hasattr(self, "batches"):
            self._full_epochs, self._seen = self.epoch, 0
        self.rows = ExampleRows(self.network, self.examples)
        self.batches = Minibatches(
            self.rows.training_rows(self.training.batch_size),
            self.network.num_inputs,
            self.training.batch_size,
            self.generator,
            noise=self.training.input_noise,
            shuffle=self.training.shuffle,
        )
        order = "" if self.training.shuffle else " in order"
        self._drawing = (
            f"{self.batches.num_examples} by {self.batches.batch_size} noise {self.training.input_noise}{order}"
        )
        self._compile()
        self._position = len(self.part.tapes)  # so that the next step draws

    def _compile(self) -> None:
        self._stage = STAGES.of(self.network, self.memory, self.training, self.batches, self._stage)
        self.part = Part(self._stage, self.memory, self.training, self.batches)
        self._set_schedule()

    def _set_schedule(self) -> None:
        self.program.schedule.start, self.program.schedule.step = self.optimizer_start, self.steps_taken
        self.program.schedule.write()

    # Saving

    def _describe(self) -> str:
        """Return what a state's parameters must fit: the units of each layer, and dtype."""
        kinds = "-".join(f"{shape.units}{shape.activation}x{shape.pieces}" for shape in self.network.shapes)
        skips = "".join(f" {start}>{end}" for start, end in sorted(self.network.spec.skips))
        return f"{self.network.num_inputs}-{kinds}{skips} {self.network.dtype}"

    def save(self) -> SavedState:
        """Return all that decides how training goes on."""
        return SavedState(
            signature=self.signature,
            optimizer=self.training.optimizer,
            drawing=self._drawing,
            kept=self.memory.kept.copy(),
            counters=Counters(self.steps_taken, self.optimizer_start, self._full_epochs, self._seen, self._position),
            generator=self.generator.bit_generator.state,
            bookmark=self.batches.bookmark,
        )

    def could_have_saved(self, saved: SavedState) -> bool:
        """Whether nothing in the state, its generator apart, is beyond what save() gives."""
        begun = saved.bookmark is not None
        pending = saved.bookmark.pending if saved.bookmark is not None else np.empty(0, np.intp)
        counters = saved.counters
        whole = all(type(number) is int and 0 <= number <= MOST_STEPS for number in counters)
        return (
            whole
            and counters.optimizer_start <= counters.steps_taken
            and counters.position <= (len(self.part.tapes) if begun else CHUNK_STEPS)
            and (saved.signature, saved.optimizer) == (self.signature, self.training.optimizer)
            and (saved.kept.shape, saved.kept.dtype) == (self.memory.kept.shape, self.memory.kept.dtype)
            and bool(np.isfinite(saved.kept).all())
            and bool((pending < self.batches.num_examples).all())
            and (saved.drawing == self._drawing or not begun)
        )

    def load(self, saved: SavedState) -> None:
        """Put everything back. The optimizer or the epoch begins afresh if it is not the one that was saved."""
        self.steps_taken, self.optimizer_start, self._full_epochs, self._seen, self._position = saved.counters
        self.memory.rows[...] = 0.0
        if saved.optimizer == self.training.optimizer:
            self.memory.kept[...] = saved.kept
        else:
            self.memory.params[...] = saved.kept[-1]
            self.optimizer_start = self.steps_taken
        if saved.drawing != self._drawing or saved.bookmark is None:
            self._draw_anew()
        else:
            self.batches.resume(saved.bookmark)
            self._set_schedule()
        self.generator.bit_generator.state = saved.generator


def _way_of_drawing(training: TrainingSpec) -> tuple[int, float, bool]:
    return training.batch_size, training.input_noise, training.shuffle
