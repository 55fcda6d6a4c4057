"""The inputs a network can be given: functions of the plane's coordinates x and y."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.errors import InvalidInput

Float64s = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class InputFeature:
    """An entry of the menu: a function of the arrays x and y, of any shape.

    `python` says the same in a script that has NumPy as np; `onnx` is an operator with its operands.
    """

    label: str
    help: str
    of: Callable[[Float64s, Float64s], Float64s]
    python: str
    onnx: tuple[str, tuple[str, ...]]


INPUTS: dict[str, InputFeature] = {
    "x": InputFeature("x", "The horizontal coordinate x.", lambda x, y: x, "x", ("Identity", ("x",))),
    "y": InputFeature("y", "The vertical coordinate y.", lambda x, y: y, "y", ("Identity", ("y",))),
    "x^2": InputFeature(
        "x²",
        "x squared: lets one layer draw a boundary that bends left and right.",
        lambda x, y: x * x,
        "x * x",
        ("Mul", ("x", "x")),
    ),
    "y^2": InputFeature(
        "y²",
        "y squared: lets one layer draw a boundary that bends up and down.",
        lambda x, y: y * y,
        "y * y",
        ("Mul", ("y", "y")),
    ),
    "x*y": InputFeature(
        "xy",
        "x times y: positive in two opposite quadrants, so it solves XOR alone.",
        lambda x, y: x * y,
        "x * y",
        ("Mul", ("x", "y")),
    ),
    "sin(x)": InputFeature(
        "sin(x)", "The sine of x: stripes from left to right.", lambda x, y: np.sin(x), "np.sin(x)", ("Sin", ("x",))
    ),
    "sin(y)": InputFeature(
        "sin(y)", "The sine of y: stripes from bottom to top.", lambda x, y: np.sin(y), "np.sin(y)", ("Sin", ("y",))
    ),
}


def input_rows(inputs: tuple[str, ...], coordinates: Float64s) -> Float64s:
    """Return the features of coordinates (N, 2) as rows (D + 1, N), the last row being ones for the biases."""
    x, y = coordinates[:, 0], coordinates[:, 1]
    rows = np.ones((len(inputs) + 1, len(coordinates)))
    for row, name in zip(rows, inputs, strict=False):
        row[...] = input_named(name).of(x, y)
    return rows


def input_named(name: str) -> InputFeature:
    """Return the menu's entry; raise InvalidInput with the allowed names."""
    if name not in INPUTS:
        raise InvalidInput(f"unknown input: {name}. Use any of {', '.join(INPUTS)}.")
    return INPUTS[name]
