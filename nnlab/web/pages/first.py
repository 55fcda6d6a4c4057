"""The first example: what a newcomer's page makes and runs, and how its plane looks before the first step."""

from __future__ import annotations

from functools import cache
from typing import Any

from markupsafe import Markup

from nnlab.document.models import Document
from nnlab.session.commands import Sketch
from nnlab.session.commands.reading import sketch
from nnlab.session.session import Session

# Becomes interesting within seconds: the boundary winds itself between the arms while one looks.
FIRST: dict[str, Any] = {
    "dataset": {"name": "spiral", "noise": 0.05, "seed": 1},
    "network": {"hidden": [{"units": 12, "activation": "tanh"}, {"units": 8, "activation": "tanh"}]},
    "training": {"optimizer": "adam", "learning_rate": 0.01},
    "pace": {"steps_per_second": 200},
}


@cache
def first_sketch() -> Markup:
    """Its plane as the inside of an SVG element, the same for everybody: seeds are part of a document."""
    return Markup(sketch(Sketch(), Session(Document.model_validate(FIRST))))
