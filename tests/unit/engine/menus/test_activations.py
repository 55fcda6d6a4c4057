import math

import numpy as np
import pytest

from nnlab.engine.buffers.tape import replay
from nnlab.engine.menus.activations import ACTIVATIONS, activation_named
from nnlab.engine.step.workspace import Workspace
from nnlab.errors import InvalidInput
from tests import reference
from tests.formulas import evaluate
from tests.unit.engine.making import network_spec, random_network

ELEMENTWISE = [name for name in ACTIVATIONS if name != "maxout"]
Z = np.array([[-3.0, -0.5, -1e-9, 0.0], [1e-9, 0.5, 2.0, 30.0]])


def run_layer(name, z, dh, pieces=1, dtype=np.float64):
    """h and dz of one layer of len(dh) units, by the engine's tapes, from z (pieces * H, N) and dh (H, N)."""
    network = random_network(network_spec([(len(dh), name, pieces)]), dtype=dtype)
    work = Workspace(network, z.shape[1])
    layer = work.layers[0]
    layer.z[...] = z
    replay(ACTIVATIONS[name].forward(layer))
    h = layer.h.copy()
    layer.dh[...] = dh
    replay(ACTIVATIONS[name].slopes(work.runs[0]))
    replay(ACTIVATIONS[name].backward(layer))
    return h, layer.dz.copy()


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_forward_is_the_textbook_formula(name):
    h, _ = run_layer(name, Z, np.ones_like(Z))
    np.testing.assert_allclose(h, reference.activate(name, Z), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_the_formula_on_screen_is_the_function(name):
    for z in (-2.0, -0.5, 0.0, 0.5, 2.0):
        shown = evaluate(ACTIVATIONS[name].formula, {"z": z, "e": math.e})["f(z)"]
        assert shown == pytest.approx(float(reference.activate(name, np.array(z))), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_backward_multiplies_by_the_textbook_slope(name):
    dh = np.linspace(-2, 3, Z.size).reshape(Z.shape)
    _, dz = run_layer(name, Z, dh)
    np.testing.assert_allclose(dz, dh * reference.slope(name, Z), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_slope_is_the_centred_difference_away_from_the_kink(name):
    z = np.array([[-2.0, -0.7, 0.3, 1.9]])
    _, dz = run_layer(name, z, np.ones_like(z))
    step = 1e-6
    difference = (run_layer(name, z + step, z)[0] - run_layer(name, z - step, z)[0]) / (2 * step)
    np.testing.assert_allclose(dz, difference, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("name", ["relu", "leaky_relu"])
def test_the_kink_takes_the_left_slope(name):
    left = {"relu": 0.0, "leaky_relu": 0.01}[name]
    for zero in (0.0, -0.0):
        _, dz = run_layer(name, np.array([[zero]]), np.array([[3.0]]))
        assert dz[0, 0] == 3.0 * left


@pytest.mark.parametrize("pieces", [2, 3, 4])
def test_maxout_is_the_largest_piece_and_sends_the_gradient_there(pieces):
    rng = np.random.default_rng(pieces)
    z, dh = rng.standard_normal((pieces, 3, 7)), rng.standard_normal((3, 7))
    h, dz = run_layer("maxout", z.reshape(-1, 7), dh, pieces)
    np.testing.assert_array_equal(h, reference.activate("maxout", z))
    np.testing.assert_array_equal(dz.reshape(z.shape), dh * reference.slope("maxout", z))


@pytest.mark.parametrize("pieces", [2, 3, 4])
def test_the_first_of_equal_maxout_pieces_takes_the_gradient(pieces):
    _, dz = run_layer("maxout", np.zeros((pieces, 1)), np.array([[5.0]]), pieces)
    assert dz[:, 0].tolist() == [5.0] + [0.0] * (pieces - 1)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_huge_inputs_give_the_limits_without_a_warning(name, dtype):
    z = np.array([[-1e4, 1e4]])
    h, dz = run_layer(name, z, np.ones_like(z), dtype=dtype)
    np.testing.assert_allclose(h, reference.activate(name, z), rtol=1e-6)
    np.testing.assert_allclose(dz, reference.slope(name, z), rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_a_nan_is_not_hidden(name):
    rows = 2 if name == "maxout" else 1
    h, _ = run_layer(name, np.full((rows, 1), np.nan), np.ones((1, 1)), rows, np.float32)
    assert np.isnan(h).all()


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_slope_of_outputs_for_diagnostics_agrees_with_the_slope(name):
    z = np.array([-2.0, -0.5, 0.0, 0.5, 2.0])
    h = reference.activate(name, z)
    np.testing.assert_allclose(ACTIVATIONS[name].slope_of(h), reference.slope(name, z), rtol=1e-12)


def test_gains_keep_the_mean_square_of_normal_inputs():
    z = np.random.default_rng(0).standard_normal(400_000)
    for name in ("relu", "leaky_relu", "identity"):
        spread = ACTIVATIONS[name].gain ** 2 * np.mean(reference.activate(name, z) ** 2)
        assert spread == pytest.approx(1.0, abs=0.01)  # the mean of 400,000 draws is off by some 0.003


def test_gains_are_the_papers():
    """[He et al. 2015, eqs. 10 and 15]"""
    expected = {"relu": 2**0.5, "leaky_relu": (2 / (1 + 0.01**2)) ** 0.5}
    for name, entry in ACTIVATIONS.items():
        assert entry.gain == pytest.approx(expected.get(name, 1.0), rel=1e-15)


def test_unknown_names_list_the_allowed_ones():
    with pytest.raises(InvalidInput, match="unknown activation: swish. Use one of relu, leaky_relu, maxout"):
        activation_named("swish")
