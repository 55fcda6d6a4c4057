"""The course of loss and accuracy over the steps, thinned evenly so that it never grows beyond a screen's width."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

MOST_ROWS = 1_000
FINE_UP_TO = 16  # steps: a row a step at first, and then as far apart as a sixteenth of the way ...
COARSE = 64  # ... up to so many steps; later by what there is room for
COLUMNS = ("step", "loss", "data_loss", "reg_loss", "accuracy", "test_loss", "test_accuracy")


class Series:
    """Rows of COLUMNS in order of step; NaN stands for what could not be measured.

    When full, every other row goes and new ones come half as often.
    """

    def __init__(self) -> None:
        self._rows: list[tuple[float, ...]] = []
        self._spacing = 1.0  # steps between rows, at least
        self.rewritten = 0  # how often rows have gone, as training took another course

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def next_step(self, least: int = 1) -> int:
        """The step at which the next row is wanted, at least so many after the newest.

        It depends on the steps of the rows alone: who looks, and how training is cut into slices, leaves no trace.
        """
        if not self._rows:
            return 0
        newest = int(self._rows[-1][0])
        return newest + max(least, math.ceil(self._spacing), min(newest // FINE_UP_TO, COARSE))

    def record(self, snapshot: dict[str, Any]) -> None:
        """Add the snapshot's values, unless its step is too close to the last; a row of the same step is renewed."""
        step = snapshot["step"]
        if self._rows and step == self._rows[-1][0]:
            self._rows.pop()
        elif self._rows and step - self._rows[-1][0] < self._spacing:
            return
        self._rows.append(_row(snapshot))
        if len(self._rows) > MOST_ROWS:
            del self._rows[1::2]
            self._spacing = self._rows[-1][0] / len(self._rows)

    def forget_from(self, step: int) -> None:
        """Drop the rows of `step` and later: training takes another course from there."""
        self.rewritten += bool(self._rows and self._rows[-1][0] >= step)
        while self._rows and self._rows[-1][0] >= step:
            self._rows.pop()
        if not self._rows:
            self._spacing = 1.0

    def columns(self, present: dict[str, Any] | None = None) -> dict[str, list[float | None]]:
        """Column name -> values, all of one length; steps are whole numbers. `present` is shown as one more row."""
        rows = self._rows
        if present is not None and (not rows or present["step"] >= rows[-1][0]):
            rows = [row for row in rows if row[0] < present["step"]] + [_row(present)]
        columns = {name: [_or_none(row[i]) for row in rows] for i, name in enumerate(COLUMNS)}
        return columns | {"step": [int(row[0]) for row in rows]}

    def to_bytes(self) -> bytes:
        """The rows for a checkpoint, after one that says how close they may come."""
        return np.array([(-self._spacing,) * len(COLUMNS), *self._rows], dtype=np.float64).tobytes()

    @classmethod
    def from_bytes(cls, content: bytes) -> Series:
        """The series that to_bytes wrote."""
        series = cls()
        series._rows = [tuple(row) for row in np.frombuffer(content).reshape(-1, len(COLUMNS)).tolist()]
        if series._rows and series._rows[0][0] < 0:
            series._spacing = -series._rows.pop(0)[0]
        return series

    @classmethod
    def from_columns(cls, columns: Mapping[str, Sequence[float | None]]) -> Series:
        """A series of these columns' rows; where they are more than a series keeps, it thins them out as it does."""
        series = cls()
        for row in zip(*(columns[name] for name in COLUMNS), strict=True):
            series.record(dict(zip(COLUMNS, row, strict=True)))
        return series


def _row(snapshot: dict[str, Any]) -> tuple[float, ...]:
    return tuple(math.nan if snapshot[name] is None else snapshot[name] for name in COLUMNS)


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else value
