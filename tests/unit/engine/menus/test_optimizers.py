import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.engine.buffers.memory import PRODUCT_LIMIT, Memory
from nnlab.engine.buffers.tape import call, replay
from nnlab.engine.menus.optimizers import OPTIMIZERS, Penalty, optimizer_named
from nnlab.errors import InvalidInput
from tests import reference
from tests.formulas import evaluate
from tests.searching import examples

RATE, MOMENTUM = 0.05, 0.8


def take_steps(name, gradients, penalties=None, count=4, own_rates=False, rates=RATE):
    """Parameters after each step, for gradients given a step at a time."""
    memory = Memory(OPTIMIZERS[name].rows, count, np.float64, own_rates=own_rates)
    memory.params[...] = np.linspace(-1, 1, count)
    penalty = Penalty([call(len, "a tape that is not empty")] if penalties is not None else [])
    update = OPTIMIZERS[name].update(memory, MOMENTUM, penalty)
    seen = []
    for step, gradient in enumerate(gradients):
        memory.gradient[...] = gradient
        if penalties is not None:
            memory.penalty[...] = penalties[step]
        update.set_rate(rates, step + 1)
        replay(update.tape)
        seen.append(memory.params.copy())
    return seen


def by_the_book(name, gradients, count=4, rates=RATE):
    w, state, seen = np.linspace(-1, 1, count), {}, []
    for step, gradient in enumerate(gradients, start=1):
        w = reference.update(name, w, gradient, state, lr=rates, mu=MOMENTUM, t=step)
        seen.append(w)
    return seen


@pytest.mark.parametrize("count", [4, PRODUCT_LIMIT + 1])
@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_fifty_steps_are_the_papers_formula(name, count):
    gradients = np.random.default_rng(1).standard_normal((50, count))
    np.testing.assert_allclose(
        take_steps(name, gradients, count=count), by_the_book(name, gradients, count), rtol=1e-12, atol=1e-12
    )


@pytest.mark.parametrize("count", [4, PRODUCT_LIMIT + 1])
@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_the_penalty_is_a_part_of_the_gradient(name, count):
    rng = np.random.default_rng(2)
    gradients, penalties = rng.standard_normal((2, 12, count))
    np.testing.assert_allclose(
        take_steps(name, gradients, penalties, count), by_the_book(name, gradients + penalties, count),
        rtol=1e-12, atol=1e-12,
    )  # fmt: skip


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_each_parameter_may_have_its_own_learning_rate(name):
    gradients = np.random.default_rng(3).standard_normal((9, 4))
    rates = np.array([0.1, 0.01, 0.2, 0.0])
    np.testing.assert_allclose(
        take_steps(name, gradients, own_rates=True, rates=rates), by_the_book(name, gradients, rates=rates), atol=1e-12
    )


@given(st.floats(1e-3, 1e3), st.sampled_from([-1.0, 1.0]))
@examples(30)
def test_adams_first_step_is_one_learning_rate(size, sign):
    moved = take_steps("adam", [np.full(4, sign * size)])[0] - np.linspace(-1, 1, 4)
    np.testing.assert_allclose(moved, -sign * RATE, rtol=1e-4)  # epsilon is 1e-8 of 1e-3


@pytest.mark.parametrize("name", ["adagrad"])
def test_adagrads_first_step_is_one_learning_rate(name):
    moved = take_steps(name, [np.full(4, 7.0)])[0] - np.linspace(-1, 1, 4)
    np.testing.assert_allclose(moved, -RATE, rtol=1e-8)


def test_rmsprops_first_step_is_ten_learning_rates_for_want_of_bias_correction():
    moved = take_steps("rmsprop", [np.full(4, 7.0)])[0] - np.linspace(-1, 1, 4)
    np.testing.assert_allclose(moved, -10 * RATE, rtol=1e-7)


def test_sgd_ignores_momentum():
    gradients = np.ones((3, 4))
    np.testing.assert_allclose(take_steps("sgd", gradients)[2] - np.linspace(-1, 1, 4), -3 * RATE, rtol=1e-12)


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_every_optimizer_goes_downhill_on_a_parabola(name):
    memory = Memory(OPTIMIZERS[name].rows, 3, np.float64)
    memory.params[...] = [1.0, -2.0, 0.5]
    update = OPTIMIZERS[name].update(memory, 0.5, Penalty([]))
    for step in range(300):
        memory.gradient[...] = memory.params
        update.set_rate(1.0 if name == "adadelta" else 0.05, step + 1)
        replay(update.tape)
    assert (np.abs(memory.params) < [1.0, 2.0, 0.5]).all()


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_the_formula_on_screen_is_the_rule(name):
    """Five updates of one parameter, by the engine and by the LaTeX of the menu."""
    memory = Memory(OPTIMIZERS[name].rows, 1, np.float64)
    update = OPTIMIZERS[name].update(memory, 0.9, Penalty([]))
    shown = dict.fromkeys("cumv", 0.0) | {"w": 1.0, "eta": 0.05, "mu": 0.9}
    memory.params[...] = 1.0
    for step in range(1, 6):
        memory.gradient[...] = 1.5 * memory.params + 0.25
        shown = evaluate(OPTIMIZERS[name].formula, shown | {"g": 1.5 * shown["w"] + 0.25, "t": step})
        shown["v"] = shown.pop("v_new", shown["v"])
        update.set_rate(0.05, step)
        replay(update.tape)
        assert memory.params[0] == pytest.approx(shown["w"], rel=1e-12)


def test_unknown_names_list_the_allowed_ones():
    with pytest.raises(InvalidInput, match="unknown optimizer: lion. Use one of sgd, momentum"):
        optimizer_named("lion")


@pytest.mark.parametrize("name", ["sgd", "momentum", "nesterov"])
def test_an_update_renews_a_linear_penalty(name):
    count = 6
    memory = Memory(OPTIMIZERS[name].rows, count, np.float64)
    l2 = np.array([0.3, 0.3, 0.0, 0.3, 0.0, 0.1])  # none for biases
    memory.params[...] = np.linspace(-1, 1, count)
    memory.penalty[...] = l2 * memory.params
    update = OPTIMIZERS[name].update(memory, MOMENTUM, Penalty([call(len, "any")], l2))
    assert update.renews_penalty
    update.set_rate(RATE, 1)
    w, state = memory.params.copy(), {}
    for step, gradient in enumerate(np.random.default_rng(3).standard_normal((20, count)), start=1):
        memory.gradient[...] = gradient
        replay(update.tape)
        w = reference.update(name, w, gradient + l2 * w, state, lr=RATE, mu=MOMENTUM, t=step)
        np.testing.assert_allclose(memory.params, w, rtol=1e-12)
        np.testing.assert_array_equal(memory.penalty, l2 * memory.params)
