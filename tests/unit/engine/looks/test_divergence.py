import dataclasses

import numpy as np
import pytest

from nnlab.engine.looks.divergence import broken_layer
from nnlab.engine.specs import Examples, TrainingSpec
from nnlab.engine.trainer import Trainer
from tests.unit.engine.making import make_examples, network_spec

HOT = TrainingSpec(optimizer="sgd", learning_rate=30.0, batch_size=5, l2=0.5)


def diverging(training=HOT, spec=None, data=None, dtype=np.float32):
    return Trainer(spec or network_spec([(20, "relu"), (20, "relu")]), training, data or make_examples(30), dtype=dtype)


def test_training_stops_at_the_last_finite_step():
    trainer = diverging()
    taken = trainer.step(5000)
    assert trainer.diverged
    assert taken == trainer.steps_taken == trainer.diverged.step < 5000
    assert np.isfinite(trainer.network.params).all()
    assert np.isfinite(trainer.losses().loss)
    assert trainer.step(10) == 0


def test_the_step_after_it_would_not_have_been_finite():
    stopped = diverging()
    stopped.step(5000)
    free = diverging()
    run = free._run  # a run checks nothing
    with np.errstate(all="ignore"):
        while free.steps_taken < stopped.steps_taken:
            run.advance(1)
        np.testing.assert_array_equal(free.network.params, stopped.network.params)
        run.advance(1)
        finite = np.isfinite(run.memory.rows).all() and np.isfinite(free._measure().loss)
    assert not finite


@pytest.mark.parametrize("group", [1, 7, 5000])
def test_it_stops_at_the_same_step_however_steps_are_grouped(group):
    trainer, whole = diverging(), diverging()
    whole.step(5000)
    while not trainer.diverged:
        trainer.step(group)
    assert trainer.state() == whole.state()
    assert trainer.diverged == whole.diverged


def test_looking_at_the_losses_in_between_changes_nothing():
    trainer, whole = diverging(), diverging()
    whole.step(5000)
    while not trainer.diverged:
        trainer.step(1)
        assert np.isfinite(trainer.losses().loss)
    assert trainer.state() == whole.state()


def test_a_lower_learning_rate_or_a_reset_goes_on():
    trainer = diverging()
    trainer.step(5000)
    trainer.reset()
    assert trainer.diverged is None
    assert trainer.step(3) == 3
    trainer = diverging()
    trainer.step(5000)
    trainer.set_training(dataclasses.replace(HOT, learning_rate=1e-12, l2=0.0))
    assert trainer.diverged is None


def test_weights_that_had_grown_too_large_are_named_after_a_change():
    hot = TrainingSpec(optimizer="momentum", learning_rate=30.0)
    trainer = diverging(hot, spec=network_spec([(20, "leaky_relu"), (20, "leaky_relu")]))
    trainer.step(5000)
    first = trainer.diverged
    assert first.setting == "learning_rate"
    trainer.set_training(dataclasses.replace(hot, learning_rate=1.0))
    assert trainer.step(5000) == 0
    assert (trainer.diverged.step, trainer.diverged.setting) == (first.step, "")
    assert "the weights had grown too large before the last change" in trainer.diverged.message
    trainer.reset()
    trainer.set_training(hot)
    trainer.step(5000)
    assert trainer.diverged == first


def message_of(training=HOT, **more):
    trainer = diverging(training, **more)
    trainer.step(20_000)
    assert trainer.diverged
    return trainer.diverged


def test_the_message_names_step_layer_cause_and_remedy():
    found = message_of(dataclasses.replace(HOT, l2=0.0, learning_rate=1e6))
    assert found.layer_name in ("hidden layer 1", "hidden layer 2", "output layer")
    assert found.message.startswith(f"Training diverged at step {found.step}: the {found.layer_name} left the range")
    assert found.setting == "learning_rate"
    assert "learning_rate 1e+06 is too high. Set learning_rate below 3.3e+05 and reset." in found.message


def test_a_decay_that_overshoots_is_called_l2():
    found = message_of(TrainingSpec(optimizer="sgd", learning_rate=1.0, l2=5.0))
    assert found.setting == "l2"
    assert "learning_rate 1 times l2 5 is 2 or more" in found.message
    assert "Set l2 below 1, or lower learning_rate." in found.message
    found = message_of(TrainingSpec(optimizer="sgd", learning_rate=4.0, l2=5.0))
    assert "Set l2 below 0.25" in found.message


def test_huge_inputs_are_named():
    data = Examples(np.eye(3)[:, :2] * 1e6, np.arange(3.0), np.zeros(3, bool))
    found = message_of(TrainingSpec(learning_rate=1e10), data=data, spec=network_spec([(9, "relu")] * 3))
    assert "inputs as large as 1e+06" in found.message
    assert "or set learning_rate below 1e+09" in found.message


def test_starting_weights_that_overflow_are_named_at_step_0():
    spec = network_spec([(9, "relu")] * 3, init_scale=1e15)
    found = message_of(TrainingSpec(), spec=spec)
    assert (found.step, found.setting) == (0, "init_scale")


def test_momentum_that_never_slows_down_is_named():
    found = message_of(TrainingSpec(optimizer="momentum", momentum=1.5, learning_rate=0.1))
    assert found.setting == "momentum"


@pytest.mark.parametrize("optimizer", ["adagrad", "rmsprop", "adadelta", "adam", "nesterov"])
def test_every_optimizer_stops_finite(optimizer):
    trainer = diverging(TrainingSpec(optimizer=optimizer, learning_rate=1e20, batch_size=4))
    trainer.step(500)
    assert np.isfinite(trainer.network.params).all()
    assert np.isfinite(trainer.losses().loss)


def test_the_first_layer_with_a_number_that_is_not_finite_is_the_broken_one():
    trainer = diverging()
    network, memory = trainer.network, trainer._run.memory
    assert broken_layer(network, memory) is None
    for index in (3, 2, 1):
        start = network.shapes[index - 1].links[0].offset
        for place in (start, start + network.shapes[index - 1].size - 1):
            kept, memory.gradient[place] = memory.gradient[place], np.nan
            assert broken_layer(network, memory) == index
            memory.gradient[place] = kept
        memory.gradient[start] = np.nan  # a later layer's does not count any more
