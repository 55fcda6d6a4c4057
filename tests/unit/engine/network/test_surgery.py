import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.engine.specs import LayerSpec, TrainingSpec
from nnlab.errors import InvalidInput
from tests.searching import examples
from tests.unit.engine.making import make_examples, make_trainer, network_spec, specs

GRID = np.random.default_rng(9).uniform(-3, 3, (40, 2))


def operated(spec, **changes):
    """A trainer before and after set_network, as (old layers, old scores, trainer)."""
    trainer = make_trainer(spec, TrainingSpec(batch_size=4), make_examples(9, spec.loss))
    trainer.step(3)
    layers, scores = trainer.layers(), trainer.predict(GRID).scores
    trainer.set_network(dataclasses.replace(spec, **changes))
    return layers, scores, trainer


def hidden(*layers):
    return tuple(LayerSpec(*layer) for layer in layers)


@pytest.mark.parametrize("activation", ["tanh", "relu", "maxout"])
def test_added_units_change_nothing_of_what_the_network_computes(activation):
    spec = network_spec([(4, activation), (3, activation)])
    _, scores, trainer = operated(spec, hidden=hidden((6, activation), (5, activation)))
    np.testing.assert_allclose(trainer.predict(GRID).scores, scores, atol=1e-12)
    trainer.step(5)
    assert np.abs(trainer.layers()[2].weights[3:]).max() > 0  # but the new units learn (unless dead from the start)


def test_added_inputs_change_nothing_and_keep_their_names_weights():
    spec = network_spec([(4, "tanh")], inputs=("x", "y"))
    layers, scores, trainer = operated(spec, inputs=("y", "x^2", "x"))
    np.testing.assert_allclose(trainer.predict(GRID).scores, scores, atol=1e-12)
    np.testing.assert_array_equal(trainer.layers()[0].weights[[2, 0]], layers[0].weights)


def test_an_added_skip_link_changes_nothing():
    spec = network_spec([(4, "tanh"), (3, "relu")])
    _, scores, trainer = operated(spec, skips=((0, 3),))
    np.testing.assert_allclose(trainer.predict(GRID).scores, scores, atol=1e-12)


def test_removed_units_go_from_the_end_and_the_others_stay():
    layers, _, trainer = operated(network_spec([(5, "tanh"), (4, "relu")]), hidden=hidden((3, "tanh"), (4, "relu")))
    first, second, output = trainer.layers()
    np.testing.assert_array_equal(first.weights, layers[0].weights[:, :3])
    np.testing.assert_array_equal(first.biases, layers[0].biases[:3])
    np.testing.assert_array_equal(second.weights, layers[1].weights[:3])
    np.testing.assert_array_equal(output.weights, layers[2].weights)


def test_a_removed_class_leaves_the_others_scores_and_an_added_one_too():
    layers, scores, trainer = operated(network_spec([(4, "tanh")]), outputs=2)
    np.testing.assert_allclose(trainer.predict(GRID).scores, scores[:, :2], atol=1e-12)
    _, scores, trainer = operated(network_spec([(4, "tanh")]), outputs=5)
    np.testing.assert_allclose(trainer.predict(GRID).scores[:, :3], scores, atol=1e-12)


def test_an_added_layer_keeps_the_layers_before_it():
    layers, _, trainer = operated(network_spec([(4, "tanh")]), hidden=hidden((4, "tanh"), (3, "relu")))
    np.testing.assert_array_equal(trainer.layers()[0].weights, layers[0].weights)
    np.testing.assert_array_equal(trainer.layers()[0].biases, layers[0].biases)
    assert trainer.layers()[2].weights.shape == (3, 3)


def test_a_removed_layer_keeps_the_layers_before_it():
    layers, _, trainer = operated(network_spec([(4, "tanh"), (3, "relu")]), hidden=hidden((4, "tanh")))
    np.testing.assert_array_equal(trainer.layers()[0].weights, layers[0].weights)
    assert trainer.layers()[1].weights.shape == (4, 3)


def test_another_activation_or_loss_keeps_all_weights():
    layers, _, trainer = operated(network_spec([(4, "tanh")]), hidden=hidden((4, "relu")), loss="svm")
    for old, new in zip(layers, trainer.layers(), strict=True):
        np.testing.assert_array_equal(new.weights, old.weights)


def test_maxout_pieces_are_kept_and_added():
    layers, _, trainer = operated(network_spec([(4, "maxout", 2)]), hidden=hidden((4, "maxout", 3)))
    np.testing.assert_array_equal(trainer.layers()[0].weights[:2], layers[0].weights)


@pytest.mark.parametrize("change", [{"seed": 5}, {"init": "xavier"}, {"init_scale": 2.0}])
def test_another_start_begins_anew(change):
    spec = network_spec([(4, "tanh")])
    _, _, trainer = operated(spec, **change)
    fresh = type(trainer)(dataclasses.replace(spec, **change), trainer.training, trainer.examples, dtype=np.float64)
    assert trainer.steps_taken == trainer.epoch == 0
    np.testing.assert_array_equal(trainer.network.params, fresh.network.params)


def test_a_cycle_is_refused_and_the_network_stays_as_it_was():
    trainer = make_trainer(network_spec([(4, "tanh")]), TrainingSpec(), make_examples(5))
    before = trainer.network.params.copy()
    with pytest.raises(InvalidInput, match="cycle"):
        trainer.set_network(dataclasses.replace(trainer.network.spec, skips=((2, 1),)))
    np.testing.assert_array_equal(trainer.network.params, before)
    assert trainer.step(2) == 2


@given(specs(losses=("softmax",)), specs(losses=("softmax",)))
@examples(40)
def test_any_network_can_become_any_other_and_train_on(spec, other):
    other = dataclasses.replace(other, seed=spec.seed)
    data = make_examples(8, classes=min(spec.outputs, other.outputs))
    trainer = make_trainer(spec, TrainingSpec(batch_size=3, learning_rate=0.01), data)
    trainer.step(2)
    trainer.set_network(other)
    assert trainer.step(2) == 2
    trainer.set_network(other)
    assert trainer.network.spec == other


@given(st.data())
@examples(20)
def test_setting_the_same_network_keeps_every_bit(data):
    spec = data.draw(specs(losses=("softmax",)))
    trainer = make_trainer(spec, TrainingSpec(), make_examples(6, classes=spec.outputs))
    before = trainer.network.params.copy()
    trainer.set_network(spec)
    np.testing.assert_array_equal(trainer.network.params, before)


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_a_keep_prob_of_a_layers_own_leaves_optimizer_and_minibatches_as_they_are(optimizer):
    spec = network_spec([(4, "tanh"), (3, "relu")])
    same = dataclasses.replace(spec, hidden=tuple(dataclasses.replace(layer, keep_prob=1.0) for layer in spec.hidden))
    changed, untouched = (
        make_trainer(spec, TrainingSpec(optimizer=optimizer, batch_size=4), make_examples(9)) for _ in range(2)
    )
    for trainer in (changed, untouched):
        trainer.step(20)
    changed.set_network(same)
    for trainer in (changed, untouched):
        trainer.step(20)
    assert changed.state() == untouched.state()


def test_another_loss_keeps_weights_and_optimizer():
    spec = network_spec([(4, "tanh")], loss="softmax")
    trainer = make_trainer(spec, TrainingSpec(optimizer="adam", batch_size=4), make_examples(9))
    trainer.step(20)
    kept = trainer._run.memory.kept.copy()
    trainer.set_network(dataclasses.replace(spec, loss="svm"))
    np.testing.assert_array_equal(trainer._run.memory.kept, kept)
    assert trainer.step(5) == 5
    assert trainer.network.loss.label == "SVM"


def test_an_added_layer_does_not_take_the_output_layers_weights():
    layers, _, trainer = operated(network_spec([(4, "tanh")]), hidden=hidden((4, "tanh"), (5, "tanh")))
    added = trainer.layers()[1]
    outputs = layers[1].weights.shape[1]
    assert not np.isclose(added.weights[:, :outputs], layers[1].weights).any()
    np.testing.assert_array_equal(added.biases, 0.0)
