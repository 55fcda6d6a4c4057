import numpy as np
import pytest

from nnlab.engine.looks.grids import Grid
from nnlab.engine.looks.units import unit_map, unit_maps, warp, warped_points
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.step.evaluator import Evaluator
from nnlab.errors import InvalidInput
from tests import reference
from tests.unit.engine.making import as_reference, network_spec, random_network


def grid(resolution):
    return Grid((-6.0, 6.0), (-3.0, 5.0), resolution)


def h_of(network, resolution):
    """The inputs, then h (cells, H) of each layer."""
    return reference.forward(as_reference(network.layers()), grid(resolution).centres())[0]


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_unit_maps_are_every_units_own_h(activation):
    network = random_network(network_spec([(3, activation), (2, activation)]))
    h = h_of(network, 20)
    maps = unit_maps(Evaluator(network), grid(20))
    assert [len(each) for each in maps] == [3, 2, 3]
    for layer, found in enumerate(maps, start=1):
        np.testing.assert_allclose(found.T, h[layer], atol=1e-12)
        for unit in range(len(found)):
            np.testing.assert_array_equal(unit_map(Evaluator(network), grid(20), layer, unit)[0], found[unit])


def test_warp_is_where_two_units_send_the_plane_and_points():
    network = random_network(network_spec([(3, "tanh"), (4, "relu")]))
    found = warp(Evaluator(network), grid(7), layer=2, units=(3, 1))
    expected = h_of(network, 7)[2][:, [3, 1]]
    np.testing.assert_allclose(found.reshape(-1, 2), expected, atol=1e-12)
    points = warped_points(Evaluator(network), grid(7).centres()[5:9], layer=2, units=(3, 1))
    np.testing.assert_allclose(points, expected[5:9], atol=1e-12)


@pytest.mark.parametrize(("layer", "units", "words"), [
    (4, (0, 1), "layer must be from 1 to 3; got 4"),
    (0, (0, 1), "layer must be from 1 to 3; got 0"), (2, (0, 4), "units must be from 0 to 3"),
])  # fmt: skip
def test_warp_refuses_what_is_not_there(layer, units, words):
    network = random_network(network_spec([(3, "tanh"), (4, "relu")]))
    with pytest.raises(InvalidInput, match=words):
        warp(Evaluator(network), grid(5), layer=layer, units=units)


def test_warp_knows_the_first_and_the_last_layer():
    network = random_network(network_spec([(3, "tanh"), (4, "relu")]))
    for layer in (1, 3):
        found = warp(Evaluator(network), grid(5), layer=layer, units=(0, 1))
        np.testing.assert_allclose(found.reshape(-1, 2), h_of(network, 5)[layer][:, :2], atol=1e-12)
