import dataclasses
import warnings

import numpy as np
import pytest

from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.datasets import make_dataset
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.menus.optimizers import OPTIMIZERS
from nnlab.engine.network.network import LayerWeights
from nnlab.engine.specs import Examples, LayerSpec, TrainingSpec
from nnlab.engine.trainer import Trainer
from nnlab.errors import InvalidInput
from tests import reference
from tests.unit.engine.making import ONE_SCORE, as_reference, make_examples, make_trainer, network_spec

NOTHING = Examples(np.empty((0, 2)), np.empty(0), np.empty(0, bool))


def test_parameter_counts_are_the_notes():
    three_four_two = Trainer(network_spec([(4, "relu")], classes=2, inputs=("x", "y", "x*y")), TrainingSpec(), NOTHING)
    assert (three_four_two.network.num_units, three_four_two.network.num_params) == (6, 26)
    deep = Trainer(
        network_spec([(4, "relu"), (4, "relu")], "binary_softmax", inputs=("x", "y", "x*y")), TrainingSpec(), NOTHING
    )
    assert (deep.network.num_layers, deep.network.num_units, deep.network.num_params) == (3, 9, 41)


@pytest.mark.parametrize("loss", list(LOSSES))
def test_losses_are_the_references_on_training_and_held_out_points(loss):
    spec, data = network_spec([(4, "tanh")], loss), make_examples(12, loss, held_out=5)
    trainer = make_trainer(spec, TrainingSpec(l2=0.1, l1=0.05), data)
    layers, found = as_reference(trainer.layers()), trainer.losses()
    x, t = data.coordinates, data.targets
    assert found.data_loss == pytest.approx(reference.total_loss(layers, x[:7], t[:7], loss), rel=1e-12)
    assert found.test_loss == pytest.approx(reference.total_loss(layers, x[7:], t[7:], loss), rel=1e-12)
    assert found.reg_loss == pytest.approx(reference.penalty(layers, 0.1, 0.05), rel=1e-12)
    assert found.loss == pytest.approx(found.data_loss + found.reg_loss, rel=1e-15)
    scores = reference.forward(layers, x)[0][-1]
    if loss == "squared":
        assert found.accuracy is None
        assert found.max_error == pytest.approx(np.abs(scores[:7, 0] - t[:7]).max(), rel=1e-12)
    else:
        labels = (scores[:, 0] > 0) if loss in ONE_SCORE else scores.argmax(axis=1)
        assert found.accuracy == np.mean(labels[:7] == t[:7])
        assert found.test_accuracy == np.mean(labels[7:] == t[7:])
        assert found.max_error is None


def test_without_points_there_is_no_step_and_no_loss():
    trainer = Trainer(network_spec(), TrainingSpec(l2=0.1), NOTHING)
    assert trainer.step(10) == 0
    losses = trainer.losses()
    assert (losses.loss, losses.data_loss, losses.accuracy, losses.test_loss) == (None, None, None, None)
    assert losses.reg_loss > 0
    assert all(each.dead_fraction is None for each in trainer.diagnostics())


def test_with_held_out_points_only_there_is_no_step_but_a_test_loss():
    trainer = Trainer(network_spec(), TrainingSpec(), make_examples(5, held_out=5))
    assert trainer.step(10) == 0
    assert trainer.losses().loss is None
    assert trainer.losses().test_loss is not None


def test_held_out_points_do_not_train():
    data = make_examples(10, held_out=4)
    only = Examples(data.coordinates[:6], data.targets[:6], data.held_out[:6])
    one, other = (Trainer(network_spec(), TrainingSpec(batch_size=3), each) for each in (data, only))
    one.step(50)
    other.step(50)
    np.testing.assert_array_equal(one.network.params, other.network.params)


def test_the_same_seed_gives_the_same_bits_and_reset_returns_to_the_start():
    spec, data = network_spec([(5, "relu")], seed=3), make_examples(20)
    one, other = Trainer(spec, TrainingSpec(batch_size=6), data), Trainer(spec, TrainingSpec(batch_size=6), data)
    start = one.state()
    one.step(100)
    other.step(100)
    assert one.state() == other.state()
    one.reset()
    assert one.state() == start
    one.reset(seed=4)
    assert one.network.spec.seed == 4
    assert one.state() != start


def test_training_lowers_the_loss_of_every_activation_optimizer_and_loss():
    for activation in set(ACTIVATIONS) - {"identity"}:
        spec = network_spec([(8, activation)], classes=2, seed=1)
        trainer = Trainer(
            spec, TrainingSpec(optimizer="momentum", learning_rate=0.1), make_dataset("circle", points=80)
        )
        before = trainer.losses().loss
        trainer.step(400)
        assert trainer.losses().loss < 0.8 * before, activation
    for optimizer in OPTIMIZERS:
        rate = 1.0 if optimizer == "adadelta" else 0.02
        trainer = Trainer(
            network_spec([(8, "tanh")], classes=2, seed=1),
            TrainingSpec(optimizer=optimizer, learning_rate=rate), make_dataset("circle", points=80),
        )  # fmt: skip
        before = trainer.losses().loss
        trainer.step(400)
        assert trainer.losses().loss < 0.9 * before, optimizer


def test_live_changes_of_training_keep_the_weights_and_optimizer_state():
    trainer = make_trainer(network_spec(), TrainingSpec(optimizer="momentum", batch_size=4), make_examples(10))
    trainer.step(20)
    weights = trainer.network.params.copy()
    changed = dataclasses.replace(trainer.training, learning_rate=0.5, l2=0.1, momentum=0.5)
    trainer.set_training(changed)
    np.testing.assert_array_equal(trainer.network.params, weights)
    assert trainer.steps_taken == 20
    assert trainer.training == changed


def test_changing_l2_and_back_changes_nothing():
    spec, data = network_spec(), make_examples(10)
    one, other = (make_trainer(spec, TrainingSpec(optimizer="adam", batch_size=4), data) for _ in range(2))
    for trainer in (one, other):
        trainer.step(7)
    one.set_training(dataclasses.replace(one.training, l2=3.0))
    one.set_training(other.training)
    for trainer in (one, other):
        trainer.step(40)
    assert one.state() == other.state()


def test_another_optimizer_keeps_the_weights_and_adam_starts_at_its_own_first_step():
    trainer = make_trainer(network_spec(), TrainingSpec(optimizer="sgd", batch_size=99), make_examples(10))
    trainer.step(30)
    before = trainer.network.params.copy()
    trainer.set_training(TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=99))
    np.testing.assert_array_equal(trainer.network.params, before)
    trainer.step()
    moved = np.abs(trainer.network.params - before)
    assert moved.max() == pytest.approx(0.01, rel=1e-3)  # one learning rate, not ten, and not a stale correction


@pytest.mark.parametrize("change", [{"loss": "hinge"}, {"inputs": ("z",)}, {"hidden": (LayerSpec(3, "swish"),)}])
def test_an_unknown_name_is_refused_and_all_stays_as_it_was(change):
    trainer = make_trainer(network_spec(), TrainingSpec(batch_size=4), make_examples(10))
    before = trainer.state()
    with pytest.raises(InvalidInput, match="unknown"):
        trainer.set_network(dataclasses.replace(trainer.network.spec, **change))
    with pytest.raises(InvalidInput, match="unknown optimizer"):
        trainer.set_training(TrainingSpec(optimizer="lion"))
    assert trainer.state() == before
    assert trainer.step(3) == 3


def test_live_points_keep_the_weights():
    trainer = make_trainer(network_spec(), TrainingSpec(batch_size=4), make_examples(10))
    trainer.step(10)
    before = trainer.network.params.copy()
    trainer.set_examples(make_examples(30, seed=4))
    np.testing.assert_array_equal(trainer.network.params, before)
    assert trainer.step(100) == 100
    trainer.set_examples(NOTHING)
    assert trainer.step(5) == 0


def test_learning_rate_decays_with_the_step():
    data = make_examples(6)
    decayed = make_trainer(
        network_spec(), TrainingSpec(optimizer="sgd", learning_rate=0.1, learning_rate_decay=0.5, batch_size=9), data
    )
    stepwise = make_trainer(network_spec(), TrainingSpec(optimizer="sgd", learning_rate=0.1, batch_size=9), data)
    for step in range(5):
        decayed.step()
        stepwise.set_training(dataclasses.replace(stepwise.training, learning_rate=0.1 / (1 + 0.5 * step)))
        stepwise.step()
    np.testing.assert_allclose(decayed.network.params, stepwise.network.params, rtol=1e-12)


def test_predictions_are_the_references():
    trainer = make_trainer(network_spec([(4, "maxout", 3), (3, "tanh")]), TrainingSpec(), make_examples(5))
    points = np.random.default_rng(1).uniform(-3, 3, (7, 2))
    h = reference.forward(as_reference(trainer.layers()), points)[0]
    found = trainer.predict(points, activations=True)
    np.testing.assert_allclose(found.scores, h[-1], rtol=1e-12)
    np.testing.assert_allclose(found.probabilities, [reference.softmax(s) for s in h[-1]], rtol=1e-12)
    np.testing.assert_array_equal(found.labels, h[-1].argmax(axis=1))
    for ours, theirs in zip(found.activations, h[1:-1], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12)


@pytest.mark.parametrize("loss", ONE_SCORE)
def test_one_score_predictions(loss):
    trainer = make_trainer(network_spec([(4, "tanh")], loss), TrainingSpec(), make_examples(5, loss))
    found = trainer.predict(np.random.default_rng(1).uniform(-3, 3, (50, 2)))
    if loss == "squared":
        np.testing.assert_array_equal(found.values, found.scores[:, 0])
        assert found.labels is None
    else:
        np.testing.assert_array_equal(found.labels, (found.scores[:, 0] > 0).astype(int))
    if loss == "binary_softmax":
        np.testing.assert_allclose(found.probabilities[:, 1], 1 / (1 + np.exp(-found.scores[:, 0])), rtol=1e-12)
        np.testing.assert_array_equal(found.probabilities[:, 1] > 0.5, found.labels == 1)


@pytest.mark.parametrize("loss", ["binary_softmax", "binary_svm"])
def test_a_score_of_exactly_zero_is_class_0(loss):
    trainer = Trainer(network_spec([], loss, init="zero"), TrainingSpec(), make_examples(5, loss))
    assert trainer.predict(np.ones((3, 2))).labels.tolist() == [0, 0, 0]


def test_no_points_can_be_predicted():
    found = Trainer(network_spec(), TrainingSpec(), NOTHING).predict(np.empty((0, 2)))
    assert found.scores.shape == (0, 3)


def test_set_layers_restarts_the_optimizer():
    trainer = make_trainer(network_spec(), TrainingSpec(optimizer="momentum", batch_size=9), make_examples(6))
    start = trainer.layers()
    trainer.step()
    first = trainer.network.params.copy()
    trainer.step(5)
    trainer.set_layers(start)
    trainer.step()
    np.testing.assert_array_equal(trainer.network.params, first)


def wrong_layers(layers):
    ok = layers[0]
    yield "layers must be 2 layers", layers[:1]
    yield (
        r"weights of layer 1 must have the shape \(2, 5\)",
        [LayerWeights("tanh", ok.weights[:, :4], ok.biases), layers[1]],
    )
    yield r"biases of layer 1 must have the shape \(5,\)", [LayerWeights("tanh", ok.weights, ok.biases[:4]), layers[1]]
    yield "activation of layer 1 must be tanh; got relu", [LayerWeights("relu", ok.weights, ok.biases), layers[1]]
    yield "biases of layer 1 must be finite", [LayerWeights("tanh", ok.weights, ok.biases * np.nan), layers[1]]
    yield "weights of layer 1 must be finite", [LayerWeights("tanh", ok.weights + 1e39, ok.biases), layers[1]]
    yield "weights of layer 1 must be numbers", [LayerWeights("tanh", [["a"]], ok.biases), layers[1]]


def test_layers_that_do_not_fit_are_refused_by_field_and_nothing_changes():
    trainer = make_trainer(network_spec(), TrainingSpec(), make_examples(6))
    before = trainer.state()
    for words, layers in wrong_layers(trainer.layers()):
        with pytest.raises(InvalidInput, match=words) as caught:
            trainer.set_layers(layers)
        part = words.split()[0]
        assert caught.value.errors[0].field == ("layers" if part == "layers" else f"layers.0.{part}")
        assert trainer.state() == before


def test_one_weight_and_one_bias_can_be_set():
    trainer = make_trainer(network_spec([(4, "maxout", 2)]), TrainingSpec(), make_examples(6))
    before = trainer.layers()
    trainer.set_entry("weights", 1, (1, 1, 3), 7.5)
    trainer.set_entry("biases", 2, (0, 2), -3.0)
    after = trainer.layers()
    assert after[0].weights[1, 1, 3] == 7.5
    assert after[1].biases[2] == -3.0
    assert sum((old.weights != new.weights).sum() for old, new in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize(
    ("layer", "row", "column", "value", "words"),
    [
        (3, 0, 0, 1.0, "layer must be from 1 to 2, the output layer; got 3"),
        (0, 0, 0, 1.0, "layer must be from 1 to 2, the output layer; got 0"),
        (1, 2, 0, 1.0, "row must be from 0 to 1; got 2"),
        (1, 0, -1, 1.0, "column must be from 0 to 4; got -1"),
        (1, 0, 0, float("nan"), "value must be a finite number; got nan"),
        (1, 0, 0, 1e39, "value must be a finite number"),
    ],
)
def test_a_weight_that_is_not_there_is_refused(layer, row, column, value, words):
    trainer = make_trainer(network_spec(), TrainingSpec(), make_examples(6))
    with pytest.raises(InvalidInput, match=words):
        trainer.set_entry("weights", layer, (0, row, column), value)


NONE = np.zeros(9, bool)  # none held out
EXTREMES = {
    "one point": (network_spec([(20, "relu")]), TrainingSpec(), make_examples(1)),
    "one class": (network_spec(), TrainingSpec(), Examples(np.eye(2), np.zeros(2), NONE[:2])),
    "identical points": (network_spec(), TrainingSpec(), Examples(np.ones((9, 2)), np.arange(9) % 3.0, NONE[:9])),
    "2,000 points": (network_spec([(128, "tanh")] * 2), TrainingSpec(batch_size=2000), make_examples(2000)),
    "8 layers of 128": (network_spec([(128, "relu")] * 8), TrainingSpec(learning_rate=0.001), make_examples(60)),
    "far points": (network_spec([(9, "sigmoid")]), TrainingSpec(), Examples(np.eye(2) * 1e6, np.arange(2.0), NONE[:2])),
    "learning rate 30": (network_spec([(20, "sigmoid")] * 2), TrainingSpec(learning_rate=30.0), make_examples(50)),
}  # fmt: skip


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.thorough if name == "2,000 points" else ()) for name in EXTREMES]
)
def test_extremes_raise_no_warning_and_show_no_nan(name):
    spec, training, data = EXTREMES[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        trainer = Trainer(spec, training, data)
        for _ in range(4):
            trainer.step(10)
            losses = trainer.losses()
            assert np.isfinite(losses.loss)
            assert np.isfinite(trainer.network.params).all()
            trainer.diagnostics()
            trainer.predict(np.array([[0.0, 1.0], [1e6, -1e6]]))
    assert trainer.steps_taken == 40 or trainer.diverged


@pytest.mark.parametrize("optimizer", ["momentum", "nesterov", "adam", "adadelta"])
def test_the_state_of_dead_units_comes_to_rest_at_zero(optimizer):
    """Numbers too small to be normal ones, where it would stay, make a step several times as long."""
    trainer = Trainer(network_spec([(8, "relu")]), TrainingSpec(optimizer=optimizer), make_examples(30))
    trainer.step(50)
    for unit in range(8):
        trainer.set_entry("biases", 1, (0, unit), -1e4)
    trainer.step(3000)
    sizes = np.abs(trainer._run.memory.kept)
    assert not ((sizes > 0) & (sizes < np.finfo(np.float32).tiny)).any()
