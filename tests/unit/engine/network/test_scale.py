"""The scale of the inputs, as training, looks and later changes of the points see it."""

import dataclasses

import numpy as np
import pytest

from nnlab.engine.looks.gradient_check import check_gradients
from nnlab.engine.looks.grids import Grid
from nnlab.engine.looks.regions import grid_scores
from nnlab.engine.menus.scalings import SCALINGS
from nnlab.engine.network.scale import fit_scale, unscaled
from nnlab.engine.specs import Examples, TrainingSpec
from nnlab.engine.trainer import Trainer
from tests.reference import forward, scaled
from tests.unit.engine.making import as_reference, network_spec

INPUTS = ("x", "y", "x*y")


def exam_scores(count=60, held_out=20):
    """Points like two exams: the label says whether their sum is above 125."""
    coordinates = np.random.default_rng(1).uniform(30, 100, (count, 2))
    labels = (coordinates.sum(axis=1) > 125).astype(float)
    return Examples(coordinates, labels, np.arange(count) >= count - held_out)


def features(coordinates):
    x, y = coordinates.T
    return np.stack([x, y, x * y], axis=1)


def trainer(scaling, **more):
    spec = network_spec([(6, "tanh"), (2, "tanh")], classes=2, inputs=INPUTS, scaling=scaling)
    return Trainer(spec, TrainingSpec(**more), exam_scores(), dtype=np.float64)


@pytest.mark.parametrize("scaling", SCALINGS)
def test_scores_are_those_of_scaled_features(scaling):
    made = trainer(scaling)
    made.step(50)
    training = features(exam_scores().coordinates[:40])
    places = np.random.default_rng(2).uniform(0, 130, (9, 2))
    inputs = scaled(scaling, features(places), training)
    *_, expected = forward(as_reference(made.layers()), inputs)[0]
    np.testing.assert_allclose(made.predict(places).scores, expected, rtol=1e-9)


def test_held_out_points_have_no_part_in_it():
    data = exam_scores()
    moved = dataclasses.replace(data, coordinates=np.where(data.held_out[:, None], 1e5, data.coordinates))
    spec = network_spec(inputs=INPUTS, scaling="standard")
    assert fit_scale(spec, data) == fit_scale(spec, moved)
    assert fit_scale(spec, dataclasses.replace(data, held_out=np.ones(60, bool))) == unscaled(3)


@pytest.mark.parametrize("scaling", ["standard", "range"])
def test_other_points_another_scaling_and_other_inputs_bring_their_own_scale(scaling):
    made = trainer("none")
    assert made.network.scale == unscaled(3)
    made.set_network(dataclasses.replace(made.network.spec, scaling=scaling))
    assert made.network.scale == trainer(scaling).network.scale
    half = dataclasses.replace(exam_scores(), coordinates=exam_scores().coordinates / 2)
    made.set_examples(half)
    assert made.network.scale == fit_scale(made.network.spec, half)
    made.set_network(dataclasses.replace(made.network.spec, inputs=("y",)))
    assert made.network.scale == fit_scale(made.network.spec, half)
    made.set_network(dataclasses.replace(made.network.spec, loss="svm"))
    assert made.network.scale == fit_scale(made.network.spec, half)
    assert made.step(5) == 5


def test_another_scaling_keeps_the_weights_and_the_optimizer():
    made = trainer("none", optimizer="momentum")
    made.step(30)
    before = made.layers()
    made.set_network(dataclasses.replace(made.network.spec, scaling="standard"))
    for old, new in zip(before, made.layers(), strict=True):
        np.testing.assert_array_equal(old.weights, new.weights)
    assert made._run.optimizer_start == 0


def test_going_back_with_a_scale_gives_the_same_bits():
    made, other = trainer("standard", input_noise=0.1), trainer("standard", input_noise=0.1)
    made.step(40)
    kept = made.state()
    made.step(40)
    other.restore(kept)
    other.step(40)
    assert other.state() == made.state()


def test_the_grids_of_two_scales_are_kept_apart():
    made, other = trainer("standard"), trainer("range")
    other.set_layers(made.layers())
    grid = Grid((30.0, 100.0), (30.0, 100.0), 20)
    assert not np.allclose(grid_scores(made.evaluator, grid), grid_scores(other.evaluator, grid))


def test_gradients_are_checked_with_the_scale():
    made = trainer("standard", l2=0.01)
    made.step(20)
    assert check_gradients(made.network, made.training, made.examples).passed


@pytest.mark.parametrize("seed", range(5))
def test_exam_scores_are_learned_with_scaling_and_not_without(seed):
    """The document's default network and training, in single precision as in sessions."""

    def best(scaling):
        spec = network_spec([(6, "tanh"), (2, "tanh")], classes=2, seed=seed, scaling=scaling)
        data = exam_scores(100, 0)
        made = Trainer(spec, TrainingSpec(l2=0.001), data)
        made.step(6000)
        return made.losses().accuracy, max(data.targets.mean(), 1 - data.targets.mean())

    stuck, share = best("none")
    assert stuck <= share + 0.03
    learned, _ = best("standard")
    assert learned >= 0.98
