import numpy as np
import pytest

from nnlab.engine.buffers.tape import replay
from nnlab.engine.specs import TrainingSpec
from nnlab.engine.step.minibatches import Minibatches
from nnlab.engine.step.regularization import draw_masks, reg_loss
from nnlab.engine.step.workspace import Workspace
from nnlab.engine.trainer import Trainer
from tests import reference
from tests.unit.engine.making import as_reference, make_examples, make_trainer, network_spec, random_network


def test_reg_loss_is_half_l2_of_squares_plus_l1_of_sizes_over_weights_only():
    network = random_network(network_spec([(3, "maxout", 2), (2, "tanh")], skips=((0, 2),)))
    expected = reference.penalty(as_reference(network.layers()), l2=0.3, l1=0.2)
    assert reg_loss(network, TrainingSpec(l2=0.3, l1=0.2)) == pytest.approx(expected, rel=1e-12)
    for link in (link for shape in network.shapes for link in shape.links):
        link.weights(network.params)[...] = 0.0
    assert reg_loss(network, TrainingSpec(l2=0.3, l1=0.2)) == 0.0


def test_no_units_weights_exceed_max_norm_and_small_ones_stay():
    spec = network_spec([(4, "maxout", 2), (3, "tanh")], skips=((0, 2),))
    trainer = make_trainer(spec, TrainingSpec(max_norm=0.8, learning_rate=0.1, batch_size=99), make_examples(9))
    trainer.step(3)
    for layer in trainer.layers():
        norms = np.sqrt((layer.weights**2).sum(axis=-2))
        assert (norms <= 0.8 + 1e-12).all()
    before = trainer.layers()
    trainer.set_training(TrainingSpec(max_norm=50.0, learning_rate=1e-12, batch_size=99))
    trainer.step()
    for old, new in zip(before, trainer.layers(), strict=True):
        np.testing.assert_allclose(new.weights, old.weights, atol=1e-10)


def test_masks_keep_with_the_given_probability_and_scale_up():
    network = random_network(network_spec([(50, "relu")]))
    work = Workspace(network, 400, drops=(True, False))
    replay(draw_masks(work, (0.8, 1.0), np.random.default_rng(0)))
    mask = work.masks[0]
    assert set(np.unique(mask)) == {0.0, 1 / 0.8}
    assert (mask > 0).mean() == pytest.approx(0.8, abs=0.01)  # 20,000 draws: 0.003 is one standard deviation


def test_dropout_is_forward_and_backward_through_the_kept_units_only():
    spec = network_spec([(6, "tanh")], "softmax", classes=2)
    training = TrainingSpec(optimizer="sgd", learning_rate=1.0, keep_prob=0.5, batch_size=99)
    trainer = make_trainer(spec, training, make_examples(1, classes=2))
    (hidden, output) = trainer.layers()
    trainer.step()
    (new_hidden, new_output) = trainer.layers()
    dropped = (new_output.weights == output.weights).all(axis=1)  # no gradient to the weights of a dropped unit
    assert 0 < dropped.sum() < 6
    assert (new_hidden.weights[:, dropped] == hidden.weights[:, dropped]).all()
    assert (new_hidden.weights[:, ~dropped] != hidden.weights[:, ~dropped]).any(axis=0).all()


def test_without_dropout_a_full_batch_draws_nothing():
    trainer = make_trainer(network_spec([(6, "tanh")]), TrainingSpec(batch_size=99), make_examples(5))
    before = trainer._run.generator.bit_generator.state
    trainer.step(40)
    assert trainer._run.generator.bit_generator.state == before


@pytest.mark.thorough
def test_mean_of_many_dropout_gradients_of_a_linear_network_is_near_the_gradient_without():
    spec = network_spec([(8, "identity")], "squared", inputs=("x", "y"))
    data = make_examples(4, "squared")
    layers = make_trainer(spec, TrainingSpec(), data, seed=2).layers()
    moved = []
    for seed in range(1500):
        trainer = make_trainer(
            network_spec([(8, "identity")], "squared", seed=seed),
            TrainingSpec(optimizer="sgd", learning_rate=1.0, keep_prob=0.9, batch_size=99), data,
        )  # fmt: skip
        trainer.set_layers(layers)
        trainer.step()
        moved.append(trainer.layers()[1].biases - layers[1].biases)
    plain = make_trainer(spec, TrainingSpec(optimizer="sgd", learning_rate=1.0, batch_size=99), data)
    plain.set_layers(layers)
    plain.step()
    expected = plain.layers()[1].biases - layers[1].biases
    error = 4 * np.std(moved, axis=0) / np.sqrt(len(moved))  # four standard errors
    assert (np.abs(np.mean(moved, axis=0) - expected) < error).all()


def test_losses_predictions_and_states_know_no_dropout_or_noise():
    spec, data = network_spec([(6, "relu")]), make_examples(9)
    noisy = make_trainer(spec, TrainingSpec(keep_prob=0.5, input_noise=0.5), data)
    plain = make_trainer(spec, TrainingSpec(), data)
    assert noisy.losses() == plain.losses()
    np.testing.assert_array_equal(noisy.predict(data.coordinates).scores, plain.predict(data.coordinates).scores)


def test_input_noise_has_the_given_spread_and_is_drawn_anew_each_time():
    rows = np.zeros((4, 500))
    batches = Minibatches(rows, 2, 100, np.random.default_rng(0), noise=0.3)
    batches.refill()
    first = batches.store.copy()
    batches.refill()
    assert first[:, :2].std() == pytest.approx(0.3, rel=0.05)  # 4,000 draws
    assert not first[:, 2:].any()
    assert (first[:, :2] != batches.store[:, :2]).all()


def test_noise_works_on_the_full_batch_too():
    batches = Minibatches(np.zeros((3, 10)), 2, 10, np.random.default_rng(0), noise=1.0)
    batches.refill()
    assert len({slot.tobytes() for slot in batches.store}) == batches.slots > 1


def test_a_norm_beyond_the_range_of_numbers_is_divergence_and_not_a_weight_of_zero():
    spec = network_spec([(4, "relu")])
    trainer = Trainer(spec, TrainingSpec(max_norm=2.0, learning_rate=1e-3), make_examples(9))
    trainer.set_entry("weights", 1, (0, 0, 0), 1e20)
    trainer.step(1)
    assert trainer.diverged
    assert trainer.layers()[0].weights[0, 0] == np.float32(1e20)
