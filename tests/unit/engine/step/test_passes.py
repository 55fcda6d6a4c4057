"""Whole networks against the reference: scores, gradients and training, over random networks."""

import dataclasses
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.engine.looks.gradient_check import full_gradient
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.menus.optimizers import OPTIMIZERS
from nnlab.engine.specs import Examples, TrainingSpec
from nnlab.engine.step import workspace
from nnlab.engine.step.evaluator import Evaluator, network_inputs
from tests import reference
from tests.searching import examples
from tests.unit.engine.making import (
    as_reference,
    from_reference,
    gradient_layers,
    make_examples,
    make_trainer,
    network_spec,
    random_network,
    sources_of,
    specs,
)

QUICK = examples(50)
PENALTIES = st.sampled_from([(0.0, 0.0), (0.1, 0.0), (0.0, 0.05), (0.1, 0.05)])


def examples_for(spec, count=7, seed=0):
    classes = max(2, spec.outputs)
    return make_examples(count, spec.loss, classes, seed)


@given(specs(), st.integers(0, 1000))
@QUICK
def test_scores_and_activations_are_the_references(spec, seed):
    network = random_network(spec, seed)
    data = examples_for(spec, seed=seed)
    h, _ = reference.forward(as_reference(network.layers()), data.coordinates, sources_of(spec))
    inputs = network_inputs(network, data.coordinates)
    for ours, expected in zip(Evaluator(network).activations(inputs), h[1:], strict=True):
        np.testing.assert_allclose(ours.T, expected, rtol=1e-12, atol=1e-12)


@given(specs(), PENALTIES, st.integers(0, 1000))
@QUICK
def test_gradients_are_the_references(spec, penalties, seed):
    network, (l2, l1) = random_network(spec, seed), penalties
    data = examples_for(spec, seed=seed)
    flat = full_gradient(network, TrainingSpec(l2=l2, l1=l1), data)
    expected = reference.gradients(
        as_reference(network.layers()),
        data.coordinates,
        data.targets,
        spec.loss,
        l2=l2,
        l1=l1,
        sources=sources_of(spec),
    )
    for ours, theirs in zip(gradient_layers(network, flat), expected, strict=True):
        np.testing.assert_allclose(ours[0], theirs[0], rtol=1e-11, atol=1e-12)
        np.testing.assert_allclose(ours[1], theirs[1], rtol=1e-11, atol=1e-12)


@given(specs(), st.integers(0, 1000))
@QUICK
def test_the_gradient_is_the_same_however_buffers_are_shared(spec, seed):
    network, data = random_network(spec, seed), examples_for(spec, seed=seed)
    apart = full_gradient(network, TrainingSpec(), data)
    with mock.patch.object(workspace, "MERGE_BYTES", 0):  # as if every layer were a large one
        over_h = full_gradient(network, TrainingSpec(), data)
    np.testing.assert_array_equal(over_h, apart)


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_the_gradients_of_large_layers_are_the_references(activation):
    spec = network_spec([(30, activation), (40, activation)])
    network, data = random_network(spec, 1), examples_for(spec, 400)
    flat = full_gradient(network, TrainingSpec(), data)
    layers = as_reference(network.layers())
    expected = reference.gradients(layers, data.coordinates, data.targets, spec.loss, sources=sources_of(spec))
    for ours, theirs in zip(gradient_layers(network, flat), expected, strict=True):
        np.testing.assert_allclose(ours[0], theirs[0], rtol=1e-9, atol=1e-11)
        np.testing.assert_allclose(ours[1], theirs[1], rtol=1e-9, atol=1e-11)


@given(specs(), st.integers(0, 1000))
@QUICK
def test_the_gradient_of_a_batch_is_the_mean_of_the_single_examples(spec, seed):
    network, data = random_network(spec, seed), examples_for(spec, 5, seed)
    singles = [
        full_gradient(network, TrainingSpec(), Examples(data.coordinates[[i]], data.targets[[i]], data.held_out[[i]]))
        for i in range(5)
    ]
    np.testing.assert_allclose(full_gradient(network, TrainingSpec(), data), np.mean(singles, axis=0), atol=1e-12)


@given(specs(), st.permutations(range(6)))
@QUICK
def test_the_order_of_the_examples_does_not_matter(spec, order):
    network, data = random_network(spec), examples_for(spec, 6)
    shuffled = Examples(data.coordinates[order], data.targets[order], data.held_out[order])
    np.testing.assert_allclose(
        full_gradient(network, TrainingSpec(), data), full_gradient(network, TrainingSpec(), shuffled), atol=1e-12
    )


def train_by_the_book(layers, data, training, loss, steps, sources):
    """Parameters after full-batch steps, by the reference alone."""
    states = [({}, {}) for _ in layers]
    for t in range(1, steps + 1):
        found = reference.gradients(
            layers, data.coordinates, data.targets, loss, l2=training.l2, l1=training.l1, sources=sources
        )
        lr = training.learning_rate / (1 + training.learning_rate_decay * (t - 1))
        moved = []
        for (name, w, b), (dw, db), (of_w, of_b) in zip(layers, found, states, strict=True):
            new_w = reference.update(training.optimizer, w, dw, of_w, lr=lr, mu=training.momentum, t=t)
            new_b = reference.update(training.optimizer, b, db, of_b, lr=lr, mu=training.momentum, t=t)
            if training.max_norm is not None:
                new_w = reference.constrain(new_w, training.max_norm)
            moved.append((name, new_w, new_b))
        layers = moved
    return layers


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
@pytest.mark.parametrize("loss", list(LOSSES))
def test_twenty_steps_of_every_optimizer_on_every_loss_are_the_references(optimizer, loss):
    spec = network_spec([(4, "tanh"), (3, "maxout", 3), (3, "leaky_relu")], loss, skips=((0, 3),))
    training = TrainingSpec(
        optimizer=optimizer, learning_rate=0.05, learning_rate_decay=0.1, momentum=0.8, batch_size=99, l2=0.02, l1=0.01,
        max_norm=1.5,
    )  # fmt: skip
    data = make_examples(11, loss)
    trainer = make_trainer(spec, training, data, seed=5)
    start = as_reference(trainer.layers())
    trainer.step(20)
    expected = train_by_the_book(start, data, training, loss, 20, sources_of(spec))
    for ours, (_, weights, biases) in zip(trainer.layers(), expected, strict=True):
        np.testing.assert_allclose(ours.weights, weights, rtol=1e-9, atol=1e-11)  # 20 steps gather rounding
        np.testing.assert_allclose(ours.biases, biases, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_twenty_steps_of_every_activation_are_the_references(activation):
    spec = network_spec([(5, activation, 4), (4, activation, 2)], "softmax", classes=2)
    training = TrainingSpec(optimizer="momentum", learning_rate=0.05, batch_size=99, l2=0.02)
    data = make_examples(12, classes=2)
    trainer = make_trainer(spec, training, data, seed=6)
    start = as_reference(trainer.layers())
    trainer.step(20)
    for ours, theirs in zip(
        trainer.layers(), train_by_the_book(start, data, training, "softmax", 20, None), strict=True
    ):
        np.testing.assert_allclose(ours.weights, theirs[1], rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize(("units", "points"), [(70, 400), (20, 1100)])
def test_large_minibatches_cut_into_blocks_give_the_same_gradient(units, points):
    spec = network_spec([(units, "tanh"), (units, "relu")], "softmax")
    network, data = random_network(spec, scale=0.2), make_examples(points)
    flat = full_gradient(network, TrainingSpec(l2=0.1), data)
    layers = as_reference(network.layers())
    expected = reference.gradients(layers, data.coordinates, data.targets, "softmax", l2=0.1)
    for ours, theirs in zip(gradient_layers(network, flat), expected, strict=True):
        np.testing.assert_allclose(ours[0], theirs[0], atol=1e-12)
        np.testing.assert_allclose(ours[1], theirs[1], atol=1e-12)


def test_a_network_without_hidden_layers_is_a_linear_classifier():
    spec = network_spec([], "softmax")
    network, data = random_network(spec), make_examples(5)
    scores = Evaluator(network).scores(network_inputs(network, data.coordinates))
    (only,) = network.layers()
    np.testing.assert_allclose(scores.T, data.coordinates @ only.weights + only.biases, atol=1e-12)


def test_float32_follows_float64():
    spec = network_spec([(6, "relu"), (5, "sigmoid")])
    training, data = TrainingSpec(optimizer="adam", learning_rate=0.01, batch_size=99), make_examples(20)
    single, double = (make_trainer(spec, training, data, dtype) for dtype in (np.float32, np.float64))
    for trainer in (single, double):
        trainer.step(30)
    assert single.network.params.dtype == np.float32
    assert single.losses().loss == pytest.approx(double.losses().loss, rel=1e-4)  # 7 digits, 30 steps


def test_evaluation_in_blocks_is_evaluation_at_once():
    network = random_network(network_spec([(40, "tanh"), (40, "relu")]))
    coordinates = np.random.default_rng(0).uniform(-2, 2, (3001, 2))
    inputs = network_inputs(network, coordinates)
    assert Evaluator(network).blocks(3001).size < 3001
    expected = reference.forward(as_reference(network.layers()), coordinates)[0][-1]
    np.testing.assert_allclose(Evaluator(network).scores(inputs).T, expected, atol=1e-12)


def test_set_layers_and_layers_are_inverse():
    spec = network_spec([(3, "maxout", 3), (2, "tanh")], skips=((0, 2), (0, 3)))
    network, other = random_network(spec, 1), random_network(spec, 2)
    other.set_layers(from_reference(as_reference(network.layers())))
    np.testing.assert_array_equal(other.params, network.params)


def test_regularization_leaves_the_biases_alone():
    spec = network_spec([(3, "tanh")])
    network, data = random_network(spec), make_examples(5)
    plain = gradient_layers(network, full_gradient(network, TrainingSpec(), data))
    heavy = gradient_layers(network, full_gradient(network, TrainingSpec(l2=3.0, l1=2.0), data))
    for (_, before), (_, after) in zip(plain, heavy, strict=True):
        np.testing.assert_array_equal(before, after)


def test_dropout_of_one_layer_overrides_the_trainings():
    spec = network_spec([(3, "tanh")])
    kept = dataclasses.replace(spec, hidden=(dataclasses.replace(spec.hidden[0], keep_prob=1.0),))
    data = make_examples(6)
    one = make_trainer(kept, TrainingSpec(keep_prob=0.5, batch_size=9), data)
    other = make_trainer(spec, TrainingSpec(keep_prob=1.0, batch_size=9), data)
    one.step(5)
    other.step(5)
    np.testing.assert_array_equal(one.network.params, other.network.params)
