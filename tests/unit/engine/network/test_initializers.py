import math

import numpy as np
import pytest

from nnlab.engine.network.initializers import INITS, init_named, initialize
from nnlab.engine.network.network import Network
from nnlab.errors import InvalidInput
from tests.formulas import evaluate
from tests.unit.engine.making import network_spec

FORMULAS = {
    "he": lambda d, h: math.sqrt(2 / d),
    "xavier": lambda d, h: math.sqrt(2 / (d + h)),
    "small_random": lambda d, h: 0.01,
    "zero": lambda d, h: 0.0,
}


def started(init, init_scale=1.0, seed=0, dtype=np.float64, units=128):
    network = Network(
        network_spec([(units, "relu"), (units, "relu")], init=init, init_scale=init_scale, seed=seed), dtype=dtype
    )
    initialize(network, np.random.default_rng(seed))
    return network


@pytest.mark.parametrize("scale", [1.0, 2.5])
@pytest.mark.parametrize("init", list(INITS))
def test_weights_have_the_spread_of_the_formula(init, scale):
    hidden = started(init, scale).layers()[1]
    expected = scale * FORMULAS[init](128, 128)
    assert hidden.weights.std() == pytest.approx(expected, rel=0.02)  # 16,384 draws: 0.6 % is one standard error
    assert abs(hidden.weights.mean()) <= expected * 0.03


@pytest.mark.parametrize("init", [name for name in INITS if name != "zero"])
def test_the_formula_on_screen_is_the_spread(init):
    shape = Network(network_spec([(3, "relu"), (5, "relu")])).shapes[1]
    shown = evaluate(INITS[init].formula, {"D": 3, "H": 5, "g": math.sqrt(2)})["sigma"]
    assert INITS[init].spread(shape) == pytest.approx(shown, rel=1e-12)


def test_he_uses_the_gain_of_each_layers_own_activation():
    network = Network(network_spec([(128, "tanh"), (128, "leaky_relu"), (128, "tanh")]), dtype=np.float64)
    initialize(network, np.random.default_rng(0))
    _, leaky, tanh, _ = network.layers()
    assert leaky.weights.std() == pytest.approx(math.sqrt(2 / (1 + 0.01**2) / 128), rel=0.02)
    assert tanh.weights.std() == pytest.approx(math.sqrt(1 / 128), rel=0.02)


@pytest.mark.parametrize("init", ["xavier", "small_random"])
def test_every_init_scales_the_same_draws(init):
    he, other = started("he").layers()[1].weights, started(init).layers()[1].weights
    np.testing.assert_allclose(other / FORMULAS[init](128, 128), he / FORMULAS["he"](128, 128), rtol=1e-12)


@pytest.mark.parametrize("init", list(INITS))
def test_biases_start_at_zero(init):
    assert all(not layer.biases.any() for layer in started(init).layers())


def test_the_seed_decides_and_both_precisions_start_alike():
    one, same, other = (started("he", seed=seed).params for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert (one != other).any()
    np.testing.assert_array_equal(started("he", seed=1, dtype=np.float32).params, one.astype(np.float32))


def test_unknown_names_list_the_allowed_ones():
    with pytest.raises(InvalidInput, match="unknown init: orthogonal. Use one of he, xavier, small_random, zero"):
        init_named("orthogonal")
