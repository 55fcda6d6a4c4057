"""Curve fitting as lines: the fitted curve, and what each unit of the last hidden layer says along x."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.looks.grids import Grid
from nnlab.session.picture.encoding import pairs
from nnlab.session.session import Session


def fitted_curve(session: Session, grid: Grid) -> NDArray[np.float64]:
    """The fitted value (cols,) at each column's centre. The session's task is curve fitting."""
    values = session.trainer.predict(_along_x(grid)).values
    assert values is not None
    return values


def unit_curves(session: Session, cols: int) -> dict[str, Any] | None:
    """Each unit of the last hidden layer at the centres of so many columns, all over one `value_range`.

    None outside of curve fitting and without hidden layers.
    """
    document = session.document
    if document.task != "curve_fitting" or not document.network.hidden:
        return None
    found = session.trainer.predict(_along_x(document.grid(cols)), activations=True).activations
    assert found is not None
    curves = found[-1].T  # (H, cols)
    if not np.isfinite(curves).all():
        return None
    low, high = float(curves.min()), float(curves.max())
    return {"layer": len(found), "value_range": [low, high], "units": [pairs(curve, low, high) for curve in curves]}


def _along_x(grid: Grid) -> NDArray[np.float64]:
    x = grid.columns()
    return np.stack([x, np.zeros_like(x)], axis=1)
