import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.engine.buffers.tape import replay
from nnlab.engine.menus.losses import LOSSES, LossBuffers, loss_named
from nnlab.errors import InvalidInput
from tests import reference
from tests.formulas import evaluate
from tests.searching import examples
from tests.unit.engine.making import ONE_SCORE, num_scores

CASES = [(name, classes) for name in LOSSES for classes in ((2,) if name in ONE_SCORE else (2, 3, 8))]


def scores_and_targets(name, classes, count=9, seed=0, scale=2.0):
    rng = np.random.default_rng(seed)
    scores = scale * rng.standard_normal((num_scores(name, classes), count))
    targets = rng.standard_normal(count) if name == "squared" else rng.integers(0, classes, count).astype(float)
    return scores, targets


def engine_gradient(name, scores, targets, examples=None, dtype=np.float64):
    """dscores (K, N) by the engine's tape."""
    loss, count = LOSSES[name], scores.shape[1]
    examples = examples or count
    buffers = LossBuffers(
        scores.astype(dtype), np.empty_like(scores, dtype), np.empty_like(scores, dtype),
        loss.encode(targets, len(scores), examples).astype(dtype), examples,
    )  # fmt: skip
    replay(loss.gradient(buffers))
    return buffers.dscores


@pytest.mark.parametrize(("name", "classes"), CASES)
def test_values_are_the_textbook_loss_of_each_example(name, classes):
    scores, targets = scores_and_targets(name, classes)
    expected = [reference.loss_of(name, s, t) for s, t in zip(scores.T, targets, strict=True)]
    np.testing.assert_allclose(LOSSES[name].values(scores, targets), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("name", "classes"), CASES)
def test_gradient_is_the_textbook_gradient_of_the_mean(name, classes):
    scores, targets = scores_and_targets(name, classes)
    expected = np.array([reference.loss_gradient(name, s, t) for s, t in zip(scores.T, targets, strict=True)]).T
    np.testing.assert_allclose(engine_gradient(name, scores, targets), expected / 9, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(("name", "classes"), CASES)
def test_gradient_is_the_centred_difference_of_the_values(name, classes):
    scores, targets = scores_and_targets(name, classes, seed=3)
    gradient, step = engine_gradient(name, scores, targets), 1e-6
    for index in np.ndindex(scores.shape):
        ahead, behind = scores.copy(), scores.copy()
        ahead[index] += step
        behind[index] -= step
        values = LOSSES[name].values
        difference = (values(ahead, targets).mean() - values(behind, targets).mean()) / (2 * step)
        assert gradient[index] == pytest.approx(difference, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("name", "classes"), CASES)
def test_a_part_of_a_minibatch_is_divided_by_the_whole_minibatch(name, classes):
    scores, targets = scores_and_targets(name, classes, count=6)
    part = engine_gradient(name, scores[:, :2].copy(), targets[:2], examples=6)
    np.testing.assert_allclose(part, engine_gradient(name, scores, targets)[:, :2], rtol=1e-12)


@pytest.mark.parametrize(("name", "classes"), CASES)
def test_scores_of_ten_thousand_give_finite_losses_and_gradients(name, classes):
    scores, targets = scores_and_targets(name, classes, scale=1e4)
    assert np.isfinite(LOSSES[name].values(scores, targets)).all()
    assert np.isfinite(engine_gradient(name, scores, targets, dtype=np.float32)).all()


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=8), st.data())
@examples(60)
def test_softmax_gradient_sums_to_zero_and_lies_between_minus_one_and_one(scores, data):
    label = data.draw(st.integers(0, len(scores) - 1))
    gradient = engine_gradient("softmax", np.array([scores]).T, np.array([float(label)]))[:, 0]
    assert abs(gradient.sum()) < 1e-12
    assert gradient[label] <= 0
    assert (np.abs(gradient) <= 1).all()


@pytest.mark.parametrize("name", ["softmax", "binary_softmax"])
def test_probabilities_are_those_whose_logarithm_is_the_loss(name):
    scores, targets = scores_and_targets(name, 2 if name == "binary_softmax" else 4)
    probabilities = LOSSES[name].probabilities(scores)
    np.testing.assert_allclose(probabilities.sum(axis=0), 1.0, rtol=1e-12)
    right = probabilities[targets.astype(int), np.arange(len(targets))]
    np.testing.assert_allclose(-np.log(right), LOSSES[name].values(scores, targets), rtol=1e-9)


@pytest.mark.parametrize(("name", "classes"), [("softmax", 2), ("softmax", 5), ("binary_softmax", 2)])
def test_probabilities_of_huge_scores_are_certain(name, classes):
    scores, _ = scores_and_targets(name, classes, scale=1e5)
    probabilities = LOSSES[name].probabilities(scores)
    assert np.isin(probabilities, [0.0, 1.0]).all()
    winners = scores[0] > 0 if name == "binary_softmax" else scores.argmax(axis=0)
    np.testing.assert_array_equal(probabilities.argmax(axis=0), winners)


def test_two_class_softmax_is_binary_softmax_of_the_difference():
    scores, labels = scores_and_targets("softmax", 2)
    difference = scores[1:] - scores[:1]
    np.testing.assert_allclose(
        engine_gradient("softmax", scores, labels)[1],
        engine_gradient("binary_softmax", difference, labels)[0],
        atol=1e-15,
    )


def test_svm_margin_met_exactly_has_no_gradient():
    scores = np.array([[1.0], [0.0], [-4.0]])  # the right class 0 is ahead of class 1 by exactly 1
    assert engine_gradient("svm", scores, np.array([0.0])).tolist() == [[0.0], [0.0], [0.0]]
    assert engine_gradient("binary_svm", np.array([[1.0]]), np.array([1.0])).tolist() == [[0.0]]


@pytest.mark.parametrize("name", ONE_SCORE)
@pytest.mark.parametrize("score", [-2.0, 0.3, 4.0])
@pytest.mark.parametrize("target", [0.0, 1.0])
def test_the_formula_on_screen_is_the_loss(name, score, target):
    t = target if name == "squared" else 2 * target - 1
    shown = evaluate(LOSSES[name].formula, {"s": score, "t": t, "y": target, "e": math.e})["L_i"]
    assert LOSSES[name].values(np.array([[score]]), np.array([target]))[0] == pytest.approx(shown, rel=1e-12)


def test_losses_say_their_tasks_and_number_of_scores():
    assert {name for name, loss in LOSSES.items() if loss.one_score} == set(ONE_SCORE)
    assert LOSSES["squared"].tasks == ("curve_fitting", "surface_fitting")
    assert all(LOSSES[name].tasks == ("classification",) for name in LOSSES if name != "squared")


def test_unknown_names_list_the_allowed_ones():
    with pytest.raises(InvalidInput, match="unknown loss: hinge. Use one of softmax, svm"):
        loss_named("hinge")
