"""Parameters that many studies have: their types, and a row of the table for each."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from nnlab.document.fields import above, field, log_slider, slider, within
from nnlab.document.validation import items, whole_number

MOST_UNITS = 64
MOST_SEEDS = 200
MOST_STEPS = 20_000

Units = Annotated[int, whole_number(1, MOST_UNITS)]
Sizes = Annotated[tuple[Units, ...], items(least=1, most=8)]
Seeds = Annotated[int, whole_number(2, MOST_SEEDS)]
Steps = Annotated[int, whole_number(100, MOST_STEPS)]
Rate = float  # its range is in the row
Noise = float
Target = float
# Their ranges are those of documents: a run that begins can end.
Factors = Annotated[tuple[Annotated[float, Field(gt=0, le=100)], ...], items(least=1, most=16)]
Rates = Annotated[tuple[Annotated[float, Field(gt=0, le=30)], ...], items(least=1, most=16)]
Strengths = Annotated[tuple[Annotated[float, Field(gt=0, le=10)], ...], items(least=1, most=16)]


def sizes(default: tuple[int, ...]) -> Any:
    """Numbers of hidden units that are compared."""
    return field(default, "Hidden units", "Sizes to compare.")


def units(default: int) -> Any:
    """Units of the hidden layer."""
    return field(default, "Hidden units", "Units of each hidden layer.", slider(1, 50, 1))


def seeds(default: int) -> Any:
    """How many random starts."""
    return field(default, "Seeds", "Random starts of each setting.", slider(2, 100, 1))


def steps(default: int) -> Any:
    """How long each network is trained."""
    return field(default, "Training steps", "Updates of each network.", log_slider(100, MOST_STEPS))


def rate(default: float) -> Any:
    """The learning rate of all."""
    return field(default, "Learning rate", "Length of a step.", above(0, 30), log_slider(0.001, 3))


def target(default: float) -> Any:
    """The loss that networks race to."""
    return field(default, "Loss to reach", "The finish: loss on all points.", within(0.01, 1), slider(0.02, 0.5, 0.01))


def noise(default: float) -> Any:
    """The noise of the data."""
    return field(default, "Noise", "How far points stray from their shape.", within(0, 0.5), slider(0, 0.5, 0.01))


def rates(default: tuple[float, ...]) -> Any:
    """Learning rates that are compared."""
    return field(default, "Learning rates", "Lengths of a step to compare.")
