import numpy as np

from nnlab.engine.looks.grids import Grid
from tests.unit.engine.making import network_spec, random_network


def test_centres_run_row_by_row_from_the_top_left():
    """Cells of width 2 and height 1."""
    grid = Grid((-2.0, 2.0), (1.0, 3.0), 2)
    np.testing.assert_array_equal(grid.centres(), [[-1, 2.5], [1, 2.5], [-1, 1.5], [1, 1.5]])
    np.testing.assert_array_equal(grid.columns(), [-1, 1])
    assert (grid.shape, grid.cell) == ((2, 2), (2.0, 1.0))


def test_all_who_look_at_one_grid_share_its_inputs_which_nobody_can_write_to():
    grid = Grid((-1.0, 1.0), (-1.0, 1.0), 20)
    first = grid.inputs(random_network(network_spec()))
    assert Grid((-1.0, 1.0), (-1.0, 1.0), 20).inputs(random_network(network_spec(), seed=5)) is first
    assert grid.inputs(random_network(network_spec(inputs=("x", "x^2")))) is not first
    assert grid.inputs(random_network(network_spec(), dtype=np.float32)) is not first
    assert not first.flags.writeable
    np.testing.assert_array_equal(first, [*grid.centres().T, np.ones(400)])
