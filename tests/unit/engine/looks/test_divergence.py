import dataclasses
import re

import numpy as np
import pytest

from nnlab.engine.looks import trial
from nnlab.engine.looks.divergence import BEYOND_USE, LARGEST_DECAY, broken_layer
from nnlab.engine.specs import Examples, TrainingSpec
from nnlab.engine.trainer import Trainer
from tests import reference
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
        usable = np.isfinite(run.memory.rows).all() and free._is_usable(free._measure())
    assert not usable


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
        trainer.look()
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
    trainer.set_training(dataclasses.replace(hot, learning_rate=0.03))
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
    assert (found.layer, found.layer_name) == (None, "loss")
    assert found.message.startswith(f"Training diverged at step {found.step}: the loss grew beyond use, because ")
    assert found.setting == "learning_rate"
    assert "learning_rate 1e+06 is too high. A guess: try learning_rate 100, and reset." in found.message

    trainer = diverging(TrainingSpec(), spec=network_spec([(9, "relu")] * 3, init_scale=1e15))
    trainer.restore(trainer.state())  # judged before, so that a step is taken
    trainer.step(5)
    found = trainer.diverged
    assert found.layer_name in ("hidden layer 1", "hidden layer 2", "output layer")
    assert found.message.startswith(f"Training diverged at step {found.step}: the {found.layer_name} left the range")


def advised_rate(found):
    return float(re.search(r"Set learning_rate to (\S+), which trains", found.message).group(1))


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "identity"])
@pytest.mark.parametrize("optimizer", ["sgd", "momentum"])
@pytest.mark.parametrize("rate", [30.0, 10.0])
def test_the_rate_that_is_advised_trains(rate, optimizer, activation):
    """Squared loss diverges readily; the remedy is followed to the letter, and then training goes well."""
    data = fitting_data()
    spec = network_spec([(20, activation), (20, activation)], loss="squared")
    hot = TrainingSpec(optimizer=optimizer, learning_rate=rate)
    trainer = diverging(hot, spec=spec, data=data)
    start = trainer.losses().loss
    trainer.step(2000)
    advised = advised_rate(trainer.diverged)
    assert advised < rate
    fresh = Trainer(spec, dataclasses.replace(hot, learning_rate=advised), data)
    fresh.step(100)
    assert fresh.diverged is None
    assert fresh.losses().loss < start


def fitting_data():
    coordinates = np.random.default_rng(5).uniform(-3, 3, (60, 2))
    return Examples(coordinates, np.sin(coordinates[:, 0]) + coordinates[:, 1], np.zeros(60, bool))


def test_a_rate_that_would_take_long_to_try_is_called_a_guess(monkeypatch):
    monkeypatch.setattr(trial, "MOST_WORK", 10)
    found = message_of(TrainingSpec(learning_rate=30.0), spec=FITTING, data=fitting_data())
    assert "A guess: try learning_rate 3, and reset." in found.message


FITTING = network_spec([(20, "leaky_relu"), (20, "leaky_relu")], loss="squared")


def test_a_second_divergence_at_the_same_step_after_a_reset_is_the_settings_fault():
    hot = TrainingSpec(learning_rate=30.0)
    trainer = diverging(hot, spec=FITTING, data=fitting_data())
    trainer.step(2000)
    first = trainer.diverged
    trainer.reset()
    trainer.step(2000)
    assert trainer.diverged == first


def test_a_second_divergence_after_going_back_is_the_settings_fault():
    trainer = diverging(TrainingSpec(learning_rate=1.0), spec=FITTING, data=fitting_data())
    start = trainer.state()
    trainer.step(2000)
    first = trainer.diverged
    assert first.step > 0
    state = trainer.state()
    for back in (start, state):
        trainer.restore(back)
        trainer.step(2000)
        assert trainer.diverged == first


def test_a_loss_beyond_use_counts_as_diverged():
    """The last state that stands is one whose loss still says something."""
    trainer = diverging(TrainingSpec(learning_rate=0.5), spec=FITTING, data=fitting_data())
    start = trainer.losses().loss
    trainer.step(5000)
    assert trainer.diverged
    assert trainer.losses().loss <= BEYOND_USE * max(start, 10.0)
    spec = network_spec([(20, "leaky_relu")] * 3, classes=2, init_scale=1e5)
    trainer = diverging(TrainingSpec(), spec=spec, data=make_examples(30, classes=2))
    assert trainer.losses().loss > 1e12  # asked for: the document's own start is the measure
    assert trainer.step(1) == 1


def test_weights_set_by_hand_beyond_use_are_named_at_the_next_step():
    trainer = Trainer(network_spec([(4, "identity")], classes=2), TrainingSpec(), make_examples(30, classes=2))
    for row in range(2):
        for column in range(4):
            trainer.set_entry("weights", 1, (0, row, column), 1e20)
    assert trainer.diverged is None
    assert trainer.step(5) == 0
    assert trainer.diverged.step == 0


def test_a_penalty_beyond_use_counts_as_diverged_though_dead_units_hide_it_from_the_scores():
    trainer = Trainer(network_spec([(4, "relu")], classes=2), TrainingSpec(l2=0.001), make_examples(30, classes=2))
    for unit in range(4):
        trainer.set_entry("biases", 1, (0, unit), -1e9)
    trainer.set_entry("weights", 2, (0, 0, 0), 1e18)
    assert trainer.losses().data_loss < 1
    assert trainer.step(5) == 0
    assert trainer.diverged.message.startswith("Training diverged at step 0: the loss grew beyond use, because ")


def test_a_decay_that_overshoots_is_called_l2():
    found = message_of(TrainingSpec(optimizer="sgd", learning_rate=1.0, l2=5.0))
    assert found.setting == "l2"
    assert "learning_rate 1 times l2 5 is 2 or more" in found.message
    assert "Set l2 to 0.1 and reset." in found.message
    found = message_of(TrainingSpec(optimizer="sgd", learning_rate=4.0, l2=5.0))
    assert "Set l2 to 0.03 and reset." in found.message


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("optimizer", LARGEST_DECAY)
def test_weights_grow_by_decay_alone_beyond_the_largest_decay_and_not_below(optimizer, momentum):
    most = LARGEST_DECAY[optimizer](momentum)
    for product, grows in ((0.99 * most, False), (1.01 * most, True)):
        w, state = 1.0, {}
        for step in range(1, 2001):
            w = reference.update(optimizer, w, product * w, state, lr=1.0, mu=momentum, t=step)
        assert (abs(w) > 1) is grows


def test_a_decay_that_only_momentum_makes_overshoot_is_called_l2():
    found = message_of(TrainingSpec(optimizer="nesterov", learning_rate=0.5, l2=3.0))
    assert found.setting == "l2"
    assert "learning_rate 0.5 times l2 3 is 1.36 or more" in found.message


def test_huge_inputs_are_named():
    data = Examples(np.eye(3)[:, :2] * 1e6, np.arange(3.0), np.zeros(3, bool))
    found = message_of(TrainingSpec(), data=data, spec=network_spec([(9, "leaky_relu")] * 3))
    assert "inputs as large as 1e+06 make huge gradients" in found.message
    assert "Set scaling to Standard and reset." in found.message


def test_starting_weights_that_overflow_are_named_at_step_0():
    spec = network_spec([(9, "relu")] * 3, init_scale=1e15)
    found = message_of(TrainingSpec(), spec=spec)
    assert (found.step, found.setting) == (0, "init_scale")


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
