import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.engine.menus.datasets import DATASETS, EDGE, dataset_named, draw_labels, fold, make_dataset
from nnlab.errors import InvalidInput
from tests.searching import examples

DRAWN = {name: entry for name, entry in DATASETS.items() if entry.table is None}
CLASSIFYING = [name for name, entry in DRAWN.items() if "classification" in entry.tasks]
CURVES = [name for name, entry in DRAWN.items() if entry.tasks == ("curve_fitting",)]


@given(
    st.sampled_from(list(DRAWN)), st.integers(0, 300), st.floats(0, 0.5), st.integers(0, 2**32),
    st.floats(-100, 100), st.floats(0.1, 50),
)  # fmt: skip
@examples(80)
def test_every_point_lies_inside_the_view(name, points, noise, seed, low, width):
    view = (low, low + width)
    made = make_dataset(name, points=points, noise=noise, seed=seed, classes=2, x_range=view, y_range=(-1, 1))
    assert made.coordinates.shape == (points, 2)
    assert (made.coordinates[:, 0] >= view[0]).all() and (made.coordinates[:, 0] <= view[1]).all()
    assert (np.abs(made.coordinates[:, 1]) <= 1).all()


@pytest.mark.parametrize("name", list(DRAWN))
def test_noisy_points_do_not_pile_up_on_the_border(name):
    made = make_dataset(name, points=2000, noise=0.5, seed=1)
    at_border = np.abs(np.abs(made.coordinates) - EDGE) < 1e-6
    assert at_border.sum() <= 2


@pytest.mark.parametrize("name", CLASSIFYING)
def test_labels_are_balanced_whatever_the_number_of_classes(name):
    for classes in range(2, DATASETS[name].max_classes + 1):
        counts = np.bincount(make_dataset(name, points=101, classes=classes).targets.astype(int), minlength=classes)
        assert len(counts) == classes
        assert counts.max() - counts.min() <= 1


@given(st.integers(0, 400), st.integers(2, 8), st.floats(0.05, 1))
@examples(80)
def test_each_class_has_its_share_of_the_one_before(points, classes, balance):
    labels = draw_labels(points, classes, balance)
    assert len(labels) == points
    counts = np.bincount(labels, minlength=classes)
    assert len(counts) == classes
    assert (counts[:points] > 0).all()
    shares = balance ** np.arange(classes)
    assert np.abs(counts - shares / shares.sum() * points).max() <= classes + 1


def test_a_third_as_many_points_in_each_further_class():
    made = make_dataset("blobs", points=130, classes=3, balance=1 / 3)
    counts = np.bincount(made.targets.astype(int))
    assert counts.tolist() == pytest.approx([90, 30, 10], abs=2)


def test_points_come_class_after_class_if_they_are_not_shuffled():
    made = make_dataset("spiral", points=90, classes=3, shuffle=False, noise=0.1, seed=5)
    mixed = make_dataset("spiral", points=90, classes=3, noise=0.1, seed=5)
    assert made.targets.tolist() == [0] * 30 + [1] * 30 + [2] * 30
    assert sorted(map(tuple, made.coordinates)) == sorted(map(tuple, mixed.coordinates))


@pytest.mark.parametrize("fraction", [0.0, 0.3, 0.5, 1.0])
def test_the_held_out_share_is_the_same_in_every_class(fraction):
    made = make_dataset("blobs", points=80, classes=4, test_fraction=fraction, seed=3)
    for label in range(4):
        assert made.held_out[made.targets == label].sum() == round(20 * fraction)


def test_the_seed_decides_points_order_and_held_out():
    one, same, other = (make_dataset("spiral", points=50, noise=0.1, test_fraction=0.4, seed=s) for s in (1, 1, 2))
    np.testing.assert_array_equal(one.coordinates, same.coordinates)
    np.testing.assert_array_equal(one.held_out, same.held_out)
    assert (one.coordinates != other.coordinates).any()
    assert (one.held_out != other.held_out).any()
    assert (np.diff(one.targets) != 0).sum() not in (0, 49)  # neither sorted nor alternating: shuffled


@pytest.mark.parametrize("name", CURVES)
def test_a_curves_target_is_its_y(name):
    made = make_dataset(name, points=40, noise=0.2)
    np.testing.assert_array_equal(made.targets, made.coordinates[:, 1])


def test_curves_and_surfaces_without_noise_are_their_functions():
    made = make_dataset("x_sin_x", points=30)
    x, y = made.coordinates.T
    np.testing.assert_allclose(y, x * np.sin(x), atol=1e-12)
    plane = make_dataset("plane", points=30)
    np.testing.assert_allclose(plane.targets, plane.coordinates.sum(axis=1) / 12, atol=1e-12)


def test_circle_and_xor_follow_their_geometry():
    circle = make_dataset("circle", points=200)
    radius = np.hypot(*circle.coordinates.T)
    assert radius[circle.targets == 0].max() < radius[circle.targets == 1].min()
    xor = make_dataset("xor", points=200)
    np.testing.assert_array_equal(xor.targets == 1, xor.coordinates.prod(axis=1) > 0)


@pytest.mark.parametrize("classes", [2, 5, 8])
def test_in_random_data_the_place_says_nothing_about_the_class(classes):
    made = make_dataset("random", points=2000, classes=classes, seed=4)
    counts = np.bincount(made.targets.astype(int), minlength=classes)
    quadrant = 2 * (made.coordinates[:, 0] > 0) + (made.coordinates[:, 1] > 0)
    for label in range(classes):
        shares = np.bincount(quadrant[made.targets == label], minlength=4) / counts[label]
        assert shares == pytest.approx(0.25, abs=4 * np.sqrt(0.25 * 0.75 / counts[label]))  # 4 standard deviations


@given(st.floats(-1e3, 1e3))
def test_fold_is_a_reflection_at_both_edges(value):
    folded = float(fold(np.array([value]))[0])
    assert abs(folded) <= EDGE + 1e-9
    turns = round((value - folded) / (4 * EDGE))
    mirrored = round((value + folded - 2 * EDGE) / (4 * EDGE))
    assert np.isclose(value, folded + turns * 4 * EDGE) or np.isclose(value, 2 * EDGE - folded + mirrored * 4 * EDGE)


def test_more_classes_than_it_has_are_refused():
    with pytest.raises(InvalidInput, match="classes must be from 2 to 2 for the data set moons; got 3"):
        make_dataset("moons", points=10, classes=3)


def test_unknown_names_list_the_allowed_ones():
    with pytest.raises(InvalidInput, match="unknown dataset: wine. Use one of circle, xor"):
        dataset_named("wine")
