"""The decision regions as plain JSON values."""

from __future__ import annotations

from typing import Any

from nnlab.engine.looks.regions import Regions, regions
from nnlab.session.picture.curves import fitted_curve
from nnlab.session.picture.encoding import pairs, regions_json
from nnlab.session.session import Session


def regions_of(session: Session, resolution: int | None = None) -> Regions:
    """The decision regions over the document's view, at its resolution or another."""
    return regions(session.trainer.evaluator, session.document.grid(resolution))


def regions_reply(session: Session, resolution: int | None = None) -> dict[str, Any]:
    """The decision regions as plain JSON values (see docs/api.md); curve fitting has `curve` too."""
    found = regions_of(session, resolution)
    reply = regions_json(found)
    if session.document.task == "curve_fitting":
        curve = fitted_curve(session, found.grid)
        reply["curve"] = pairs(curve, *reply["value_range"])  # 64 levels would go up in steps
    return reply
