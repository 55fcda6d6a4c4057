"""Trials: a copy of a run, taken to its start, shows whether its network trains there at another learning rate."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from nnlab.engine.looks.reports import Float64s
from nnlab.engine.network.initializers import initialize
from nnlab.engine.network.network import Network
from nnlab.engine.step.evaluator import Evaluator
from nnlab.engine.step.run import Run

# What a divergence may cost its neighbours: three trials of so many multiplications, a few milliseconds each.
MOST_WORK = 10_000_000
MOST_STEPS = 400
RATES_TRIED = 7  # from the first round one below to a thousandth


def rate_that_trains(run: Run) -> float | None:
    """Return the largest of the learning rates ..., 1, .3, .1, ... below the run's that trains from the start.

    That is: a fresh run takes more than twice the steps that this one took, and ends with a lower data loss than it
    began with and than a network that says nothing. None if none does, or if so many steps would take too long.
    """
    steps = 2 * run.steps_taken + 50
    work = max(1, run.batches.batch_size * run.network.num_params)
    if steps > min(MOST_STEPS, MOST_WORK // work):
        return None
    aim = min(loss_of_nothing(run), loss_at_start(run))
    rates = round_rates_below(run.training.learning_rate)
    best: float | None = None
    low, high = 0, len(rates)
    while low < high:  # halving: rates[high] and below train, those above `low` do not
        middle = (low + high) // 2
        if _loss_after(run, rates[middle], steps) < aim:
            best, high = rates[middle], middle
        else:
            low = middle + 1
    return best


def round_rates_below(rate: float) -> list[float]:
    """Return the powers of ten and their threefolds below a rate, the largest first."""
    power = math.ceil(math.log10(rate))
    rates = [float(f"{digit}e{power - down}") for down in range(RATES_TRIED) for digit in (3, 1)]
    return [lower for lower in rates if lower < rate * (1 - 1e-9)][:RATES_TRIED]


def loss_at_start(run: Run) -> float:
    """Return the mean data loss over the training points of the run's network as it was initialized; 0 if infinite."""
    network = Network(run.network.spec, dtype=run.network.dtype)
    initialize(network, np.random.default_rng(network.spec.seed))
    loss = _data_loss(network, run)
    return loss if math.isfinite(loss) else 0.0


def loss_of_nothing(run: Run) -> float:
    """Return the mean data loss over the training points of scores that are all zero."""
    rows = run.rows
    zeros: Float64s = np.zeros((run.network.num_scores, rows.num_training))
    return float(run.network.loss.values(zeros, rows.targets[: rows.num_training]).mean())


def _loss_after(run: Run, rate: float, steps: int) -> float:
    """Return the data loss after so many steps from the start at another rate; infinite when the numbers are not."""
    training = replace(run.training, learning_rate=rate)
    trial = Run(run.network.spec, training, run.examples, dtype=run.network.dtype)
    while trial.steps_taken < steps:
        trial.advance(steps - trial.steps_taken)
        if not np.isfinite(trial.memory.rows).all():
            return math.inf
    loss = _data_loss(trial.network, run)
    return loss if math.isfinite(loss) else math.inf


def _data_loss(network: Network, run: Run) -> float:
    count = run.rows.num_training
    scores = Evaluator(network).scores(run.rows.inputs[:, :count]).astype(np.float64)
    return float(network.loss.values(scores, run.rows.targets[:count]).mean())
