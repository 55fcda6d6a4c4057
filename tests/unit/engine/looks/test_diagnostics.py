import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnlab.engine.looks.histograms import histogram, layer_histograms
from nnlab.engine.menus.optimizers import OPTIMIZERS
from nnlab.engine.specs import Examples, TrainingSpec
from nnlab.engine.trainer import Trainer
from tests import reference
from tests.searching import examples
from tests.unit.engine.making import as_reference, make_examples, make_trainer, network_spec

SPEC = network_spec([(5, "relu"), (4, "tanh"), (3, "maxout", 2)])
DATA = make_examples(12, held_out=3)


def by_the_book(trainer):
    layers = as_reference(trainer.layers())
    x, targets = DATA.coordinates[:9], DATA.targets[:9]
    h, zs = reference.forward(layers, x)
    slopes = [reference.slope(name, z).sum(axis=0) if name == "maxout" else reference.slope(name, z)
              for (name, _, _), z in zip(layers, zs, strict=True)]  # fmt: skip
    return h[1:], slopes, reference.gradients(layers, x, targets, "softmax")


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_figures_are_their_definitions_over_the_training_points(optimizer):
    trainer = make_trainer(SPEC, TrainingSpec(optimizer=optimizer, l2=0.3), DATA, seed=3)
    h, slopes, gradients = by_the_book(trainer)
    for number, found in enumerate(trainer.diagnostics()):
        assert found.dead_fraction == (slopes[number] == 0).all(axis=0).mean()
        assert found.saturated_fraction == (slopes[number] < 0.01).mean()
        assert found.activation_norm == pytest.approx(np.sqrt((h[number] ** 2).mean()), rel=1e-12)
        assert found.gradient_norm == pytest.approx(np.sqrt((gradients[number][0] ** 2).sum()), rel=1e-9)


def test_dead_fraction_counts_units_off_on_every_training_point_only():
    data = Examples(np.array([[1.0, 0.0], [2.0, 0.0], [-5.0, 0.0]]), np.array([0.0, 1.0, 0.0]), np.arange(3) == 2)
    trainer = Trainer(network_spec([(3, "relu")], classes=2), TrainingSpec(), data)
    layers = trainer.layers()
    layers[0].weights[...] = [[1.0, -1.0, 0.0], [0.0, 0.0, 0.0]]
    layers[0].biases[...] = [-1.5, 0.0, 0.0]
    trainer.set_layers(layers)  # on for one point; on for the held-out point alone; at the kink, which has no gradient
    assert trainer.diagnostics()[0].dead_fraction == pytest.approx(2 / 3)


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_update_ratio_is_that_of_the_next_full_batch_step(optimizer):
    trainer = make_trainer(SPEC, TrainingSpec(optimizer=optimizer, learning_rate=0.05, batch_size=99, l2=0.1), DATA)
    trainer.step(6)
    ratios = [each.update_ratio for each in trainer.diagnostics()]
    before = trainer.layers()
    trainer.step()
    for ratio, old, new in zip(ratios, before, trainer.layers(), strict=True):
        moved = np.linalg.norm(new.weights - old.weights) / np.linalg.norm(old.weights)
        assert ratio == pytest.approx(moved, rel=1e-9)


def test_a_gradient_whose_square_is_too_small_for_single_precision_is_no_zero():
    spec = network_spec([(6, "tanh")] * 5, init="small_random", init_scale=1e-3)
    trainer = Trainer(spec, TrainingSpec(), DATA)
    layers = as_reference(trainer.layers())
    (weights, _), *_ = reference.gradients(layers, DATA.coordinates[:9], DATA.targets[:9], "softmax")
    expected = np.linalg.norm(weights)
    assert 0 < expected < 1e-23
    assert trainer.diagnostics()[0].gradient_norm == pytest.approx(expected, rel=1e-3)


def test_looking_changes_nothing():
    trainer = make_trainer(SPEC, TrainingSpec(optimizer="adam", batch_size=2, keep_prob=0.5), DATA)
    trainer.step(5)
    before = trainer.state()
    first = trainer.diagnostics()
    assert trainer.diagnostics() == first
    assert trainer.state() == before


def test_sign_agreement_of_one_example_is_whole_for_positive_inputs_and_none_for_mixed_signs():
    """[CS231n nn-1 #actfun]: with positive inputs the gradients of a unit's weights all have one sign."""
    spec = network_spec([(6, "sigmoid"), (6, "sigmoid")], classes=2)
    positive = make_trainer(spec, TrainingSpec(batch_size=1), make_examples(9, classes=2))
    positive.step()
    assert positive.diagnostics()[1].sign_agreement == 1.0
    data = Examples(np.array([[1.0, -1.0]]), np.zeros(1), np.zeros(1, bool))
    mixed = make_trainer(spec, TrainingSpec(batch_size=1), data)
    assert mixed.diagnostics()[0].sign_agreement is None  # no minibatch seen yet
    mixed.step()
    assert mixed.diagnostics()[0].sign_agreement == 0.0


def test_leaky_relu_never_saturates_for_its_slope_is_exactly_the_limit():
    trainer = make_trainer(network_spec([(9, "leaky_relu")]), TrainingSpec(), DATA)
    assert trainer.diagnostics()[0].saturated_fraction == 0.0


def test_a_weight_without_gradient_is_no_disagreement():
    spec = network_spec([(4, "tanh")], classes=2)
    for x in (2.0, -2.0):  # y = 0: the gradients of y's weights are 0
        trainer = make_trainer(
            spec, TrainingSpec(batch_size=1), Examples(np.array([[x, 0.0]]), np.zeros(1), np.zeros(1, bool))
        )
        trainer.step()
        assert trainer.diagnostics()[0].sign_agreement == 1.0


def test_sign_agreement_of_relu_at_batch_1_is_whole_behind_a_relu():
    """What comes out of a ReLU is 0 or above, so one example's gradients of a unit have one sign or are 0."""
    spec = network_spec([(20, "relu"), (20, "relu")], classes=2)
    trainer = make_trainer(spec, TrainingSpec(batch_size=1), make_examples(30, classes=2))
    for _ in range(20):
        trainer.step()
        _, hidden, output = (layer.sign_agreement for layer in trainer.diagnostics())
        assert hidden in (1.0, None)
        assert output in (1.0, None)
    assert output == 1.0


def test_zero_weights_have_no_update_ratio():
    trainer = Trainer(network_spec([(3, "tanh")], init="zero"), TrainingSpec(), DATA)
    assert all(each.update_ratio is None for each in trainer.diagnostics())


def test_histograms_count_everything_once():
    trainer = make_trainer(SPEC, TrainingSpec(), DATA)
    for layer, found in zip(trainer.layers(), layer_histograms(trainer.network, trainer.training, DATA), strict=True):
        assert sum(found.weights.counts) == sum(found.gradients.counts) == layer.weights.size
        assert sum(found.activations.counts) == 9 * layer.weights.shape[-1]
        assert (found.weights.low, found.weights.high) == (layer.weights.min(), layer.weights.max())


def test_histogram_bins_are_equal_parts_of_the_range():
    assert histogram(np.array([0.0, 0.1, 0.9, 2.0]), bins=2).counts == (3, 1)


@given(st.floats(allow_nan=False), st.integers(0, 100), st.integers(1, 40))
@example(0.0, 46, 13)  # numbers below the smallest normal one
@examples(300)
def test_histograms_of_values_that_differ_by_rounding_alone_count_all_of_them(value, spacings, bins):
    value = np.clip(value, -1e306, 1e306)
    values = value + np.arange(spacings + 1) * np.spacing(value)
    found = histogram(values, bins)
    assert sum(found.counts) == spacings + 1
    assert found.low <= values.min() <= values.max() <= found.high
    assert found.low < found.high


def test_histograms_leave_out_what_is_not_finite_and_what_no_range_holds():
    found = histogram(np.array([np.nan, -np.inf, -1.7e308, -1.0, 0.0, 1.0, 1.7e308, np.inf]), bins=2)
    assert (found.low, found.high, found.counts) == (-1.0, 1.0, (1, 2))


@pytest.mark.parametrize("steps", [0, 10])
def test_units_that_all_start_at_zero_have_histograms(steps):
    data = make_examples(40, "squared")
    trainer = Trainer(network_spec([(6, "sigmoid")], "squared", init="zero"), TrainingSpec(), data)
    trainer.step(steps)
    for found in layer_histograms(trainer.network, trainer.training, data):
        assert sum(found.gradients.counts) == sum(found.weights.counts)


def test_histograms_without_training_points_are_of_the_weights_alone():
    trainer = Trainer(SPEC, TrainingSpec(), Examples(np.empty((0, 2)), np.empty(0), np.empty(0, bool)))
    found = layer_histograms(trainer.network, trainer.training, trainer.examples)
    assert all(each.activations is None and each.gradients is None for each in found)
