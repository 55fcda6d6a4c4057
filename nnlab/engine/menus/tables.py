"""Tables of measured data that data sets of the menu are taken from: files beside the engine, one header row each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).resolve().parents[1] / "tables"


@dataclass(frozen=True, slots=True)
class Table:
    """A file of x, y and, where there is a third column, label or value; who measured it, and on what terms.

    Targets of fitting are (measured - middle) / size: a network learns numbers near 0 more readily than 370 and 371.
    """

    file: str
    source: str
    license: str
    class_names: tuple[str, ...] = ()
    middle: float = 0.0
    size: float = 1.0

    def rows(self) -> NDArray[np.float64]:
        """Return (N, columns), the last column being the target."""
        rows = _read(self.file).copy()
        rows[:, -1] = (rows[:, -1] - self.middle) / self.size
        return rows


@cache
def _read(file: str) -> NDArray[np.float64]:
    return np.loadtxt(FOLDER / file, delimiter=",", skiprows=1)


IRIS = Table(
    "iris.csv",
    "Measured by E. Anderson 1935, published by R. A. Fisher 1936; UCI Machine Learning Repository",
    "CC BY 4.0",
    ("setosa", "versicolor", "virginica"),
)
PENGUINS = Table(
    "penguins.csv",
    "K. Gorman and Palmer Station LTER 2014; palmerpenguins, A. Horst 2020",
    "CC0",
    ("Adelie", "Chinstrap", "Gentoo"),
)
CARBON_DIOXIDE = Table(
    "carbon_dioxide.csv",
    "C. D. Keeling and T. P. Whorf 2004, CDIAC, U.S. Department of Energy",
    "Public domain",
    middle=370.0,
)
SEA_TEMPERATURE = Table(
    "sea_temperature.csv", "NOAA, ERSST v3b, region Niño 1+2", "Public domain", middle=24.0, size=5.5
)
