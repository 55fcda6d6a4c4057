"""Trainer: one network in training, as a session holds it. Steps, live changes, reports, exact state."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import DTypeLike, NDArray

from nnlab.engine.buffers.tape import Floats
from nnlab.engine.looks import divergence, reports
from nnlab.engine.looks.diagnostics import Diagnoser, LayerDiagnostics
from nnlab.engine.looks.divergence import Divergence
from nnlab.engine.looks.observation import Observation, observe
from nnlab.engine.looks.reports import Losses, Prediction
from nnlab.engine.network.network import LayerWeights, Network
from nnlab.engine.specs import Examples, NetworkSpec, TrainingSpec
from nnlab.engine.step import saved_state
from nnlab.engine.step.evaluator import Evaluator, network_inputs
from nnlab.engine.step.regularization import reg_loss, weight_norm
from nnlab.engine.step.run import Run
from nnlab.errors import InvalidInput

# Between two looks at the loss lie so many multiplications, within these numbers of steps: looking costs less than 1 %.
WORK_BETWEEN_LOOKS = 1_000_000_000
LEAST_STEPS_BETWEEN_LOOKS, MOST_STEPS_BETWEEN_LOOKS = 32, 1024


class Trainer:
    """A network, its optimizer and its examples. For one thread at a time; all randomness comes from one generator.

    The same specs, examples and calls give the same bits, however the steps are grouped into calls of step().
    """

    def __init__(
        self, network: NetworkSpec, training: TrainingSpec, examples: Examples, *, dtype: DTypeLike = np.float32
    ) -> None:
        self._dtype = np.dtype(dtype)
        self.diverged: Divergence | None = None
        self._begin(network, training, examples)

    def _begin(self, network: NetworkSpec, training: TrainingSpec, examples: Examples) -> None:
        self._run = Run(network, training, examples, dtype=self._dtype)
        self.diverged = None
        self._largest_loss: float | None = None
        self._changed()
        self._is_changed = False  # since the start

    def _changed(self) -> None:
        """Forget what was true before a change; what stands now is judged before the next step."""
        self._stuck_at = None if self.diverged is None else self.steps_taken  # no step has led away from there
        self._settle()
        self._is_judged = False
        self._is_changed = True

    def _settle(self) -> None:
        """What stands now is the state to fall back to."""
        self.diverged = None
        self._losses: Losses | None = None
        self._diagnoser: Diagnoser | None = None
        self._ones = np.ones(self.network.num_params, self._dtype)
        self._evaluator = Evaluator(self.network)
        self._good = self._run.save()

    # The course of training

    @property
    def network(self) -> Network:
        """The network, with its shapes and parameters."""
        return self._run.network

    @property
    def evaluator(self) -> Evaluator:
        """What evaluates the network as it stands, for looks at it."""
        return self._evaluator

    @property
    def training(self) -> TrainingSpec:
        """How it is trained now."""
        return self._run.training

    @property
    def examples(self) -> Examples:
        """All points, held-out ones included."""
        return self._run.examples

    @property
    def last_gradient(self) -> Floats:
        """The gradient (P,) of the last minibatch, in place; no part of the state, but of what looks tell."""
        return self._run.memory.gradient

    @property
    def steps_taken(self) -> int:
        """Parameter updates so far."""
        return self._run.steps_taken

    @property
    def epoch(self) -> int:
        """Full passes over the training points so far."""
        return self._run.epoch

    @property
    def calls_per_step(self) -> int:
        """NumPy calls that one step makes."""
        return self._run.calls_per_step

    def step(self, n: int = 1) -> int:
        """Take up to n updates; return how many: fewer when training diverges, 0 without training points."""
        before, end = self.steps_taken, self.steps_taken + n
        if self.diverged is None and self._run.can_step:
            if not self._is_judged:
                self.look()
            look_every = self._look_every()
            with np.errstate(all="ignore"):  # numbers that overflow are found by _check
                while self.diverged is None and self.steps_taken < end:
                    self._run.advance(min(end - self.steps_taken, look_every - self.steps_taken % look_every))
                    self._losses = None
                    self._check(look=self.steps_taken % look_every == 0)
        return max(0, self.steps_taken - before)

    def look(self) -> None:
        """Look at the loss: if it has left its range or grown beyond use, stand where it had not, and be diverged.

        step() does so now and then; whoever does so in between had better do it at fixed steps.
        """
        self._is_judged = True
        if self.diverged is None and self._run.can_step:
            with np.errstate(all="ignore"):
                if not self._is_usable(self.losses()):
                    self._return_to_usable()

    def step_again(self, n: int) -> None:
        """Take exactly n updates that were taken before and did not diverge: nobody looks."""
        with np.errstate(all="ignore"):
            self._run.advance_by(n)
        self._losses = None

    # Live changes

    def set_training(self, training: TrainingSpec) -> None:
        """Train differently from now on. Keeps weights; another optimizer starts with fresh state."""
        looks = self._evaluator, self._diagnoser
        same_memory = training.optimizer == self.training.optimizer
        self._run.change_training(training)
        self._changed()
        if same_memory:  # what looks at the network has the same arrays before it
            self._evaluator, self._diagnoser = looks

    def set_examples(self, examples: Examples) -> None:
        """Go on with these points. Keeps weights and optimizer; the epoch in progress starts over."""
        self._run.change_examples(examples)
        self._largest_loss = None
        self._changed()

    def set_network(self, spec: NetworkSpec) -> None:
        """Go on with this network, keeping every weight that has a place in it (see surgery.py).

        In other layers the optimizer restarts; another loss or keep_prob leaves it as it is. Another seed, init or
        init_scale starts anew.
        """
        old = self.network.spec
        if (spec.seed, spec.init, spec.init_scale) != (old.seed, old.init, old.init_scale):
            self._begin(spec, self.training, self.examples)
        else:
            self._run.change_network(spec)
            self._largest_loss = None
            self._changed()

    def reset(self, seed: int | None = None) -> None:
        """Start anew, from the network's own seed or from another."""
        spec = self.network.spec
        spec = spec if seed is None else dataclasses.replace(spec, seed=seed)
        self._begin(spec, self.training, self.examples)

    # Reports

    def losses(self) -> Losses:
        """Return losses and accuracies of the network as it stands, without dropout and noise."""
        if self._losses is None:
            with np.errstate(all="ignore"):
                self._losses = self._measure()
        return self._losses

    def _measure(self) -> Losses:
        rows = self._run.rows
        scores = self._evaluator.scores(rows.inputs).astype(np.float64)
        penalty = reg_loss(self.network, self.training)
        return reports.report(self.network.loss, scores, rows.targets, num_training=rows.num_training, reg_loss=penalty)

    def weight_norm(self) -> float:
        """Return the norm of all weights, biases left out."""
        with np.errstate(all="ignore"):
            return weight_norm(self.network)

    def diagnostics(self) -> tuple[LayerDiagnostics, ...]:
        """Return what goes on inside each layer, the output layer last."""
        return self._diagnosing().look()

    def input_size(self) -> float:
        """Return the greatest root mean square of an input, as the network sees it, over the training points."""
        return self._diagnosing().input_size

    def _diagnosing(self) -> Diagnoser:
        if self._diagnoser is None:
            self._diagnoser = Diagnoser(self._run)
        return self._diagnoser

    def observe(self, before: Floats) -> Observation:
        """Return what the last step saw and did; `before` (P,) is a copy of the parameters it began with."""
        return observe(self._run, before)

    def predict(self, coordinates: NDArray[np.float64], *, activations: bool = False) -> Prediction:
        """Return what the network says of coordinates (N, 2)."""
        inputs = network_inputs(self.network, coordinates)
        layers = Evaluator(self.network).activations(inputs)
        hidden = tuple(h.T.astype(np.float64) for h in layers[:-1]) if activations else None
        return reports.predict(self.network.loss, layers[-1].astype(np.float64), hidden)

    # Weights

    def layers(self) -> list[LayerWeights]:
        """Return copies of all weights and biases, the output layer last."""
        return self.network.layers()

    def set_layers(self, layers: Sequence[LayerWeights]) -> None:
        """Overwrite all weights and biases and restart the optimizer. Raises InvalidInput naming what does not fit."""
        self.network.set_layers(layers)
        self._run.restart_optimizer()
        self._changed()

    def set_entry(self, kind: str, layer: int, index: tuple[int, ...], value: float) -> float:
        """Set one entry of "weights" (piece, row, column) or "biases" (piece, unit); return the old one."""
        former = self.network.set_entry(kind, layer, index, value)
        self._changed()
        return former

    # State

    def state(self) -> bytes:
        """Return everything that decides how training goes on, for restore()."""
        return saved_state.to_bytes(self._run.save())

    def restore(self, state: bytes) -> None:
        """Go back to a state() of a network of the same shape; going on from there gives the same bits.

        Where the optimizer, the batch size or the number of points has changed since, weights and counters return and
        the optimizer or the epoch begins afresh. Raises InvalidInput if the shapes differ.
        """
        saved = saved_state.from_bytes(state)
        if saved.signature != self._run.signature:
            raise InvalidInput(f"state must be of a network {self._run.signature}; got one of {saved.signature}.")
        self._run.load(saved)
        self._stuck_at = None
        self._settle()
        self._is_judged = True  # it was, when these steps were taken first

    def open_state(self, state: bytes) -> None:
        """Go to a state() that may be anything, as it comes out of a file. Raises InvalidInput: then this is spoilt."""
        saved = saved_state.from_bytes(state)
        try:
            if not self._run.could_have_saved(saved):
                raise InvalidInput("state must be what a trainer with these specs and examples gave.")
            self.restore(state)
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise InvalidInput("state must have a generator that can go on.") from error

    # Divergence

    def _look_every(self) -> int:
        """Return after how many steps the loss is looked at: fewer for networks whose steps take longer."""
        work = max(1, self._run.batches.batch_size * self.network.num_params)
        return min(max(WORK_BETWEEN_LOOKS // work, LEAST_STEPS_BETWEEN_LOOKS), MOST_STEPS_BETWEEN_LOOKS)

    def _check(self, *, look: bool) -> None:
        """Go back to the last usable step if a number of the state is not finite; look at the loss, if it is time."""
        rows = self._run.memory.rows
        sums = rows.dot(self._ones)  # a sum over anything not finite is not finite; one over large numbers may overflow
        if not np.isfinite(sums.dot(sums)) and not np.isfinite(rows).all():
            self._return_to_usable()
        elif look:
            self.look()
            if self.diverged is None:
                self._good = self._run.save()

    def _return_to_usable(self) -> None:
        """Stand at the last step at which state, gradient and loss are of use, and say why training stops there.

        It lies between the last good look and here. The steps that are tried halve the stretch between two looks, so
        they depend on nothing but the document, and no more steps are taken again than have been taken.
        """
        good, here, every = self._good.counters.steps_taken, self.steps_taken, self._look_every()
        low = max(0, here - 1) // every * every
        high = low + every
        self._run.load(self._good)
        while high - low > 1:
            middle = (low + high) // 2
            if middle <= good or (middle < here and self._is_usable_at(middle)):
                low = middle
            else:
                high = middle
        broken = self._layer_that_breaks() if here > good else None
        self._losses = None
        self.diverged = divergence.explain(
            self._run, broken, is_changed=self._is_changed, again=self._stuck_at == self.steps_taken
        )

    def _is_usable_at(self, step: int) -> bool:
        """Whether a step ahead of the last good one is usable; if so it is the last good one from now on."""
        self._run.advance_by(step - self.steps_taken)
        usable = bool(np.isfinite(self._run.memory.rows).all()) and self._is_usable(self._measure())
        if usable:
            self._good = self._run.save()
        else:
            self._run.load(self._good)
        return usable

    def _layer_that_breaks(self) -> int | None:
        """The layer whose numbers leave their range with the next step; None if it is the loss that is beyond use."""
        self._run.advance_by(1)
        broken = divergence.broken_layer(self.network, self._run.memory)
        self._run.load(self._good)
        return broken

    def _is_usable(self, losses: Losses) -> bool:
        """Whether the loss, penalty included, is a number that says something: dead units hide huge weights."""
        if losses.loss is None:
            return True
        if self._largest_loss is None:
            self._largest_loss = divergence.largest_loss_of_use(self._run)
        return losses.loss <= self._largest_loss
