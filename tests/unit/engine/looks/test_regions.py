import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.engine.looks.grids import Grid
from nnlab.engine.looks.regions import grid_scores, leads, regions, shares_of_range, winners
from nnlab.engine.specs import TrainingSpec
from nnlab.engine.step.evaluator import Evaluator
from nnlab.engine.trainer import Trainer
from tests import reference
from tests.unit.engine.making import as_reference, make_examples, network_spec, random_network


def grid(resolution):
    return Grid((-6.0, 6.0), (-3.0, 5.0), resolution)


def scores_at(network, resolution):
    """The scores (cells, K) at the cells' centres."""
    return reference.forward(as_reference(network.layers()), grid(resolution).centres())[0][-1]


@pytest.mark.parametrize("classes", [2, 3, 8])
@pytest.mark.parametrize("loss", ["softmax", "svm"])
def test_labels_and_probability_are_the_softmaxs_at_the_cells_centres(loss, classes):
    network = random_network(network_spec([(6, "tanh")], loss, classes), seed=classes)
    found = regions(Evaluator(network), grid(23))
    scores = scores_at(network, 23)
    assert found.labels.shape == found.probability.shape == (23, 23)
    assert found.values is None
    np.testing.assert_array_equal(found.labels.ravel(), scores.argmax(axis=1))
    np.testing.assert_allclose(found.probability.ravel(), [reference.softmax(s).max() for s in scores], rtol=1e-12)


@pytest.mark.parametrize("loss", ["binary_softmax", "binary_svm"])
def test_one_score_is_class_1_above_zero(loss):
    network = random_network(network_spec([(6, "tanh")], loss))
    scores = scores_at(network, 20)[:, 0]
    found = regions(Evaluator(network), grid(20))
    np.testing.assert_array_equal(found.labels.ravel(), scores > 0)
    np.testing.assert_allclose(found.probability.ravel(), 1 / (1 + np.exp(-np.abs(scores))), rtol=1e-12)


def test_fitting_gives_values():
    network = random_network(network_spec([(6, "tanh")], "squared"))
    found = regions(Evaluator(network), grid(20))
    assert found.labels is None and found.probability is None and found.leads is None
    np.testing.assert_allclose(found.values.ravel(), scores_at(network, 20)[:, 0], rtol=1e-12)


@pytest.mark.parametrize("resolution", [20, 57, 100, 200])
def test_a_trainers_regions_are_what_it_predicts_at_any_resolution(resolution):
    trainer = Trainer(network_spec([(20, "relu")] * 2), TrainingSpec(), make_examples(9))
    found = regions(trainer.evaluator, grid(resolution))
    labels = trainer.predict(grid(resolution).centres()).labels
    assert np.mean(found.labels.ravel() == labels) > 0.999  # float32 at the border


def test_a_trainers_regions_follow_its_weights():
    trainer = Trainer(network_spec([]), TrainingSpec(), make_examples(9))
    before = grid_scores(trainer.evaluator, grid(20)).copy()
    trainer.step(3)
    after = grid_scores(trainer.evaluator, grid(20))
    assert np.abs(after - before).max() > 0
    np.testing.assert_allclose(after.T, trainer.predict(grid(20).centres()).scores, rtol=1e-5, atol=1e-6)


def test_equal_scores_are_the_first_class_everywhere_and_have_no_border():
    for classes in (2, 4):
        network = random_network(network_spec([(4, "tanh")], classes=classes), scale=0.0)
        found = regions(Evaluator(network), grid(20))
        assert not found.labels.any()
        assert (found.probability == 1 / classes).all()
        assert found.leads.shape == (0,)


def test_scores_beyond_float_still_give_labels():
    scores = np.array([[1e38, np.nan, np.inf], [-1e38, 1.0, 0.0], [0.0, 2.0, 1.0]], np.float32)
    with np.errstate(all="ignore"):
        labels, _ = winners(scores)
    assert labels[0] == 0


def test_raw_scores_are_the_networks():
    network = random_network(network_spec([(4, "sigmoid")]))
    found = grid_scores(Evaluator(network), grid(20))
    np.testing.assert_allclose(found.T, scores_at(network, 20), rtol=1e-11, atol=1e-12)


@given(st.integers(1, 8), st.integers(0, 1000))
def test_the_lead_is_over_the_next_score(classes, seed):
    scores = np.random.default_rng(seed).standard_normal((classes, 20))
    ordered = [sorted(column, reverse=True) for column in scores.T]
    expected = [abs(one[0]) if classes == 1 else one[0] - one[1] for one in ordered]
    np.testing.assert_allclose(leads(scores), expected)


@pytest.mark.parametrize("classes", [2, 3, 8])
def test_border_leads_are_of_the_cells_beside_another_label_row_by_row(classes):
    network = random_network(network_spec([(6, "tanh")], classes=classes), seed=classes + 1)
    found = regions(Evaluator(network), grid(23))
    around = [
        (row, col)
        for row in range(23) for col in range(23)
        if len(set(found.labels[max(0, row - 1) : row + 2, max(0, col - 1) : col + 2].ravel())) > 1
    ]  # fmt: skip
    scores = np.sort(scores_at(network, 23), axis=1)
    assert len(around) > 20
    ahead = [scores[row * 23 + col, -1] - scores[row * 23 + col, -2] for row, col in around]
    np.testing.assert_allclose(found.leads, ahead, rtol=1e-9, atol=1e-12)


def test_shares_run_from_the_lowest_value_to_the_highest():
    shares, value_range = shares_of_range(np.array([[3.0, 1.0], [2.0, 5.0]]))
    np.testing.assert_allclose(shares, [[0.5, 0], [0.25, 1]])
    assert value_range == (1.0, 5.0)
    assert not shares_of_range(np.full(5, 2.5))[0].any()


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_values_that_are_no_numbers_have_no_shares(wrong):
    shares, value_range = shares_of_range(np.array([1.0, wrong, 3.0]))
    assert (shares.tolist(), value_range) == ([0, 0, 0], (0.0, 0.0))
