"""Trials: a fresh run of a network, with one thing changed, shows whether it trains from its start."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from nnlab.engine.looks.reports import Float64s
from nnlab.engine.network.initializers import initialize
from nnlab.engine.network.network import Network
from nnlab.engine.specs import NetworkSpec, TrainingSpec
from nnlab.engine.step.evaluator import Evaluator
from nnlab.engine.step.run import Run

# What a divergence may cost its neighbours: a few trials of so many multiplications, a few milliseconds each.
MOST_WORK = 10_000_000
MOST_STEPS = 400
RATES_TRIED = 7  # from the first round one below to a thousandth
SAME_EVERYWHERE = 1e-6  # of the scores' size: a network of dead units says the same of every point


@dataclass(frozen=True, slots=True)
class Settings:
    """The specs of a trial."""

    network: NetworkSpec
    training: TrainingSpec

    def changed(self, setting: str, value: float | str) -> Settings:
        """The same with another value of one field, of whichever spec has it."""
        change: dict[str, Any] = {setting: value}
        if hasattr(self.network, setting):
            return Settings(replace(self.network, **change), self.training)
        return Settings(self.network, replace(self.training, **change))


def settings_of(run: Run) -> Settings:
    """Return the run's own."""
    return Settings(run.network.spec, run.training)


def steps_of_trials(run: Run) -> int | None:
    """Return how many steps a trial takes: more than twice those of the run. None if so many would take too long."""
    steps = 2 * run.steps_taken + 50
    work = max(1, run.batches.batch_size * run.network.num_params)
    return steps if steps <= min(MOST_STEPS, MOST_WORK // work) else None


def trains(run: Run, settings: Settings, steps: int) -> bool:
    """Tell whether a fresh run on the same examples stays finite for so many steps and learns something.

    That is: its data loss ends below the one that it began with and that of a network that says nothing, and it does
    not say the same of every point, as a network of dead units does.
    """
    trial = Run(settings.network, settings.training, run.examples, dtype=run.network.dtype)
    aim = min(loss_of_nothing(trial), loss_at_start(trial))
    while trial.steps_taken < steps:
        trial.advance(steps - trial.steps_taken)
        if not np.isfinite(trial.memory.rows).all():
            return False
    scores = _training_scores(trial.network, trial)
    says_something = np.ptp(scores, axis=1).max() > SAME_EVERYWHERE * np.abs(scores).max()
    return bool(says_something) and _data_loss(scores, trial) < aim


def rate_that_trains(run: Run, steps: int) -> float | None:
    """Return the largest of the learning rates ..., 1, .3, .1, ... below the run's that trains from the start."""
    settings = settings_of(run)
    rates = round_rates_below(run.training.learning_rate)
    best: float | None = None
    low, high = 0, len(rates)
    while low < high:  # halving: rates[high] and below train, those above `low` do not
        middle = (low + high) // 2
        if trains(run, settings.changed("learning_rate", rates[middle]), steps):
            best, high = rates[middle], middle
        else:
            low = middle + 1
    return best


def round_rates_below(rate: float) -> list[float]:
    """Return the powers of ten and their threefolds below a rate, the largest first."""
    power = math.ceil(math.log10(rate))
    rates = [float(f"{digit}e{power - down}") for down in range(RATES_TRIED) for digit in (3, 1)]
    return [lower for lower in rates if lower < rate * (1 - 1e-9)][:RATES_TRIED]


def is_at_start(run: Run) -> bool:
    """Tell whether the run stands where its seed has put it: nothing was trained and nothing set by hand."""
    return run.steps_taken == 0 and np.array_equal(run.network.params, _at_start(run).params)


def loss_at_start(run: Run) -> float:
    """Return the mean data loss over the training points of the run's network as it was initialized; 0 if infinite."""
    loss = _data_loss(_training_scores(_at_start(run), run), run)
    return loss if math.isfinite(loss) else 0.0


def loss_of_nothing(run: Run) -> float:
    """Return the mean data loss over the training points of scores that are all zero."""
    return _data_loss(np.zeros((run.network.num_scores, run.rows.num_training)), run)


def _at_start(run: Run) -> Network:
    network = Network(run.network.spec, dtype=run.network.dtype, scale=run.network.scale)
    initialize(network, np.random.default_rng(network.spec.seed))
    return network


def _training_scores(network: Network, run: Run) -> Float64s:
    count = run.rows.num_training
    return Evaluator(network).scores(run.rows.inputs[:, :count]).astype(np.float64)


def _data_loss(scores: Float64s, run: Run) -> float:
    """Return the mean loss of the training points' scores (K, N); it may be infinite."""
    return float(run.network.loss.values(scores, run.rows.targets[: run.rows.num_training]).mean())
