"""The activation functions f: how h = f(z) is computed, and how its gradient comes back.

Forward and backward read the derivative off the output h, so z is overwritten by h, and dh by dz. Only maxout, which
has several z for one h, keeps them apart. Each kernel returns a tape: one call a line, one term of the formula a call.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.buffers.cache_lines import lined_up_like
from nnlab.engine.buffers.tape import Floats, Tape, call, constant, maximum
from nnlab.errors import InvalidInput

LEAKY_SLOPE = 0.01  # [CS231n nn-1 #actfun]: "a small negative slope (of 0.01, or so)"


@dataclass(frozen=True, slots=True)
class LayerBuffers:
    """The arrays of one layer for N examples, a row per unit. z is h and dz is dh, except in a maxout layer.

    z, dz (pieces * H, N); h, dh, slope (H, N), slope being f'(z) once its tape has run; zeros (H, N), never written.
    """

    z: Floats
    h: Floats
    dh: Floats
    dz: Floats
    slope: Floats
    zeros: Floats


@dataclass(frozen=True, slots=True)
class SlopeBuffers:
    """h, slope and zeros (rows, N) of one layer, or of several of one activation whose arrays lie one after another.

    One call for all of them costs a small network less; rows of ones between the layers do no harm.
    """

    h: Floats
    slope: Floats
    zeros: Floats


@dataclass(frozen=True, slots=True)
class Activation:
    """An entry of the menu. `gain` multiplies the spread of the starting weights; `slope_of` is f'(z) for diagnostics;
    `formula` is LaTeX; `python` is f of an array z, for a script that has NumPy as np; `onnx` is an operator with its
    attributes; `saturates`: it has two flat ends.

    forward: h from z. slopes: f'(z) from h; `in_place` means that slope may be h's own memory. backward: dz from dh and
    slope.
    """

    label: str
    help: str
    formula: str
    python: str
    onnx: tuple[str, dict[str, float]]
    gain: float
    forward: Callable[[LayerBuffers], Tape]
    slopes: Callable[[SlopeBuffers], Tape]
    backward: Callable[[LayerBuffers], Tape]
    slope_of: Callable[[Floats], Floats]
    in_place: bool = False
    saturates: bool = False


def no_calls(buffers: LayerBuffers | SlopeBuffers) -> Tape:
    """Nothing to do: of identity z and h, dh and dz share their memory."""
    return []


def times_slope(layer: LayerBuffers) -> Tape:
    """dz <- dh * f'(z)."""
    return [call(np.multiply, layer.dh, layer.slope, layer.dz)]


def relu_forward(layer: LayerBuffers) -> Tape:
    """h <- max(0, z).  [CS231n nn-1 #actfun]"""
    return [maximum(layer.z, layer.zeros, layer.h)]  # an array of zeros: 2-4 times faster than a 0


def relu_slopes(layer: SlopeBuffers) -> Tape:
    """slope <- 1 where h > 0, else 0, so the left slope at the kink z = 0; as integers.

    Read as an integer, a positive float is positive and +0.0 is 0, so min(bits, 1) is the slope, and multiplying the
    bits of dh by it keeps or clears them (-0.0 clears too: at most the sign bit survives). Slopes and backward
    together: 0.53 us against 1.01 us with a comparison at (6, 10), 3.2 against 5.0 us at (64, 300).
    """
    bits = _as_integers(layer.h)
    ones = lined_up_like(bits, 1)
    return [call(np.fmin, bits, ones, _as_integers(layer.slope))]  # of integers the same as np.minimum


def relu_backward(layer: LayerBuffers) -> Tape:
    """dz <- dh * f'(z), on the bits of dh."""
    return [call(np.multiply, _as_integers(layer.dh), _as_integers(layer.slope), _as_integers(layer.dz))]


def _as_integers(array: Floats) -> NDArray[np.signedinteger]:
    return array.view(np.dtype(f"i{array.itemsize}"))


def leaky_relu_forward(layer: LayerBuffers) -> Tape:
    """h <- max(z, slope * z).  [CS231n nn-1 #actfun]

    The max picks the right line by itself because 0 < slope < 1.
    """
    slope = constant(LEAKY_SLOPE, layer.h.dtype)
    return [call(np.multiply, layer.z, slope, layer.slope), maximum(layer.z, layer.slope, layer.h)]


def leaky_relu_slopes(layer: SlopeBuffers) -> Tape:
    """slope <- 1 where h > 0, else 0.01: h and z have the same sign, so h is enough.

    At the kink z = 0 we use the left slope, in line with ReLU.
    """
    slopes = lined_up_like(layer.h, LEAKY_SLOPE)
    return [
        call(np.greater, layer.h, layer.zeros, layer.slope),  # 1 where active, else 0
        maximum(layer.slope, slopes, layer.slope),
    ]


def tanh_forward(layer: LayerBuffers) -> Tape:
    """h <- tanh(z).  [CS231n nn-1 #actfun]"""
    return [call(np.tanh, layer.z, layer.h)]


def tanh_slopes(layer: SlopeBuffers) -> Tape:
    """slope <- 1 - h * h."""
    one = constant(1.0, layer.h.dtype)
    return [call(np.square, layer.h, layer.slope), call(np.subtract, one, layer.slope, layer.slope)]


def sigmoid_forward(layer: LayerBuffers) -> Tape:
    """h <- 1 / (1 + exp(-z)), computed as 0.5 * tanh(0.5 * z) + 0.5, which cannot overflow.  [CS231n nn-1 #actfun]"""
    half = constant(0.5, layer.h.dtype)
    return [
        call(np.multiply, layer.z, half, layer.h),
        call(np.tanh, layer.h, layer.h),
        call(np.multiply, layer.h, half, layer.h),
        call(np.add, layer.h, half, layer.h),
    ]


def sigmoid_slopes(layer: SlopeBuffers) -> Tape:
    """slope <- h * (1 - h)."""
    one = constant(1.0, layer.h.dtype)
    return [call(np.subtract, one, layer.h, layer.slope), call(np.multiply, layer.slope, layer.h, layer.slope)]


def pieces_of(z: Floats, h: Floats) -> list[Floats]:
    """Return maxout's z as one (H, N) view a piece."""
    units = len(h)
    return [z[start : start + units] for start in range(0, len(z), units)]


def maxout_forward(layer: LayerBuffers) -> Tape:
    """h <- max over the pieces j of z_j.  [Goodfellow et al. 2013; CS231n nn-1 #actfun]"""
    first, second, *others = pieces_of(layer.z, layer.h)
    tape: Tape = [maximum(first, second, layer.h)]
    return tape + [maximum(layer.h, piece, layer.h) for piece in others]


def maxout_backward(layer: LayerBuffers) -> Tape:
    """dz_j <- dh where piece j is the largest, 0 elsewhere; the first of equal pieces takes it all.

    dh is handed down the pieces: each takes what is left where it equals the maximum, the last one takes the rest. The
    slope's memory holds each piece's 0 or 1 in turn.
    """
    *pieces, _ = pieces_of(layer.z, layer.h)
    *gradients, last = pieces_of(layer.dz, layer.h)
    tape: Tape = []
    left = layer.dh
    for piece, gradient in zip(pieces, gradients, strict=True):
        tape += [
            call(np.equal, piece, layer.h, layer.slope),  # 1 where this piece is the maximum, else 0
            call(np.multiply, left, layer.slope, gradient),
            call(np.subtract, left, gradient, last),
        ]
        left = last
    return tape


ACTIVATIONS: dict[str, Activation] = {
    "relu": Activation(
        label="ReLU",
        help="Off below zero, a straight line above; quick to train, but a unit can die.",
        formula=r"f(z) = \max(0, z)",
        python="np.maximum(z, 0)",
        onnx=("Relu", {}),
        gain=math.sqrt(2.0),  # half of the outputs are zero, so twice the variance [He et al. 2015]
        forward=relu_forward,
        slopes=relu_slopes,
        backward=relu_backward,
        slope_of=lambda h: (h > 0).astype(h.dtype),
        in_place=True,
    ),
    "leaky_relu": Activation(
        label="Leaky ReLU",
        help="A ReLU that lets a little gradient through below zero, so it cannot die.",
        formula=r"f(z) = \max(0.01 z, z)",
        python=f"np.maximum(z, {LEAKY_SLOPE} * z)",
        onnx=("LeakyRelu", {"alpha": LEAKY_SLOPE}),
        gain=math.sqrt(2.0 / (1.0 + LEAKY_SLOPE**2)),  # [He et al. 2015, eq. 15]
        forward=leaky_relu_forward,
        slopes=leaky_relu_slopes,
        backward=times_slope,
        slope_of=lambda h: np.where(h > 0, 1.0, LEAKY_SLOPE).astype(h.dtype),
    ),
    "maxout": Activation(
        label="Maxout",
        help="The largest of several linear functions of the inputs: cannot die or saturate; more parameters.",
        formula=r"h = \max_k (w_k \cdot x + b_k)",
        python="z.max(axis=0)",  # z has one more axis in front, the pieces
        onnx=("Max", {}),  # over the pieces
        gain=1.0,
        forward=maxout_forward,
        slopes=no_calls,
        backward=maxout_backward,
        slope_of=np.ones_like,
    ),
    "tanh": Activation(
        label="tanh",
        help="From -1 to 1 and centred on zero; flat at both ends, where it saturates.",
        formula=r"f(z) = \tanh(z) = \frac{e^z - e^{-z}}{e^z + e^{-z}}",
        python="np.tanh(z)",
        onnx=("Tanh", {}),
        gain=1.0,
        forward=tanh_forward,
        slopes=tanh_slopes,
        backward=times_slope,
        slope_of=lambda h: 1.0 - h * h,
        in_place=True,
        saturates=True,
    ),
    "sigmoid": Activation(
        label="Sigmoid",
        help="From 0 to 1; saturates and is not centred on zero, so it trains slowly.",
        formula=r"f(z) = \frac{1}{1 + e^{-z}}",
        python="0.5 + 0.5 * np.tanh(0.5 * z)",
        onnx=("Sigmoid", {}),
        gain=1.0,
        forward=sigmoid_forward,
        slopes=sigmoid_slopes,
        backward=times_slope,
        slope_of=lambda h: h * (1.0 - h),
        saturates=True,
    ),
    "identity": Activation(
        label="Identity",
        help="No bend at all, so layers of it together are still one linear classifier.",
        formula=r"f(z) = z",
        python="z",
        onnx=("Identity", {}),
        gain=1.0,
        forward=no_calls,
        slopes=no_calls,
        backward=no_calls,
        slope_of=np.ones_like,
    ),
}


def activation_named(name: str) -> Activation:
    """Return the menu's entry; raise InvalidInput with the allowed names."""
    if name not in ACTIVATIONS:
        raise InvalidInput(f"unknown activation: {name}. Use one of {', '.join(ACTIVATIONS)}.")
    return ACTIVATIONS[name]
