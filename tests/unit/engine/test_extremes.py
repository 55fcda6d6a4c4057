"""Whatever is asked of it: no warning, no NaN without `diverged`, and the numbers that are kept are finite."""

import itertools
import warnings

import numpy as np
import pytest

from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.optimizers import OPTIMIZERS
from nnlab.engine.specs import Examples, LayerSpec, NetworkSpec, TrainingSpec
from nnlab.engine.trainer import Trainer

pytestmark = pytest.mark.thorough

STEPS = 200  # several chunks of minibatches
HELD_OUT = np.zeros(20, bool)
PLANE = np.random.default_rng(5).standard_normal((20, 2))
DATA = {
    "one point": Examples(PLANE[:1], np.zeros(1), HELD_OUT[:1]),
    "one class": Examples(PLANE, np.zeros(20), HELD_OUT),
    "identical points": Examples(np.full((20, 2), 1.5), np.arange(20.0) % 2, HELD_OUT),
    "far points": Examples(PLANE * 1e6, np.arange(20.0) % 2, HELD_OUT),
}
LOSSES = {"softmax": 3, "svm": 3, "binary_softmax": 1, "binary_svm": 1, "squared": 1}


def trainer_of(activation, loss, optimizer, rate, data):
    hidden = (LayerSpec(6, activation), LayerSpec(5, activation))
    spec = NetworkSpec(("x", "y"), hidden, LOSSES[loss], loss, seed=3)
    return Trainer(spec, TrainingSpec(optimizer=optimizer, learning_rate=rate, batch_size=5), DATA[data])


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("loss", LOSSES)
def test_all_numbers_that_are_shown_are_finite(loss, optimizer, data):
    for activation, rate in itertools.product(ACTIVATIONS, (0.03, 30.0)):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            trainer = trainer_of(activation, loss, optimizer, rate, data)
            trainer.step(STEPS)
            trainer.look()
            losses = trainer.losses()
            trainer.diagnostics()
            scores = trainer.predict(DATA[data].coordinates).scores
        assert np.isfinite(losses.loss)
        assert np.isfinite(trainer.network.params).all()
        assert np.isfinite(scores).all()
        if trainer.diverged:
            assert trainer.diverged.step == trainer.steps_taken < STEPS + 1
            assert trainer.diverged.layer_name in trainer.diverged.message
        else:
            assert trainer.steps_taken == STEPS


@pytest.mark.parametrize("optimizer", ["sgd", "nesterov"])
@pytest.mark.parametrize("loss", LOSSES)
def test_training_stops_at_the_same_step_however_steps_are_grouped_and_looked_at(loss, optimizer):
    for activation in ACTIVATIONS:
        whole = trainer_of(activation, loss, optimizer, 30.0, "identical points")
        whole.step(STEPS)
        whole.look()
        grouped = trainer_of(activation, loss, optimizer, 30.0, "identical points")
        while grouped.diverged is None and grouped.steps_taken < STEPS:
            grouped.step(1)
            grouped.look()
        assert grouped.diverged == whole.diverged
        assert grouped.state() == whole.state()


def test_the_walk_back_finds_a_loss_that_left_its_range_long_ago():
    trainer = trainer_of("identity", "svm", "sgd", 30.0, "identical points")
    trainer.step(5000)
    assert np.isfinite(trainer.losses().loss)
    assert trainer.diverged
    stopped = trainer.diverged.step
    again = trainer_of("identity", "svm", "sgd", 30.0, "identical points")
    again.step(stopped)
    assert np.isfinite(again.losses().loss)
    assert again.diverged is None
    again.step(1)
    again.look()
    assert again.diverged == trainer.diverged
