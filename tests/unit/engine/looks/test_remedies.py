"""What is advised when numbers explode, followed to the letter: after five times at the most training goes on."""

import dataclasses

import numpy as np
import pytest

from nnlab.engine.looks.health import findings
from nnlab.engine.menus.datasets import make_dataset
from nnlab.engine.specs import Examples, TrainingSpec
from nnlab.engine.trainer import Trainer
from tests.unit.engine.making import network_spec

MOST_ADVICE = 5
STEPS = 3000
RELU, LEAKY, LINEAR = [(20, "relu"), (20, "relu")], [(8, "leaky_relu"), (8, "leaky_relu")], [(6, "identity")]


def fitting(size=3.0, height=1.0):
    coordinates = np.random.default_rng(5).uniform(-size, size, (60, 2))
    values = height * (np.sin(coordinates[:, 0]) + coordinates[:, 1] / size)
    return Examples(coordinates, values, np.zeros(60, bool))


def classes(size=3.0, middle=0.0):
    coordinates = middle + np.random.default_rng(6).uniform(-size, size, (80, 2))
    return Examples(coordinates, (coordinates.sum(axis=1) > 2 * middle).astype(float), np.zeros(80, bool))


def squared(hidden, **more):
    return network_spec(hidden, "squared", **more)


def softmax(hidden, **more):
    return network_spec(hidden, classes=2, **more)


STARTS = {
    "a rate of 30": (squared(RELU), TrainingSpec(learning_rate=30.0), fitting()),
    "a rate of 10 with momentum": (squared(LEAKY), TrainingSpec("momentum", 10.0), fitting()),
    "a rate of 3 with Nesterov's momentum": (squared(LINEAR), TrainingSpec("nesterov", 3.0), fitting()),
    "a rate of 1": (squared(LEAKY), TrainingSpec(learning_rate=1.0), fitting()),
    "a rate just too high": (squared(LEAKY), TrainingSpec(learning_rate=0.5), fitting()),
    "hinge with decay": (network_spec(LEAKY, "svm", classes=2), TrainingSpec(learning_rate=10.0, l2=1.0), classes()),
    "softmax at 1000": (softmax(LEAKY), TrainingSpec(learning_rate=1000.0), classes()),
    "softmax at 30 with decay": (softmax(RELU), TrainingSpec(learning_rate=30.0, l2=0.5), classes()),
    "a decay that overshoots": (softmax(LEAKY), TrainingSpec(learning_rate=1.0, l2=5.0), classes()),
    "decay and a rate of 30": (squared(LEAKY), TrainingSpec(learning_rate=30.0, l2=10.0), fitting()),
    "starting weights of 1e15": (softmax([(9, "relu")] * 3, init_scale=1e15), TrainingSpec(), classes()),
    "starting weights of 100": (squared(LEAKY, init_scale=100.0), TrainingSpec(), fitting()),
    "large starting weights and rate": (squared(LEAKY, init_scale=30.0), TrainingSpec(learning_rate=3.0), fitting()),
    "inputs of 100": (squared(LEAKY), TrainingSpec(), fitting(size=100.0)),
    "inputs of 1e6": (squared(RELU), TrainingSpec(), fitting(size=1e6)),
    "years": (squared(LEAKY), TrainingSpec(), dataclasses.replace(fitting(), coordinates=fitting().coordinates + 2000)),
    "squares of inputs": (squared(LINEAR, inputs=("x", "y", "x^2", "y^2")), TrainingSpec(), fitting(size=6.0)),
    "large targets": (squared(LEAKY), TrainingSpec(), fitting(height=1000.0)),
    "a network that takes long to try": (
        squared([(100, "leaky_relu")] * 3),
        TrainingSpec(learning_rate=0.3, batch_size=60),
        fitting(),
    ),
}


def words_of(found):
    """The remedy as the message says it."""
    if not found.setting:
        return "Reset"
    value = found.value.capitalize() if isinstance(found.value, str) else f"{found.value:g}"
    return f"try {found.setting} {value}" if "A guess" in found.message else f"Set {found.setting} to {value}"


def follow(trainer):
    """Do what the message says."""
    found = trainer.diverged
    if found.setting in ("init_scale", "scaling"):
        trainer.set_network(dataclasses.replace(trainer.network.spec, **{found.setting: found.value}))
    elif found.setting:
        trainer.set_training(dataclasses.replace(trainer.training, **{found.setting: found.value}))
    trainer.reset()


def advice_until_it_goes_on(trainer):
    """The settings that were named, until so many steps pass without a divergence."""
    named = []
    while trainer.step(STEPS) < STEPS:
        assert len(named) < MOST_ADVICE, f"still diverging: {named}, {trainer.diverged.message}"
        found = trainer.diverged
        assert words_of(found) in found.message
        named.append(found.setting)
        follow(trainer)
    return named


@pytest.mark.thorough
@pytest.mark.parametrize("start", STARTS)
def test_what_is_advised_leads_to_training_that_goes_on(start):
    spec, training, data = STARTS[start]
    trainer = Trainer(spec, training, data)
    named = advice_until_it_goes_on(trainer)
    assert named, "it was to diverge at first"
    fresh = Trainer(trainer.network.spec, trainer.training, data)
    assert trainer.losses().data_loss < fresh.losses().data_loss


def diverged(start):
    trainer = Trainer(*STARTS[start])
    trainer.step(STEPS)
    assert trainer.diverged
    return trainer


@pytest.mark.parametrize("change", [{"l2": 0.01}, {"batch_size": 5}, {"learning_rate": 29.0}, {"momentum": 0.5}])
def test_a_change_that_does_not_help_leaves_the_true_cause_named(change):
    """Again it stops at the same step; the settings are still at fault, and what is said of them still helps."""
    trainer = diverged("a rate of 30")
    step = trainer.diverged.step
    trainer.set_training(dataclasses.replace(trainer.training, **change))
    trainer.step(STEPS)
    assert (trainer.diverged.step, trainer.diverged.setting) == (step, "learning_rate")
    assert advice_until_it_goes_on(trainer) == ["learning_rate"]


def test_a_change_that_helps_leaves_the_weights_to_blame():
    trainer = diverged("a rate of 30")
    trainer.set_training(dataclasses.replace(trainer.training, learning_rate=0.01))
    trainer.step(STEPS)
    assert trainer.diverged.cause == "the weights had grown too large before the last change"
    assert advice_until_it_goes_on(trainer) == [""]


@pytest.mark.parametrize("start", ["a rate of 30", "starting weights of 1e15", "inputs of 1e6"])
def test_after_going_back_to_step_0_the_settings_are_named_as_before(start):
    begin = Trainer(*STARTS[start]).state()
    trainer = diverged(start)
    first = trainer.diverged
    for _ in range(2):
        trainer.restore(begin)
        trainer.step(STEPS)
        found = trainer.diverged
        assert (found.step, found.setting, found.cause) == (first.step, first.setting, first.cause)
    trainer.restore(begin)
    trainer.set_training(dataclasses.replace(trainer.training, l2=0.002))
    trainer.step(STEPS)
    assert (trainer.diverged.step, trainer.diverged.setting) == (first.step, first.setting)
    assert len(advice_until_it_goes_on(trainer)) <= MOST_ADVICE


def test_weights_set_by_hand_at_the_start_are_named_and_a_reset_helps():
    trainer = Trainer(softmax(LEAKY), TrainingSpec(), classes())
    for row in range(2):
        for column in range(8):
            trainer.set_entry("weights", 1, (0, row, column), 1e20)
    assert trainer.step(STEPS) == 0
    assert trainer.diverged.message.endswith("because the weights were set too large. Reset.")
    assert advice_until_it_goes_on(trainer) == [""]


def test_good_weights_set_by_hand_are_not_called_grown():
    trainer = diverged("a rate of 30")
    fresh = Trainer(*STARTS["a rate of 30"])
    trainer.set_layers(fresh.layers())
    trainer.step(STEPS)
    assert trainer.diverged.setting == "learning_rate"
    assert advice_until_it_goes_on(trainer) == ["learning_rate"]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_units_that_die_of_unscaled_inputs_live_once_these_are_scaled(activation, seed):
    """Nothing diverges here: health names the inputs, and scaling them is the remedy."""
    spec = softmax([(6, activation), (6, activation)], seed=seed)
    trainer = Trainer(spec, TrainingSpec(), classes(size=35.0, middle=65.0))
    trainer.step(STEPS)
    assert trainer.losses().accuracy < 0.75
    assert codes(trainer)[0] == "large_inputs"
    trainer.set_network(dataclasses.replace(spec, scaling="standard"))
    trainer.reset()
    trainer.step(STEPS)
    assert trainer.losses().accuracy > 0.9
    assert "large_inputs" not in codes(trainer)


def codes(trainer):
    activations = [layer.activation for layer in trainer.network.spec.hidden]
    data_loss = trainer.losses().data_loss
    first, *_ = findings(trainer.diagnostics(), activations, input_size=trainer.input_size(), data_loss=data_loss)
    return [found.code for found in first]


def test_a_network_with_every_point_beyond_its_margin_is_not_told_to_begin_anew():
    clouds = make_dataset("gauss", points=40)
    trainer = Trainer(network_spec([(6, "tanh")], "svm", 2), TrainingSpec(learning_rate=0.1), clouds)
    trainer.step(STEPS)
    assert (trainer.losses().data_loss, trainer.diagnostics()[0].gradient_norm) == (0, 0)
    assert "stuck" not in codes(trainer)
