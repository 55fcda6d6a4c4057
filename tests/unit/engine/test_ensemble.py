import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.engine.ensemble import Ensemble, Member
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.menus.optimizers import OPTIMIZERS
from nnlab.engine.specs import Examples, LayerSpec, TrainingSpec
from nnlab.engine.trainer import Trainer
from nnlab.errors import InvalidInput
from tests.searching import examples
from tests.unit.engine.making import make_examples, network_spec, specs


def compare(spec, members, data, steps):
    """Assert that the ensemble's numbers are those of single trainers."""
    ensemble = Ensemble(spec, members, data, dtype=np.float64)
    ensemble.step(steps)
    losses = ensemble.losses()
    for index, member in enumerate(members):
        single = Trainer(dataclasses.replace(spec, seed=member.seed), member.training, data, dtype=np.float64)
        single.step(steps)
        np.testing.assert_allclose(ensemble.network(index).params, single.network.params, rtol=1e-9, atol=1e-10)
        for name, value in dataclasses.asdict(single.losses()).items():
            assert getattr(losses[index], name) == pytest.approx(value, rel=1e-9, abs=1e-12), name


@given(
    specs(), st.sampled_from(list(OPTIMIZERS)), st.integers(1, 9), st.lists(st.integers(0, 99), min_size=1, max_size=4),
    st.sampled_from([0.0, 0.2]), st.sampled_from([None, 1.0]),
)  # fmt: skip
@examples(50)
def test_an_ensemble_is_its_networks_alone(spec, optimizer, batch_size, seeds, noise, max_norm):
    members = [
        Member(seed, TrainingSpec(
            optimizer=optimizer, learning_rate=0.01 * (1 + position), batch_size=batch_size, l2=0.01 * position,
            l1=0.002 * position, input_noise=noise, max_norm=max_norm, learning_rate_decay=0.01,
        ))
        for position, seed in enumerate(seeds)
    ]  # fmt: skip
    compare(spec, members, make_examples(7, spec.loss, max(2, spec.outputs)), 12)


def test_many_steps_over_many_chunks():
    members = [Member(seed, TrainingSpec(batch_size=3, learning_rate=0.02)) for seed in range(3)]
    compare(network_spec([(4, "tanh")]), members, make_examples(10), 150)


@pytest.mark.parametrize("batch_size", [60, 700])
def test_in_single_precision_and_with_large_batches_too(batch_size):
    spec, data = network_spec([(20, "relu"), (8, "tanh")]), make_examples(700)
    members = [Member(seed, TrainingSpec(batch_size=batch_size, learning_rate=0.02, l2=0.01)) for seed in range(3)]
    ensemble = Ensemble(spec, members, data)
    ensemble.step(40)
    for index, member in enumerate(members):
        single = Trainer(dataclasses.replace(spec, seed=member.seed), member.training, data)
        single.step(40)
        np.testing.assert_allclose(ensemble.network(index).params, single.network.params, rtol=1e-3, atol=1e-4)


def test_one_network_that_diverges_does_not_touch_the_others():
    spec, data = network_spec([(5, "relu")] * 2), make_examples(10)
    trainings = [TrainingSpec(optimizer="sgd", learning_rate=rate, batch_size=4) for rate in (0.01, 1e30, 0.01)]
    ensemble = Ensemble(spec, [Member(1, each) for each in trainings], data)
    ensemble.step(60)
    first, broken, last = ensemble.losses()
    assert not np.isfinite(broken.loss)
    assert first == last
    assert np.isfinite(first.loss)


@pytest.mark.parametrize("loss", list(LOSSES))
def test_losses_with_held_out_points_in_many_blocks_are_those_of_each_network_alone(loss):
    spec, data = network_spec([(8, "relu")], loss=loss), make_examples(1500, loss, held_out=400)
    members = [Member(seed, TrainingSpec(learning_rate=0.01, l2=0.01 * seed, l1=0.02 * (1 - seed))) for seed in (0, 1)]
    compare(spec, members, data, 5)


def test_layers_are_one_networks_own():
    ensemble = Ensemble(network_spec([(3, "maxout", 3)]), [Member(s, TrainingSpec()) for s in (1, 2)], make_examples(5))
    assert ensemble.num_params == ensemble.network(0).num_params
    for index, seed in enumerate((1, 2)):
        single = Trainer(network_spec([(3, "maxout", 3)], seed=seed), TrainingSpec(), make_examples(5))
        for ours, theirs in zip(ensemble.layers(index), single.layers(), strict=True):
            np.testing.assert_array_equal(ours.weights, theirs.weights)


def test_without_training_points_nothing_happens():
    ensemble = Ensemble(
        network_spec(), [Member(1, TrainingSpec())], Examples(np.empty((0, 2)), np.empty(0), np.empty(0, bool))
    )
    assert ensemble.step(5) == 0
    assert ensemble.losses()[0].loss is None


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ([], "members must be at least one"),
        ([Member(1, TrainingSpec()), Member(1, TrainingSpec(momentum=0.1))], "members must be trained alike"),
        ([Member(1, TrainingSpec(keep_prob=0.5))], "keep_prob must be 1"),
    ],
)
def test_what_cannot_be_stacked_is_refused(members, words):
    with pytest.raises(InvalidInput, match=words):
        Ensemble(network_spec(), members, make_examples(5))


def test_dropout_of_a_layer_is_refused_too():
    spec = dataclasses.replace(network_spec(), hidden=(LayerSpec(3, "tanh", keep_prob=0.5),))
    with pytest.raises(InvalidInput, match="keep_prob must be 1"):
        Ensemble(spec, [Member(1, TrainingSpec())], make_examples(5))
