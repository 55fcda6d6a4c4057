"""Ready-made data sets: shapes, drawn on a standard plane from -6 to 6 and then stretched onto the view, and tables of
measured data, which keep their units.

Noise is normal, in units of the standard plane's half width. A point that would leave the view is folded back at its
edge like a reflection, so every point lies inside for every noise and seed, and none pile up on the border.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.menus.tables import CARBON_DIOXIDE, IRIS, PENGUINS, SEA_TEMPERATURE, Table
from nnlab.engine.specs import Examples
from nnlab.errors import FieldError, InvalidInput

Float64s = NDArray[np.float64]
HALF = 6.0  # the standard plane is [-HALF, HALF] on both axes
EDGE = 5.85  # points are folded back here, so that their marks do not stick out of the view
NOISE_UNIT = 3.0  # noise 0.5 moves a point by 1.5 of 6, one standard deviation

Draw = Callable[[NDArray[np.int64], int, np.random.Generator], tuple[Float64s, Float64s]]


@dataclass(frozen=True, slots=True)
class Dataset:
    """An entry of the menu. draw(labels (N,), classes, generator) gives x and y (N,), or x and the target value.

    For surfaces `surface` gives the value at coordinates (N, 2). Measured data have a `table` and are not drawn.
    """

    label: str
    help: str
    draw: Draw | None = None
    tasks: tuple[str, ...] = ("classification",)
    min_classes: int = 2
    max_classes: int = 2
    surface: Callable[[Float64s], Float64s] | None = None
    table: Table | None = None


# Classes


def circle(labels: NDArray[np.int64], classes: int, rng: np.random.Generator) -> tuple[Float64s, Float64s]:
    """A disc and rings around it, one a class, with gaps between them."""
    width = 5.0 / classes
    inner = labels * width + np.where(labels > 0, 0.3 * width, 0.0)
    outer = (labels + 1) * width
    radius = np.sqrt(rng.uniform(inner**2, outer**2))  # even over the ring's area
    angle = rng.uniform(0.0, 2.0 * math.pi, len(labels))
    return radius * np.cos(angle), radius * np.sin(angle)


def xor(labels: NDArray[np.int64], classes: int, rng: np.random.Generator) -> tuple[Float64s, Float64s]:
    """Squares in the four quadrants; opposite ones have the same class."""
    x, y = rng.uniform(0.4, 5.0, (2, len(labels)))
    flip = rng.integers(0, 2, len(labels)) * 2 - 1
    return x * flip, y * flip * np.where(labels == 1, 1, -1)


def gauss(labels: NDArray[np.int64], classes: int, rng: np.random.Generator) -> tuple[Float64s, Float64s]:
    """Two normal clouds, lower left and upper right."""
    centre = np.where(labels == 1, 2.3, -2.3)
    x, y = centre + 0.8 * rng.standard_normal((2, len(labels)))
    return x, y


def spiral(labels: NDArray[np.int64], classes: int, rng: np.random.Generator) -> tuple[Float64s, Float64s]:
    """One arm a class, winding out from the centre by 1.25 turns."""
    along = rng.uniform(0.05, 1.0, len(labels))
    angle = along * 2.5 * math.pi + labels * 2.0 * math.pi / classes
    return 5.0 * along * np.sin(angle), 5.0 * along * np.cos(angle)


def moons(labels: NDArray[np.int64], classes: int, rng: np.random.Generator) -> tuple[Float64s, Float64s]:
    """Two half circles that reach into each other."""
    angle = rng.uniform(0.0, math.pi, len(labels))
    upper = labels == 0
    x = np.where(upper, np.cos(angle) - 0.5, 0.5 - np.cos(angle))
    y = np.where(upper, np.sin(angle) - 0.25, 0.25 - np.sin(angle))
    return 3.2 * x, 3.2 * y


def blobs(labels: NDArray[np.int64], classes: int, rng: np.random.Generator) -> tuple[Float64s, Float64s]:
    """One normal cloud a class, on a circle."""
    angle = 2.0 * math.pi * labels / classes + math.pi / 4
    spread = 0.55 * rng.standard_normal((2, len(labels)))
    return 3.6 * np.cos(angle) + spread[0], 3.6 * np.sin(angle) + spread[1]


def anywhere(labels: NDArray[np.int64], classes: int, rng: np.random.Generator) -> tuple[Float64s, Float64s]:
    """Points all over the plane, whatever their class: nothing but chance joins a place and its label."""
    x, y = rng.uniform(-EDGE, EDGE, (2, len(labels)))
    return x, y


# Curves: x even over the plane, the target is a function of it


def curve(function: Callable[[Float64s], Float64s]) -> Draw:
    """Return the draw of points on a curve."""

    def draw(labels: NDArray[np.int64], classes: int, rng: np.random.Generator) -> tuple[Float64s, Float64s]:
        cell = np.arange(len(labels)) + rng.uniform(0.0, 1.0, len(labels))  # one point in each of N equal parts
        x = -EDGE + 2.0 * EDGE * cell / len(labels)
        return x, function(x)

    return draw


def steps_curve(x: Float64s) -> Float64s:
    """Four levels."""
    return np.select([x < -3.0, x < 0.0, x < 3.0], [-3.0, 1.5, -1.0], 3.0)


def bumps_curve(x: Float64s) -> Float64s:
    """A sum of indicator bumps, the note's universal approximator.  [CS231n nn-1 #power]"""
    return -2.0 + 4.0 * ((x > -4.0) & (x < -2.5)) + 2.5 * ((x > -0.5) & (x < 1.0)) + 5.0 * ((x > 3.0) & (x < 4.5))


# Surfaces: points even over the plane, the value is a function of both coordinates


def plane_surface(coordinates: Float64s) -> Float64s:
    """(x + y) / 12, from -1 to 1."""
    return np.asarray(coordinates.sum(axis=1) / (2.0 * HALF))


def multi_gauss_surface(coordinates: Float64s) -> Float64s:
    """Hills and hollows: normal bumps of height +1 and -1 at six centres."""
    centres = np.array([[-4, 2.5], [0, 2.5], [4, 2.5], [-4, -2.5], [0, -2.5], [4, -2.5]], dtype=np.float64)
    heights = np.array([1.0, -1.0, 1.0, -1.0, 1.0, -1.0])
    squares = ((coordinates[:, None, :] - centres) ** 2).sum(axis=2)
    return np.asarray(np.exp(-squares / 3.0) @ heights)


CURVE, SURFACE = ("curve_fitting",), ("surface_fitting",)
DATASETS: dict[str, Dataset] = {
    "circle": Dataset(
        "Circle", "A disc with a ring around it: no straight line can separate them.", circle, max_classes=8
    ),
    "xor": Dataset("XOR", "Four squares, opposite ones of the same class.", xor),
    "gauss": Dataset("Two clouds", "Two normal clouds: a linear classifier is enough.", gauss),
    "spiral": Dataset(
        "Spiral", "One arm a class, wound into each other: needs a network with room.", spiral, max_classes=8
    ),
    "moons": Dataset("Moons", "Two half circles that reach into each other.", moons),
    "blobs": Dataset("Blobs", "One cloud a class, on a circle.", blobs, max_classes=8),
    "random": Dataset(
        "Random",
        "Classes by chance: there is nothing to learn, only to remember. Watch the test points.",
        anywhere,
        max_classes=8,
    ),
    "x_sin_x": Dataset("x sin x", "The curve y = x sin(x).", curve(lambda x: x * np.sin(x)), CURVE),
    "sine": Dataset("Sine", "The curve y = 4 sin(x).", curve(lambda x: 4.0 * np.sin(x)), CURVE),
    "steps": Dataset("Steps", "Four levels with jumps between them.", curve(steps_curve), CURVE),
    "bumps": Dataset("Bumps", "Three bumps: the sum of indicator functions of the note.", curve(bumps_curve), CURVE),
    "plane": Dataset("Plane", "The tilted plane (x + y) / 12.", anywhere, SURFACE, surface=plane_surface),
    "multi_gauss": Dataset("Hills", "Three hills and three hollows.", anywhere, SURFACE, surface=multi_gauss_surface),
    "iris": Dataset(
        "Iris",
        "Length and width of the petals of 150 irises of three species, in cm.",
        min_classes=3,
        max_classes=3,
        table=IRIS,
    ),
    "penguins": Dataset(
        "Penguins",
        "Length and depth of the bills of 342 penguins of three species, in mm.",
        min_classes=3,
        max_classes=3,
        table=PENGUINS,
    ),
    "carbon_dioxide": Dataset(
        "CO₂",
        "Carbon dioxide in the air of Mauna Loa, week by week from 1999 to 2001: ppm above 370.",
        tasks=CURVE,
        table=CARBON_DIOXIDE,
    ),
    "sea_temperature": Dataset(
        "Sea",
        "The Pacific off Peru by month (x) and year (y): −1 stands for 18.5 °C, 1 for 29.5 °C.",
        tasks=SURFACE,
        table=SEA_TEMPERATURE,
    ),
}


def make_dataset(
    name: str,
    *,
    points: int,
    noise: float = 0.0,
    seed: int = 0,
    classes: int = 2,
    x_range: tuple[float, float] = (-HALF, HALF),
    y_range: tuple[float, float] = (-HALF, HALF),
    test_fraction: float = 0.0,
    balance: float = 1.0,
    shuffle: bool = True,
) -> Examples:
    """Return `points` examples, all inside the view, in an order shuffled by the seed, or sorted by label.

    noise 0..0.5; test_fraction 0..1 of each class is held out, chosen by the seed. Each class has `balance` (above 0 to
    1) times as many examples as the one before, and at least one; at 1 the labels are as even as can be.

    Of a table they are rows, chosen by the seed, all of them if it has no more; they lie where they were measured, and
    noise, balance and view do nothing.
    """
    dataset = dataset_named(name)
    _check_classes(name, dataset, classes)
    rng = np.random.default_rng(seed)
    classifies = "classification" in dataset.tasks
    if dataset.table is not None:
        coordinates, targets = _some_rows(dataset.table, points, rng)
        labels = targets.astype(np.int64) if classifies else np.zeros(len(targets), np.int64)
        return _in_order(coordinates, targets, labels, test_fraction=test_fraction, shuffle=shuffle, rng=rng)
    assert dataset.draw is not None, "missing draw"
    labels = draw_labels(points, classes, balance) if classifies else np.zeros(points, np.int64)
    x, y = dataset.draw(labels, classes, rng)
    shift = noise * NOISE_UNIT * rng.standard_normal((2, points))
    if dataset.tasks == CURVE:
        shift[0] = 0.0  # noise is in what is measured, y
    standard = np.stack([fold(x + shift[0]), fold(y + shift[1])], axis=1)
    targets = labels.astype(np.float64)
    if dataset.surface is not None:
        standard = np.stack([x, y], axis=1)
        targets = dataset.surface(standard) + shift[0] / NOISE_UNIT
    coordinates = np.stack([stretch(standard[:, 0], x_range), stretch(standard[:, 1], y_range)], axis=1)
    if dataset.tasks == CURVE:
        targets = coordinates[:, 1].copy()
    return _in_order(coordinates, targets, labels, test_fraction=test_fraction, shuffle=shuffle, rng=rng)


def _some_rows(table: Table, points: int, rng: np.random.Generator) -> tuple[Float64s, Float64s]:
    """Return coordinates (N, 2) and targets (N,) of so many rows chosen by chance, in the table's order."""
    rows = table.rows()
    chosen = rows[np.sort(rng.permutation(len(rows))[:points])]
    return chosen[:, [0, 1]], chosen[:, -1]


def _in_order(
    coordinates: Float64s,
    targets: Float64s,
    labels: NDArray[np.int64],
    *,
    test_fraction: float,
    shuffle: bool,
    rng: np.random.Generator,
) -> Examples:
    """Return the examples mixed or sorted by label, a share of each label held out."""
    order = rng.permutation(len(labels)) if shuffle else np.argsort(labels, kind="stable")
    held_out = choose_held_out(labels, test_fraction, rng)
    return Examples(coordinates[order], targets[order], held_out[order])


def draw_labels(points: int, classes: int, balance: float) -> NDArray[np.int64]:
    """Return (points,) labels: class k has balance ** k times class 0's share, and at least one if there are enough."""
    if balance == 1.0:
        return np.arange(points) % classes
    shares = balance ** np.arange(classes)
    rest = max(points - classes, 0)
    ends = np.round(np.cumsum(shares) / shares.sum() * rest).astype(np.int64)
    counts = np.diff(ends, prepend=0) + (np.arange(classes) < points)
    return np.repeat(np.arange(classes), counts)


def fold(values: Float64s) -> Float64s:
    """Reflect values at -EDGE and EDGE, as often as it takes, into that range."""
    return np.asarray(np.abs((values - EDGE) % (4.0 * EDGE) - 2.0 * EDGE) - EDGE)


def stretch(values: Float64s, view: tuple[float, float]) -> Float64s:
    """Map the standard plane's axis onto the view's."""
    low, high = view
    return low + (values + HALF) * ((high - low) / (2.0 * HALF))


def choose_held_out(labels: NDArray[np.int64], test_fraction: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return (N,) True for test_fraction of each label's examples, rounded, chosen at random.

    Below 1, at least one example of each label is left for training.
    """
    held_out = np.zeros(len(labels), bool)
    for label in np.unique(labels):
        members = rng.permutation(np.flatnonzero(labels == label))
        most = len(members) - (test_fraction < 1)
        held_out[members[: min(round(test_fraction * len(members)), most)]] = True
    return held_out


def dataset_named(name: str) -> Dataset:
    """Return the menu's entry; raise InvalidInput with the allowed names."""
    if name not in DATASETS:
        raise InvalidInput(f"unknown dataset: {name}. Use one of {', '.join(DATASETS)}.")
    return DATASETS[name]


def _check_classes(name: str, dataset: Dataset, classes: int) -> None:
    low, high = dataset.min_classes, dataset.max_classes
    if "classification" in dataset.tasks and not low <= classes <= high:
        message = f"classes must be from {low} to {high} for the data set {name}; got {classes}."
        raise InvalidInput(message, errors=(FieldError("classes", message),))
