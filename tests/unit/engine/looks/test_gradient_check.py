import itertools

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nnlab.engine.looks.gradient_check import (
    check_gradients,
    copy_in_double,
    describe,
    explained_by_kink,
    full_gradient,
)
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.specs import Examples, TrainingSpec
from nnlab.errors import InvalidInput
from tests.searching import examples
from tests.unit.engine.making import make_examples, network_spec, random_network, specs

REGULARIZATIONS = [(0.0, 0.0), (0.1, 0.0), (0.0, 0.1), (0.1, 0.1)]
COMBINATIONS = list(itertools.product(ACTIVATIONS, LOSSES, REGULARIZATIONS))


@pytest.mark.parametrize(("activation", "loss", "penalty"), COMBINATIONS)
def test_every_activation_loss_and_regularization_passes(activation, loss, penalty):
    network = random_network(network_spec([(3, activation, 3), (2, activation)], loss, skips=((0, 2), (1, 3))))
    found = check_gradients(network, TrainingSpec(l2=penalty[0], l1=penalty[1]), make_examples(7, loss))
    assert found.passed
    assert found.checked == network.num_params
    assert 0 <= found.worst.relative_error < 1e-5
    assert found.at_kinks <= 2


@given(specs(), st.integers(0, 999), st.sampled_from(REGULARIZATIONS))
@examples(60)
def test_random_networks_pass(spec, seed, penalty):
    data = make_examples(6, spec.loss, max(2, spec.outputs), seed)
    found = check_gradients(random_network(spec, seed), TrainingSpec(l2=penalty[0], l1=penalty[1]), data)
    assert found.passed, found


@given(st.data())
@examples(60)
def test_a_planted_mistake_is_found_and_named(data):
    spec = network_spec([(3, "maxout", 2), (4, "tanh")], skips=((0, 2), (0, 3)))
    network, examples = random_network(spec, data.draw(st.integers(0, 99))), make_examples(8)
    assume(check_gradients(network, TrainingSpec(), examples).at_kinks == 0)  # at a kink nothing can be judged
    wrong = full_gradient(copy_in_double(network), TrainingSpec(), examples)
    index = data.draw(st.integers(0, network.num_params - 1))
    wrong[index] += 0.5
    found = check_gradients(network, TrainingSpec(), examples, gradient=wrong)
    assert not found.passed
    assert found.worst.analytic == wrong[index]
    assert found.worst == describe(network, index, wrong[index], found.worst.numeric, found.worst.relative_error)


def test_every_parameter_is_named_by_the_place_it_is_at():
    network = random_network(network_spec([(3, "maxout", 2), (4, "tanh")], skips=((0, 2), (0, 3))))
    for index in range(network.num_params):
        network.params[...] = 0.0
        network.params[index] = 1.0
        place = describe(network, index, 0.0, 0.0, 0.0)
        layer = network.layers()[place.layer - 1]
        where = (place.piece,) if layer.activation == "maxout" else ()
        if place.kind == "bias":
            assert layer.biases[(*where, place.unit)] == 1.0
        else:
            assert layer.weights[(*where, place.row, place.unit)] == 1.0


@pytest.mark.parametrize("factor", [-1.0, 2.0, 0.5, 1.001])
def test_wrong_signs_and_factors_are_found(factor):
    network, examples = random_network(network_spec([(3, "tanh")])), make_examples(8)
    gradient = full_gradient(copy_in_double(network), TrainingSpec(), examples)
    assert not check_gradients(network, TrainingSpec(), examples, gradient=factor * gradient).passed


def test_a_float32_network_is_checked_in_double_and_left_alone():
    network = random_network(network_spec([(3, "tanh")]), dtype=np.float32)
    before = network.params.copy()
    assert check_gradients(network, TrainingSpec(keep_prob=0.5, input_noise=1.0), make_examples(5)).passed
    np.testing.assert_array_equal(network.params, before)


def network_at_a_kink():
    network = random_network(network_spec([(2, "relu")]), scale=0.0)  # all z = 0: at ReLU's kink
    layers = network.layers()
    layers[1].weights[...] = [[1.0, -1.0, 0.5], [2.0, 0.0, -1.0]]
    network.set_layers(layers)
    return network


def test_a_kink_is_counted_and_not_called_a_mistake():
    network = network_at_a_kink()
    found = check_gradients(network, TrainingSpec(), make_examples(5))
    assert found.at_kinks > 0
    assert found.passed


@pytest.mark.parametrize("count", [0, 3])
def test_without_a_training_point_there_is_nothing_to_check(count):
    network = random_network(network_spec([(3, "tanh")], "softmax"))
    examples = Examples(np.zeros((count, 2)), np.zeros(count), np.ones(count, bool))
    with pytest.raises(InvalidInput, match="add one that is not held out"):
        check_gradients(network, TrainingSpec(), examples)


@pytest.mark.parametrize("mistake", [5.0, -5.0])  # larger than the slopes on both sides
def test_a_mistake_at_a_kink_is_found_too(mistake):
    network, data = network_at_a_kink(), make_examples(5)
    right = full_gradient(copy_in_double(network), TrainingSpec(), data)
    found = check_gradients(network, TrainingSpec(), data)
    assert found.passed
    for index in range(len(right)):
        wrong = right.copy()
        wrong[index] += mistake
        assert not check_gradients(network, TrainingSpec(), data, gradient=wrong, indices=[index]).passed, index


@pytest.mark.parametrize(
    ("ahead", "behind", "analytic", "is_explained"),
    [
        (2.0, 1.0, 4.5, True),  # 3 from the middle, and the slopes are 3 together
        (2.0, 1.0, 4.6, False),
        (2.0, 1.0, -1.5, True),
        (2.0, 1.0, -1.6, False),
        (-2.0, 1.0, 2.4, True),
        (1.0, 1.0, 1.0, False),  # no kink
        (-2.4e-9, 0.0, -2.4e-9, True),  # a small one
        (1.0001, 1.0, 1.0001, True),  # a slight one
        (1.0001, 1.0, 1.0002, False),  # further from the middle than the slopes from each other
    ],
)
def test_a_kink_explains_gradients_near_its_slopes(ahead, behind, analytic, is_explained):
    assert explained_by_kink(ahead, behind, analytic, 1e-5) is is_explained
