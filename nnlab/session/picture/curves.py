"""Curve fitting as lines: the fitted curve, and what each unit of the last hidden layer says along x."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.session.picture.encoding import pairs
from nnlab.session.session import Session


def fitted_curve(session: Session, cols: int, value_range: tuple[float, float]) -> str:
    """The fitted value at each column's centre in 4,096 levels: a line in 64 would go up in steps."""
    values = session.trainer.predict(_centres(session, cols)).values
    assert values is not None
    return pairs(values, *value_range)


def unit_curves(session: Session, cols: int) -> dict[str, Any] | None:
    """Each unit of the last hidden layer at the centres of so many columns, all over one `value_range`.

    None outside of curve fitting and without hidden layers.
    """
    document = session.document
    if document.task != "curve_fitting" or not document.network.hidden:
        return None
    found = session.trainer.predict(_centres(session, cols), activations=True).activations
    assert found is not None
    curves = found[-1].T  # (H, cols)
    if not np.isfinite(curves).all():
        return None
    low, high = float(curves.min()), float(curves.max())
    return {"layer": len(found), "value_range": [low, high], "units": [pairs(curve, low, high) for curve in curves]}


def _centres(session: Session, cols: int) -> NDArray[np.float64]:
    x_range: tuple[float, float] = session.document.view.x_range
    low, high = x_range
    x = low + (np.arange(cols) + 0.5) / cols * (high - low)
    return np.stack([x, np.zeros(cols)], axis=1)
