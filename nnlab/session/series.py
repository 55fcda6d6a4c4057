"""The course of loss and accuracy over the steps, thinned evenly so that it never grows beyond a screen's width."""

from __future__ import annotations

from typing import Any

MOST_ENTRIES = 1_000
COLUMNS = ("step", "loss", "data_loss", "reg_loss", "accuracy", "test_loss", "test_accuracy")


class Series:
    """Rows of COLUMNS in order of step. When full, every other row goes and rows come half as often."""

    def __init__(self, rows: list[list[float | None]] | None = None) -> None:
        self._rows = rows or []
        self._spacing = 1  # steps between rows, at least

    def record(self, snapshot: dict[str, Any]) -> None:
        """Add the snapshot's values; a snapshot of the same step replaces the last row, an earlier one cuts back."""
        step = snapshot["step"]
        while self._rows and self._rows[-1][0] >= step:  # type: ignore[operator]
            self._rows.pop()
        if self._rows and step - self._rows[-1][0] < self._spacing:  # type: ignore[operator]
            return
        self._rows.append([snapshot[name] for name in COLUMNS])
        if len(self._rows) > MOST_ENTRIES:
            del self._rows[1::2]
            self._spacing = int(self._rows[-1][0] // len(self._rows)) or 1  # type: ignore[operator]

    def columns(self) -> dict[str, list[float | None]]:
        """Column name -> values, all of one length."""
        return {name: [row[i] for row in self._rows] for i, name in enumerate(COLUMNS)}

    def rows(self) -> list[list[float | None]]:
        """The rows themselves, for a checkpoint."""
        return self._rows
