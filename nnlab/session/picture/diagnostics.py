"""What goes on inside the network, looked at closely and on demand, as plain JSON values."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import numpy as np

from nnlab.engine.looks.gradient_check import check_gradients
from nnlab.engine.looks.histograms import layer_histograms
from nnlab.engine.looks.region_shape import region_shape
from nnlab.engine.specs import Examples
from nnlab.engine.trainer import Trainer
from nnlab.session.course.figures import finite
from nnlab.session.picture.health import layers_json
from nnlab.session.session import Session

# The gradient check costs two passes a parameter: a sample of both, so that nobody waits for the runner.
MOST_CHECKED_PARAMETERS = 64
MOST_CHECKED_POINTS = 64


def diagnostics_json(session: Session) -> dict[str, Any]:
    """Health and histograms of each layer, how cut up the regions are, the largest errors, and a gradient check."""
    trainer = session.trainer
    losses = trainer.losses()
    with np.errstate(all="ignore"):  # weights set by hand may lead beyond the range of numbers
        return {
            "step": trainer.steps_taken,
            "layers": _layers(trainer),
            "regions": _regions(session),
            "max_error": finite(losses.max_error),
            "test_max_error": finite(losses.test_max_error),
            "gradient_check": _gradient_check(trainer),
        }


def _layers(trainer: Trainer) -> list[dict[str, Any]]:
    found = layer_histograms(trainer.network, trainer.training, trainer.examples)
    layers = zip(layers_json(trainer), found, strict=True)
    return [layer | {"histograms": asdict(histograms)} for layer, histograms in layers]


def _regions(session: Session) -> dict[str, Any] | None:
    """The number of regions of equal predicted class in the view, and the length of their borders; None for fitting."""
    if session.document.task != "classification":
        return None
    return asdict(region_shape(session.trainer.evaluator, session.document.grid()))


def _gradient_check(trainer: Trainer) -> dict[str, Any] | None:
    """The check on evenly spread parameters and the first training points; None without a training point."""
    examples, num_params = trainer.examples, trainer.network.num_params
    first = np.flatnonzero(~examples.held_out)[:MOST_CHECKED_POINTS]
    if not len(first):
        return None
    some = Examples(examples.coordinates[first], examples.targets[first], examples.held_out[first])
    indices = np.unique(np.linspace(0, num_params - 1, MOST_CHECKED_PARAMETERS).astype(int)).tolist()
    found = check_gradients(trainer.network, replace(trainer.training, input_noise=0.0), some, indices=indices)
    return asdict(found) | {"points": len(first)}
