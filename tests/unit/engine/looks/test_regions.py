import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.engine.looks import grids
from nnlab.engine.looks.regions import (
    ALPHABET,
    encode_shares,
    encode_values,
    every,
    grid_scores,
    leads,
    regions,
    winners,
)
from nnlab.engine.looks.views import border_length, count_regions, region_shape, unit_maps, warp
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.specs import TrainingSpec
from nnlab.engine.trainer import Trainer
from nnlab.errors import InvalidInput
from tests import reference
from tests.unit.engine.making import as_reference, make_examples, network_spec, random_network

VIEW = {"x_range": (-6.0, 6.0), "y_range": (-3.0, 5.0)}
LETTERS = {chr(letter): level for level, letter in enumerate(ALPHABET)}


def centres(resolution, x_range, y_range):
    """The cells' centres from the top left, row by row."""
    width, height = (x_range[1] - x_range[0]) / resolution, (y_range[1] - y_range[0]) / resolution
    return np.array([
        (x_range[0] + (col + 0.5) * width, y_range[1] - (row + 0.5) * height)
        for row in range(resolution) for col in range(resolution)
    ])  # fmt: skip


def scores_at(network, points):
    return reference.forward(as_reference(network.layers()), points)[0][-1]


@pytest.mark.parametrize("classes", [2, 3, 8])
@pytest.mark.parametrize("loss", ["softmax", "svm"])
def test_labels_and_probability_are_the_softmaxs_at_the_cells_centres(loss, classes):
    network = random_network(network_spec([(6, "tanh")], loss, classes), seed=classes)
    found = regions(network, **VIEW, resolution=23)
    scores = scores_at(network, centres(23, **VIEW))
    assert (found.rows, found.cols, len(found.labels)) == (23, 23, 529)
    assert found.labels == "".join(str(label) for label in scores.argmax(axis=1))
    expected = [reference.softmax(s).max() * 63 for s in scores]
    assert np.abs([LETTERS[c] for c in found.probability] - np.array(expected)).max() <= 0.5 + 1e-9


@pytest.mark.parametrize("loss", ["binary_softmax", "binary_svm"])
def test_one_score_is_class_1_above_zero(loss):
    network = random_network(network_spec([(6, "tanh")], loss))
    scores = scores_at(network, centres(20, **VIEW))[:, 0]
    found = regions(network, **VIEW, resolution=20)
    assert found.labels == "".join("1" if s > 0 else "0" for s in scores)
    expected = 63 / (1 + np.exp(-np.abs(scores)))
    assert np.abs([LETTERS[c] for c in found.probability] - expected).max() <= 0.5 + 1e-9


def test_fitting_gives_values_over_their_range():
    network = random_network(network_spec([(6, "tanh")], "squared"))
    values = scores_at(network, centres(20, **VIEW))[:, 0]
    found = regions(network, **VIEW, resolution=20)
    assert found.labels is None and found.probability is None
    low, high = found.value_range
    np.testing.assert_allclose([low, high], [values.min(), values.max()], rtol=1e-12)
    decoded = low + np.array([LETTERS[c] for c in found.values]) / 63 * (high - low)
    np.testing.assert_allclose(decoded, values, atol=(high - low) / 126 + 1e-9)


@pytest.mark.parametrize("resolution", [20, 57, 100, 200])
def test_any_resolution_and_a_trainer_will_do(resolution):
    trainer = Trainer(network_spec([(20, "relu")] * 2), TrainingSpec(), make_examples(9))
    found = regions(trainer, **VIEW, resolution=resolution)
    labels = trainer.predict(centres(resolution, **VIEW)).labels
    assert np.mean(np.frombuffer(found.labels.encode(), np.uint8) - ord("0") == labels) > 0.999  # float32 at the border


def test_equal_scores_are_the_first_class_everywhere():
    for classes in (2, 4):
        network = random_network(network_spec([(4, "tanh")], classes=classes), scale=0.0)
        found = regions(network, **VIEW, resolution=20)
        assert set(found.labels) == {"0"}
        assert set(found.probability) == {chr(ALPHABET[int(63 / classes + 0.5)])}


def test_scores_beyond_float_still_give_a_picture():
    scores = np.array([[1e38, np.nan, np.inf], [-1e38, 1.0, 0.0], [0.0, 2.0, 1.0]], np.float32)
    with np.errstate(all="ignore"):
        labels, probability = winners(scores)
        assert len(encode_shares(probability)) == 3
        assert encode_values(scores[0])[1] == (0.0, 0.0)
    assert labels[0] == 0


def test_raw_scores_are_the_networks():
    network = random_network(network_spec([(4, "sigmoid")]))
    np.testing.assert_allclose(
        grid_scores(network, **VIEW, resolution=20).T, scores_at(network, centres(20, **VIEW)), rtol=1e-11, atol=1e-12
    )


def test_grids_are_shared_and_bounded():
    cache = grids.GridCache(2)
    network = random_network(network_spec())
    first = cache.inputs(network, (-1, 1), (-1, 1), 20)
    assert cache.inputs(random_network(network_spec(), seed=5), (-1, 1), (-1, 1), 20) is first
    second = cache.inputs(network, (-1, 1), (-1, 1), 21)
    third = cache.inputs(network, (-1, 1), (-1, 1), 22)
    assert cache.inputs(network, (-1, 1), (-1, 1), 22) is third
    assert cache.inputs(network, (-1, 1), (-1, 1), 21) is second
    assert cache.inputs(network, (-1, 1), (-1, 1), 20) is not first


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_unit_maps_are_every_units_own_h(activation):
    network = random_network(network_spec([(3, activation), (2, activation)]))
    maps = unit_maps(network, **VIEW)
    assert [(each.layer, each.unit) for each in maps] == [
        (1, 0),
        (1, 1),
        (1, 2),
        (2, 0),
        (2, 1),
        (3, 0),
        (3, 1),
        (3, 2),
    ]
    h = reference.forward(as_reference(network.layers()), centres(20, **VIEW))[0]
    for each in maps:
        low, high = each.value_range
        decoded = low + np.array([LETTERS[c] for c in each.values]) / 63 * (high - low)
        np.testing.assert_allclose(decoded, h[each.layer][:, each.unit], atol=(high - low) / 126 + 1e-9)


def test_warp_is_where_two_units_send_the_plane():
    network = random_network(network_spec([(3, "tanh"), (4, "relu")]))
    found = warp(network, **VIEW, layer=2, units=(3, 1), resolution=7)
    h = reference.forward(as_reference(network.layers()), centres(7, **VIEW))[0][2]
    np.testing.assert_allclose(found.positions.reshape(-1, 2), h[:, [3, 1]], atol=1e-12)


@pytest.mark.parametrize(("layer", "units", "words"), [
    (4, (0, 1), "layer must be from 1 to 3; got 4"),
        (0, (0, 1), "layer must be from 1 to 3; got 0"), (2, (0, 4), "units must be from 0 to 3"),
])  # fmt: skip
def test_warp_refuses_what_is_not_there(layer, units, words):
    network = random_network(network_spec([(3, "tanh"), (4, "relu")]))
    with pytest.raises(InvalidInput, match=words):
        warp(network, **VIEW, layer=layer, units=units)


def test_warp_knows_the_first_and_the_last_layer():
    network = random_network(network_spec([(3, "tanh"), (4, "relu")]))
    h = reference.forward(as_reference(network.layers()), centres(5, **VIEW))[0]
    for layer in (1, 3):
        found = warp(network, **VIEW, layer=layer, resolution=5)
        np.testing.assert_allclose(found.positions.reshape(-1, 2), h[layer][:, :2], atol=1e-12)


def flood_fill(grid):
    """Regions counted the slow way."""
    seen, count = np.zeros(grid.shape, bool), 0
    for start in np.ndindex(grid.shape):
        if seen[start]:
            continue
        count += 1
        todo = [start]
        while todo:
            row, col = todo.pop()
            if not seen[row, col]:
                seen[row, col] = True
                todo += [
                    (r, c) for r, c in ((row + 1, col), (row - 1, col), (row, col + 1), (row, col - 1))
                    if 0 <= r < len(grid) and 0 <= c < len(grid[0]) and grid[r, c] == grid[row, col]
                ]  # fmt: skip
    return count


@pytest.mark.parametrize("seed", range(5))
def test_regions_are_counted_as_a_flood_fill_would(seed):
    grid = np.random.default_rng(seed).integers(0, 2 + seed % 3, (25, 25)).astype(np.uint8)
    assert count_regions(grid) == flood_fill(grid)


def test_a_snail_is_one_region_in_another():
    grid = np.zeros((9, 9), np.uint8)
    grid[1, 1:8] = grid[1:8, 7] = grid[7, 2:8] = grid[3:8, 2] = grid[3, 2:6] = grid[3:6, 5] = 1
    assert count_regions(grid) == flood_fill(grid) == 2


def test_borders_of_straight_lines_are_exact_and_of_a_circle_within_six_percent():
    upright = np.repeat([[0, 0, 1, 1, 1]], 6, axis=0).astype(np.uint8)
    assert border_length(upright, 2.0, 0.5) == pytest.approx(5 * 0.5)
    assert border_length(upright.T, 2.0, 0.5) == pytest.approx(5 * 2.0)
    diagonal = np.tri(9, dtype=np.uint8)
    assert border_length(diagonal, 1.0, 1.0) == pytest.approx(8 * np.sqrt(2) - np.sqrt(2) / 2, rel=0.08)
    row, col = np.mgrid[:200, :200]
    disc = (np.hypot(row - 99.5, col - 99.5) < 60).astype(np.uint8)
    assert 1.0 <= border_length(disc, 1.0, 1.0) / (2 * np.pi * 60) <= 1.06


def test_a_linear_classifier_has_two_regions_and_a_straight_border():
    network = random_network(network_spec([], classes=2), scale=0.0)
    layers = network.layers()
    layers[0].weights[0] = [-1.0, 1.0]  # class 1 where x > 0
    network.set_layers(layers)
    found = region_shape(network, x_range=(-6.0, 6.0), y_range=(-6.0, 6.0), resolution=100)
    assert found.num_regions == 2
    assert found.boundary_length == pytest.approx(12 * 99 / 100)
    found = region_shape(network, x_range=(-5.0, 1.0), y_range=(2.0, 4.0), resolution=60)
    assert found.boundary_length == pytest.approx(2 * 59 / 60)
    layers[0].weights[...] = [[0.0, 0.0], [-1.0, 1.0]]  # class 1 where y > 0
    network.set_layers(layers)
    found = region_shape(network, x_range=(2.0, 5.0), y_range=(-3.0, 1.0), resolution=60)
    assert found.boundary_length == pytest.approx(3 * 59 / 60)


def test_equal_values_are_all_the_lowest_level() -> None:
    assert encode_values(np.full(5, 2.5)) == (ALPHABET[:1].decode() * 5, (2.5, 2.5))


@given(st.integers(1, 8), st.integers(0, 1000))
def test_the_lead_is_over_the_next_score(classes, seed):
    scores = np.random.default_rng(seed).standard_normal((classes, 20))
    ordered = [sorted(column, reverse=True) for column in scores.T]
    expected = [abs(one[0]) if classes == 1 else one[0] - one[1] for one in ordered]
    np.testing.assert_allclose(leads(scores), expected)


@pytest.mark.parametrize("step", [4, 5, 7])
def test_coarse_characters_name_the_middle_of_their_levels(step: int) -> None:
    levels = np.arange(64)
    text = encode_shares(levels / 63, every(step))
    middles = [low + step // 2 for low in range(0, 64, step) for _ in range(step)][:64]
    assert [LETTERS[character] for character in text] == [min(middle, 63) for middle in middles]
    assert encode_shares(np.array([1.2]), every(step)) == text[-1]


@pytest.mark.parametrize("classes", [2, 3, 8])
def test_border_leads_are_of_the_cells_beside_another_label_row_by_row(classes):
    network = random_network(network_spec([(6, "tanh")], classes=classes), seed=classes + 1)
    found = regions(network, **VIEW, resolution=23)
    labels = np.array(list(found.labels)).reshape(23, 23)
    around = [
        (row, col)
        for row in range(23) for col in range(23)
        if len(set(labels[max(0, row - 1) : row + 2, max(0, col - 1) : col + 2].ravel())) > 1
    ]  # fmt: skip
    scores = np.sort(scores_at(network, centres(23, **VIEW)), axis=1)
    ahead = np.array([scores[row * 23 + col, -1] - scores[row * 23 + col, -2] for row, col in around])
    assert len(around) > 20
    expected = 63 * np.sqrt(ahead / ahead.max())
    assert np.abs([LETTERS[c] for c in found.leads] - expected).max() <= 2.5 + 1e-6


def test_without_a_border_there_are_no_leads():
    assert regions(random_network(network_spec(), scale=0.0), **VIEW, resolution=20).leads == ""
