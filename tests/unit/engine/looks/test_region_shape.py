import numpy as np
import pytest

from nnlab.engine.looks.grids import Grid
from nnlab.engine.looks.region_shape import border_length, count_regions, region_shape
from nnlab.engine.step.evaluator import Evaluator
from tests.unit.engine.making import network_spec, random_network


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


def border_of_labels(labels, width=1.0, height=1.0):
    """With equal leads everywhere the border runs half way between centres."""
    return border_length(labels, np.ones(labels.shape), width, height)


def test_borders_of_straight_lines_are_exact():
    upright = np.repeat([[0, 0, 1, 1, 1]], 6, axis=0).astype(np.uint8)
    assert border_of_labels(upright, 2.0, 0.5) == pytest.approx(5 * 0.5)
    assert border_of_labels(upright.T, 2.0, 0.5) == pytest.approx(5 * 2.0)
    assert border_of_labels(np.tri(9, dtype=np.uint8)) == pytest.approx(15 * np.sqrt(0.5))
    assert border_of_labels(np.zeros((4, 4), np.uint8)) == 0


def test_a_single_cell_is_circled_and_a_saddle_has_two_pieces():
    spot = np.zeros((3, 3), np.uint8)
    spot[1, 1] = 1
    assert border_of_labels(spot) == pytest.approx(4 * np.sqrt(0.5))
    assert border_of_labels(np.eye(2, dtype=np.uint8)) == pytest.approx(2 * np.sqrt(0.5))
    assert border_of_labels(1 - np.eye(2, dtype=np.uint8)) == pytest.approx(2 * np.sqrt(0.5))


@pytest.mark.parametrize("radius", [0.7, 1.5, 2.8])
def test_a_circle_is_as_long_as_2_pi_r(radius):
    x, y = np.meshgrid((np.arange(100) + 0.5) * 0.12 - 6, (np.arange(100) + 0.5) * 0.06 - 3)
    inside = radius - np.hypot(x, y)
    found = border_length((inside > 0).astype(np.uint8), np.abs(inside), 0.12, 0.06)
    assert found == pytest.approx(2 * np.pi * radius, rel=0.005)


def test_three_sectors_have_each_border_once():
    x, y = np.meshgrid((np.arange(100) + 0.5) * 0.12 - 6, (np.arange(100) + 0.5) * 0.06 - 3)
    angles = np.pi / 2 + 2 * np.pi / 3 * np.arange(3)
    scores = np.sort(towards := np.array([x * np.cos(angle) + y * np.sin(angle) for angle in angles]), axis=0)
    found = border_length(towards.argmax(axis=0).astype(np.uint8), scores[2] - scores[1], 0.12, 0.06)
    assert found == pytest.approx(3 + 2 * 3 / np.sin(np.pi / 6), rel=0.01)  # one ray straight, two at 30 degrees


def shape_of(network, x_range, y_range, resolution):
    return region_shape(Evaluator(network), Grid(x_range, y_range, resolution))


def test_a_linear_classifier_has_two_regions_and_a_straight_border():
    network = random_network(network_spec([], classes=2), scale=0.0)
    layers = network.layers()
    layers[0].weights[0] = [-1.0, 1.0]  # class 1 where x > 0
    network.set_layers(layers)
    found = shape_of(network, (-6.0, 6.0), (-6.0, 6.0), 100)
    assert found.num_regions == 2
    assert found.boundary_length == pytest.approx(12 * 99 / 100)
    found = shape_of(network, (-5.0, 1.0), (2.0, 4.0), 60)
    assert found.boundary_length == pytest.approx(2 * 59 / 60)
    layers[0].weights[...] = [[0.0, 0.0], [-1.0, 1.0]]  # class 1 where y > 0
    network.set_layers(layers)
    found = shape_of(network, (2.0, 5.0), (-3.0, 1.0), 60)
    assert found.boundary_length == pytest.approx(3 * 59 / 60)
