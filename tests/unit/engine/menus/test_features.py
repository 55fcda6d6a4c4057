import numpy as np
import pytest

from nnlab.engine.menus.features import INPUTS, input_rows
from nnlab.errors import InvalidInput

FORMULAS = {
    "x": lambda x, y: x,
    "y": lambda x, y: y,
    "x^2": lambda x, y: x**2,
    "y^2": lambda x, y: y**2,
    "x*y": lambda x, y: x * y,
    "sin(x)": lambda x, y: np.sin(x),
    "sin(y)": lambda x, y: np.sin(y),
}


def test_the_menu_is_the_designs():
    assert list(INPUTS) == list(FORMULAS)


def test_each_row_is_its_formula_and_the_last_row_is_ones():
    coordinates = np.random.default_rng(0).uniform(-6, 6, (9, 2))
    rows = input_rows(tuple(INPUTS), coordinates)
    assert rows.shape == (8, 9)
    for row, name in zip(rows, INPUTS, strict=False):
        np.testing.assert_allclose(row, FORMULAS[name](*coordinates.T), rtol=1e-15)
    assert (rows[-1] == 1).all()


def test_unknown_names_list_the_allowed_ones():
    with pytest.raises(InvalidInput, match="unknown input: z. Use any of x, y"):
        input_rows(("z",), np.zeros((1, 2)))
