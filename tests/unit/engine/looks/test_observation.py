"""What one update saw and did, against the same update worked out by hand."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from nnlab.engine.looks.observation import Observation
from nnlab.engine.trainer import Trainer
from tests.unit.making import make_document

POINTS = [{"x": i / 4 - 2, "y": (i * 7 % 5) / 2 - 1, "label": i % 2, "held_out": i % 5 == 0} for i in range(17)]


def make_trainer(**training: Any) -> Trainer:
    document = make_document(points=POINTS, training={"batch_size": 4, "l2": 0.01, "l1": 0.002} | training)
    return Trainer(document.network_spec(), document.training_spec(), document.examples(), dtype=np.float64)


def step_and_observe(trainer: Trainer) -> Observation:
    before = trainer.network.params.copy()
    assert trainer.step() == 1
    return trainer.observe(before)


@pytest.mark.parametrize("training", [{}, {"input_noise": 0.3}, {"keep_prob": 0.5}, {"batch_size": 2000}])
def test_its_minibatches_are_the_permutations_of_the_training_points(training: dict[str, Any]) -> None:
    trainer = make_trainer(**training)
    training_points = [index for index, point in enumerate(POINTS) if not point["held_out"]]
    size = min(trainer.training.batch_size, len(training_points))
    epochs = 3
    seen = [step_and_observe(trainer).examples for _ in range(epochs * len(training_points))]
    assert all(len(examples) == size for examples in seen)
    drawn = np.concatenate(seen)
    for start in range(0, len(drawn), len(training_points)):
        assert sorted(drawn[start : start + len(training_points)]) == training_points


def test_the_minibatch_is_the_one_that_the_update_used() -> None:
    """A full-batch step on the observed examples alone leads to the same weights, and has the same loss."""
    trainer = make_trainer(optimizer="sgd", l1=0.0, l2=0.0)
    for _ in range(40):
        before = trainer.network.params.copy()
        seen = step_and_observe(trainer)
        chosen = [POINTS[index] for index in seen.examples]
        document = make_document(points=[point | {"held_out": False} for point in chosen], training={"batch_size": 4})
        alone = Trainer(
            document.network_spec(), trainer.training, document.examples(), dtype=np.float64
        )  # full batch of the same four
        alone.network.params[...] = before
        alone.step()
        assert np.allclose(alone.network.params, trainer.network.params, rtol=0, atol=1e-12)
        assert seen.data_loss == pytest.approx(_data_loss(alone, before), abs=1e-12)


def _data_loss(trainer: Trainer, params: np.ndarray) -> float:
    trainer.network.params[...] = params
    trainer.set_training(trainer.training)  # forgets what it has measured
    loss = trainer.losses().data_loss
    assert loss is not None
    return loss


def test_gradient_norm_and_update_ratio_are_those_of_a_plain_step() -> None:
    """Without momentum and regularization the update is -lr g, so norm(update) = lr norm(gradient)."""
    trainer = make_trainer(optimizer="sgd", l1=0.0, l2=0.0, learning_rate=0.05)
    before = trainer.layers()
    seen = step_and_observe(trainer)
    for old, new, layer in zip(before, trainer.layers(), seen.layers, strict=True):
        change = np.linalg.norm(new.weights - old.weights)
        assert layer.update_ratio == pytest.approx(change / np.linalg.norm(old.weights), rel=1e-9)
        assert layer.gradient_norm == pytest.approx(change / 0.05, rel=1e-9)


def test_reg_loss_is_that_of_the_weights_before_the_update() -> None:
    trainer = make_trainer()
    weights = np.concatenate([layer.weights.ravel() for layer in trainer.layers()])
    seen = step_and_observe(trainer)
    assert seen.reg_loss == pytest.approx(0.5 * 0.01 * (weights**2).sum() + 0.002 * np.abs(weights).sum(), rel=1e-9)


def test_activation_norms_are_of_the_minibatch_before_the_update() -> None:
    trainer = make_trainer()
    seen_points = np.array([(point["x"], point["y"]) for point in POINTS])
    saved = trainer.state()
    seen = step_and_observe(trainer)
    trainer.restore(saved)
    said = trainer.predict(seen_points[seen.examples], activations=True)
    layers = [*(said.activations or ()), said.scores]
    assert [layer.activation_norm for layer in seen.layers] == [
        pytest.approx(np.sqrt((h**2).mean()), rel=1e-9) for h in layers
    ]


@pytest.mark.parametrize("training", [{}, {"input_noise": 0.3, "keep_prob": 0.5}, {"optimizer": "adam"}])
def test_watching_changes_nothing(training: dict[str, Any]) -> None:
    watched, alone = make_trainer(**training), make_trainer(**training)
    steps = [step_and_observe(watched).step for _ in range(50)]
    alone.step(50)
    assert all(after == before + 1 for before, after in pairwise(steps))
    assert watched.state() == alone.state()


def test_after_a_restore_the_minibatch_is_known_too() -> None:
    trainer = make_trainer()
    trainer.step(5)
    state = trainer.state()
    first = step_and_observe(trainer).examples
    trainer.restore(state)
    assert (step_and_observe(trainer).examples == first).all()


def test_it_tells_the_step_it_began_at_and_the_loss_of_a_deep_network() -> None:
    hidden = [{"units": 3}, {"units": 2}, {"units": 4}]
    document = make_document(points=POINTS, network={"hidden": hidden}, training={"batch_size": 2000})
    trainer = Trainer(document.network_spec(), document.training_spec(), document.examples(), dtype=np.float64)
    for step in range(3):
        before = trainer.losses().data_loss
        seen = step_and_observe(trainer)
        assert seen.step == step
        assert seen.data_loss == pytest.approx(before, abs=1e-12)


def test_weights_of_zero_have_no_update_ratio() -> None:
    document = make_document(points=POINTS, network={"init": "zero"})
    trainer = Trainer(document.network_spec(), document.training_spec(), document.examples(), dtype=np.float64)
    assert [layer.update_ratio for layer in step_and_observe(trainer).layers][0] is None
