"""The update rules: how the gradient g moves the parameters w. Each is a tape over the memory's rows, never over
layers.

g stands for the gradient of data loss and regularization together; lr is the learning rate, which may decay.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnlab.engine.buffers.cache_lines import lined_up_like
from nnlab.engine.buffers.memory import Memory
from nnlab.engine.buffers.tape import Floats, Rate, Tape, assign, call, constant
from nnlab.errors import InvalidInput

LINEAR_ROWS = ("penalty", "velocity", "params", "gradient")
ADAPTIVE_ROWS = ("second", "velocity", "params", "squares", "total", "gradient", "penalty")

ADAGRAD_EPS = 1e-8
RMSPROP_DECAY, RMSPROP_EPS = 0.99, 1e-8  # [CS231n nn-3 #ada] gives 0.99 as typical
ADADELTA_RHO, ADADELTA_EPS = 0.95, 1e-6  # [Zeiler 2012, section 4]
ADAM_BETA1, ADAM_BETA2, ADAM_EPS = 0.9, 0.999, 1e-8  # [Kingma & Ba 2015, alg. 1]

Factors = tuple[tuple[float, ...], ...]
SetRate = Callable[[Rate, int], None]


@dataclass(frozen=True, slots=True)
class Penalty:
    """The gradient of the regularization loss: the calls that write it into memory.penalty; none without one.

    `linear` (P,) are the coefficients l2 where it is nothing but l2 * w.
    """

    tape: Tape
    linear: Floats | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """The calls of one update, and `set_rate(lr, t)` to write the constants of its t-th step, from 1, into them.

    `renews_penalty`: the update leaves the penalty of the new parameters, so only the first step must write it.
    """

    tape: Tape
    set_rate: SetRate
    renews_penalty: bool = False


@dataclass(frozen=True, slots=True)
class Optimizer:
    """An entry of the menu. `varies` means that constants depend on t, so set_rate comes before every step;
    `formula` is LaTeX, a line an assignment.
    """

    label: str
    help: str
    formula: str
    rows: tuple[str, ...]
    update: Callable[[Memory, float, Penalty], Update]
    varies: bool = False
    uses_momentum: bool = False


def sgd(memory: Memory, momentum: float, penalty: Penalty) -> Update:
    """v <- -lr g;  w <- w + v: momentum is ignored.  [CS231n nn-3 #sgd]"""
    return momentum_update(memory, 0.0, penalty)


def momentum_update(memory: Memory, momentum: float, penalty: Penalty) -> Update:
    """v <- mu v - lr g;  w <- w + v.  [CS231n nn-3 #sgd]"""
    mu = momentum
    if memory.small:
        return _as_product(memory, penalty, lambda lr: ((-lr, mu, 0.0, -lr), (-lr, mu, 1.0, -lr)))
    v, w, move = memory.velocity, memory.params, memory.penalty
    decay, rate = constant(mu, w.dtype), memory.constants()
    tape: Tape = [
        call(np.multiply, v, decay, v),
        *_scaled_gradient(memory, penalty, rate),
        call(np.subtract, v, move, v),
        call(np.add, w, v, w),
    ]
    return Update(tape, lambda lr, age: _write(rate, lr))


def nesterov(memory: Memory, momentum: float, penalty: Penalty) -> Update:
    """v' <- mu v - lr g;  w <- w + (1 + mu) v' - mu v.  [Bengio et al. 2012; CS231n nn-3 #sgd]

    Written out for the product, w <- w + mu^2 v - (1 + mu) lr g.
    """
    mu, ahead = momentum, 1.0 + momentum
    if memory.small:
        return _as_product(memory, penalty, lambda lr: ((-lr, mu, 0.0, -lr), (-ahead * lr, mu * mu, 1.0, -ahead * lr)))
    v, w, move = memory.velocity, memory.params, memory.penalty
    decay, look_ahead = constant(mu, w.dtype), constant(ahead, w.dtype)
    rate = memory.constants()
    tape: Tape = [
        call(np.multiply, v, decay, v),
        call(np.subtract, w, v, w),
        *_scaled_gradient(memory, penalty, rate),
        call(np.subtract, v, move, v),
        call(np.multiply, v, look_ahead, move),
        call(np.add, w, move, w),
    ]
    return Update(tape, lambda lr, age: _write(rate, lr))


def _scaled_gradient(memory: Memory, penalty: Penalty, rate: Floats) -> Tape:
    """penalty <- lr * (data gradient + penalty)."""
    g, move = memory.gradient, memory.penalty
    if not penalty.tape:
        return [call(np.multiply, g, rate, move)]
    return [call(np.add, g, move, move), call(np.multiply, move, rate, move)]


def _as_product(memory: Memory, penalty: Penalty, factors: Callable[[float], Factors]) -> Update:
    """(v, w) <- factors @ (penalty, v, w, data gradient): an update linear in its terms as one small product.

    Two calls instead of five: 1.6 against 2.5 us at 122 parameters, even at 2,000, slower beyond. A linear penalty is
    renewed on the way: of (w, v, w) by the product, the first row times its coefficients is the next step's penalty.
    """
    first = 0 if penalty.tape else 1
    renewed = penalty.linear is not None
    terms, target = memory.rows[first:], memory.rows[0 if renewed else 1 : 3]
    matrix = np.zeros((len(target), len(terms)), terms.dtype)
    moved = np.empty_like(target)
    write = assign(target, moved)
    if renewed:
        coefficients = np.ones_like(target)
        coefficients[0] = penalty.linear
        write = call(np.multiply, moved, coefficients, target)

    def set_rate(rate: Rate, age: int) -> None:
        v, w = np.array(factors(float(rate)))[:, first:]
        matrix[...] = (w, v, w) if renewed else (v, w)

    return Update([call(matrix.dot, terms, moved), write], set_rate, renewed)


def _write(target: Floats, value: Rate) -> None:
    target[...] = value


def adagrad(memory: Memory, momentum: float, penalty: Penalty) -> Update:
    """c <- c + g^2;  w <- w - lr g / (sqrt(c) + eps).  [Duchi et al. 2011]"""
    c, squares, g = memory.row("second"), memory.row("squares"), memory.row("total")
    gather: Tape = [call(np.square, g, squares), call(np.add, c, squares, c)]
    return _scaled_step(memory, penalty, gather, ADAGRAD_EPS)


def rmsprop(memory: Memory, momentum: float, penalty: Penalty) -> Update:
    """c <- decay c + (1 - decay) g^2;  w <- w - lr g / (sqrt(c) + eps).  [Tieleman & Hinton 2012, lecture 6.5]"""
    c, squares, g = memory.row("second"), memory.row("squares"), memory.row("total")
    decay, rest = constant(RMSPROP_DECAY, g.dtype), constant(1.0 - RMSPROP_DECAY, g.dtype)
    gather: Tape = [
        call(np.square, g, squares),
        call(np.multiply, squares, rest, squares),
        call(np.multiply, c, decay, c),
        call(np.add, c, squares, c),
    ]
    return _scaled_step(memory, penalty, gather, RMSPROP_EPS)


def _scaled_step(memory: Memory, penalty: Penalty, gather: Tape, epsilon: float) -> Update:
    """w <- w - lr g / (sqrt(c) + eps), after `gather` has brought c up to date."""
    c, w, scratch, g = memory.row("second"), memory.params, memory.row("squares"), memory.row("total")
    rate, eps = memory.constants(), constant(epsilon, g.dtype)
    tape: Tape = [
        *_total_gradient(memory, penalty),
        *gather,
        call(np.sqrt, c, scratch),
        call(np.add, scratch, eps, scratch),
        call(np.divide, g, scratch, scratch),
        call(np.multiply, scratch, rate, scratch),
        call(np.subtract, w, scratch, w),
    ]
    return Update(tape, lambda lr, age: _write(rate, lr))


def adadelta(memory: Memory, momentum: float, penalty: Penalty) -> Update:
    """c <- rho c + (1 - rho) g^2;  d = g sqrt(u + eps) / sqrt(c + eps);  u <- rho u + (1 - rho) d^2;  w <- w - lr d.

    [Zeiler 2012, alg. 1]. The paper has no learning rate; ours multiplies the step, 1 being the paper's.
    """
    c, u, w, d, g = (memory.row(name) for name in ("second", "velocity", "params", "squares", "total"))
    rate, eps = memory.constants(), constant(ADADELTA_EPS, g.dtype)
    rho, rest = constant(ADADELTA_RHO, g.dtype), constant(1.0 - ADADELTA_RHO, g.dtype)
    scratch = lined_up_like(g)
    tape: Tape = [
        *_total_gradient(memory, penalty),
        call(np.square, g, scratch),
        call(np.multiply, scratch, rest, scratch),
        call(np.multiply, c, rho, c),
        call(np.add, c, scratch, c),
        call(np.add, u, eps, d),
        call(np.add, c, eps, scratch),
        call(np.divide, d, scratch, d),
        call(np.sqrt, d, d),
        call(np.multiply, d, g, d),
        call(np.square, d, scratch),
        call(np.multiply, scratch, rest, scratch),
        call(np.multiply, u, rho, u),
        call(np.add, u, scratch, u),
        call(np.multiply, d, rate, d),
        call(np.subtract, w, d, w),
    ]
    return Update(tape, lambda lr, age: _write(rate, lr))


def adam(memory: Memory, momentum: float, penalty: Penalty) -> Update:
    """m <- b1 m + (1 - b1) g;  v <- b2 v + (1 - b2) g^2;  w <- w - lr m' / (sqrt(v') + eps).  [Kingma & Ba 2015, alg.
    1]

    m' = m / (1 - b1^t) and v' = v / (1 - b2^t) correct the bias of the zero start. Both corrections go into two
    numbers: with c = sqrt(1 - b2^t), the step is lr c / (1 - b1^t) times m / (sqrt(v) + c eps).
    """
    moments, fresh = memory.rows[:2], memory.rows[3:5]  # (v, m) and (g^2, total g)
    v, m, w, scratch, g = (memory.row(name) for name in ADAPTIVE_ROWS[:5])
    betas = np.array([[ADAM_BETA2], [ADAM_BETA1]], g.dtype)
    rests = np.array([[1.0 - ADAM_BETA2], [1.0 - ADAM_BETA1]], g.dtype)
    rate, eps = memory.constants(), constant(0.0, g.dtype)
    tape: Tape = [
        *_total_gradient(memory, penalty),
        call(np.square, g, scratch),
        call(np.multiply, fresh, rests, fresh),
        call(np.multiply, moments, betas, moments),
        call(np.add, moments, fresh, moments),
        call(np.sqrt, v, scratch),
        call(np.add, scratch, eps, scratch),
        call(np.divide, m, scratch, scratch),
        call(np.multiply, scratch, rate, scratch),
        call(np.subtract, w, scratch, w),
    ]

    def set_rate(lr: Rate, age: int) -> None:
        correction = math.sqrt(1.0 - ADAM_BETA2**age)
        rate[...] = lr * (correction / (1.0 - ADAM_BETA1**age))
        eps.fill(ADAM_EPS * correction)

    return Update(tape, set_rate)


def _total_gradient(memory: Memory, penalty: Penalty) -> Tape:
    """total <- data gradient + penalty."""
    g, total = memory.gradient, memory.row("total")
    return [call(np.add, g, memory.penalty, total) if penalty.tape else assign(total, g)]


OPTIMIZERS: dict[str, Optimizer] = {
    "sgd": Optimizer("SGD", "A step straight down the gradient g.", r"w \leftarrow w - \eta g", LINEAR_ROWS, sgd),
    "momentum": Optimizer(
        "Momentum",
        "A ball that gathers speed v downhill.",
        r"v \leftarrow \mu v - \eta g \\ w \leftarrow w + v",
        LINEAR_ROWS,
        momentum_update,
        uses_momentum=True,
    ),
    "nesterov": Optimizer(
        "Nesterov momentum",
        "Momentum that looks ahead before it turns.",
        r"v' = \mu v - \eta g \\ w \leftarrow w + (1 + \mu) v' - \mu v",
        LINEAR_ROWS,
        nesterov,
        uses_momentum=True,
    ),
    "adagrad": Optimizer(
        "Adagrad",
        "Steps shrink where gradients have been large.",
        r"c \leftarrow c + g^2 \\ w \leftarrow w - \frac{\eta g}{\sqrt{c} + 10^{-8}}",
        ADAPTIVE_ROWS,
        adagrad,
    ),
    "rmsprop": Optimizer(
        "RMSprop",
        "Adagrad that forgets.",
        r"c \leftarrow 0.99 c + 0.01 g^2 \\ w \leftarrow w - \frac{\eta g}{\sqrt{c} + 10^{-8}}",
        ADAPTIVE_ROWS,
        rmsprop,
    ),
    "adadelta": Optimizer(
        "Adadelta",
        "Measures each step by the steps before it; use a learning rate near 1.",
        r"c \leftarrow 0.95 c + 0.05 g^2 \\ d = g \frac{\sqrt{u + 10^{-6}}}{\sqrt{c + 10^{-6}}} \\ "
        r"u \leftarrow 0.95 u + 0.05 d^2 \\ w \leftarrow w - \eta d",
        ADAPTIVE_ROWS,
        adadelta,
    ),
    "adam": Optimizer(
        "Adam",
        "RMSprop with momentum: m and v are running means of g and of its square, corrected for starting at zero.",
        r"m \leftarrow 0.9 m + 0.1 g \\ v \leftarrow 0.999 v + 0.001 g^2 \\ "
        r"\hat{m} = \frac{m}{1 - 0.9^t} \\ \hat{v} = \frac{v}{1 - 0.999^t} \\ "
        r"w \leftarrow w - \frac{\eta \hat{m}}{\sqrt{\hat{v}} + 10^{-8}}",
        ADAPTIVE_ROWS,
        adam,
        varies=True,
    ),
}


def optimizer_named(name: str) -> Optimizer:
    """Return the menu's entry; raise InvalidInput with the allowed names."""
    if name not in OPTIMIZERS:
        raise InvalidInput(f"unknown optimizer: {name}. Use one of {', '.join(OPTIMIZERS)}.")
    return OPTIMIZERS[name]
