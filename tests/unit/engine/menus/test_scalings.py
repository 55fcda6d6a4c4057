import numpy as np
import pytest

from nnlab.engine.menus.scalings import SCALINGS, scaling_named
from nnlab.errors import InvalidInput


@pytest.fixture
def values():
    return np.random.default_rng(0).normal([[50.0], [2000.0]], [[20.0], [3.0]], (2, 40))


def scaled(name, values):
    shift, size = SCALINGS[name].fit(values)
    return (values - shift[:, None]) / size[:, None]


def test_standard_gives_mean_0_and_deviation_1(values):
    found = scaled("standard", values)
    np.testing.assert_allclose(found.mean(axis=1), 0.0, atol=1e-12)
    np.testing.assert_allclose(found.std(axis=1), 1.0)


def test_range_reaches_from_minus_1_to_1(values):
    found = scaled("range", values)
    np.testing.assert_allclose(found.min(axis=1), -1.0)
    np.testing.assert_allclose(found.max(axis=1), 1.0)


def test_none_changes_nothing(values):
    np.testing.assert_array_equal(scaled("none", values), values)


@pytest.mark.parametrize("name", SCALINGS)
@pytest.mark.parametrize("value", [0.0, 0.1, 1e6])
def test_an_input_that_is_the_same_everywhere_is_not_divided(name, value):
    _, size = SCALINGS[name].fit(np.full((1, 7), value))
    assert size.tolist() == [1.0]


def test_unknown_names_list_the_allowed_ones():
    with pytest.raises(InvalidInput, match="unknown scaling: log. Use one of none, standard, range"):
        scaling_named("log")
