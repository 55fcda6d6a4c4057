"""The decision regions as plain JSON values."""

from __future__ import annotations

from typing import Any

from nnlab.engine.looks.regions import regions
from nnlab.session.picture.curves import fitted_curve
from nnlab.session.session import Session


def regions_of(session: Session, resolution: int | None = None) -> dict[str, Any]:
    """The decision regions over the document's view.

    Classification has `labels` (one digit a cell), `probability` (64 levels of the winning class's probability) and
    `leads` (of the cells at a border alone, how far the winning score is ahead), fitting tasks `values` (64 levels over
    `value_range`); row 0 is at the largest y. Curve fitting has `curve` too.
    """
    document = session.document
    view = document.view
    found = regions(
        session.trainer, x_range=view.x_range, y_range=view.y_range, resolution=resolution or document.pace.resolution
    )
    cells = {
        "labels": found.labels,
        "probability": found.probability,
        "leads": found.leads,
        "values": found.values,
        "value_range": found.value_range,
    }
    if document.task == "curve_fitting" and found.value_range is not None:
        cells["curve"] = fitted_curve(session, found.cols, found.value_range)
    place = {"rows": found.rows, "cols": found.cols, "x_range": view.x_range, "y_range": view.y_range}
    return place | {name: value for name, value in cells.items() if value is not None}
