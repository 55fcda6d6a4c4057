"""`python -m tests.results.dead_units` prints how many ReLUs die, by learning rate and minibatch: see docs/results.md.

The document is the gallery's "Dying ReLUs" but for learning rate, minibatch and seed.
"""

from __future__ import annotations

from statistics import mean
from typing import Any

from nnlab.document.models import MOST_POINTS, parse_document
from nnlab.session.picture.snapshot import snapshot
from nnlab.session.session import Session

RATES = (0.3, 0.8, 1, 3, 10)
BATCHES = {"10": 10, "full": MOST_POINTS}
SEEDS = range(1, 11)
STEPS = 1_000
LAYER = {"units": 20, "activation": "relu"}


def trained(rate: float, batch_size: int, seed: int) -> Session:
    """The session after so many steps."""
    training = {"optimizer": "sgd", "learning_rate": rate, "l2": 0, "batch_size": batch_size}
    fields: dict[str, Any] = {"network": {"hidden": [LAYER, LAYER], "seed": seed}, "training": training}
    session = Session(parse_document(fields | {"dataset": {"name": "circle"}}))
    session.advance(STEPS)
    return session


def row(rate: float, batch: str) -> str:
    """Mean over the seeds of the dead fraction of both layers, and of each, and of the training accuracy."""
    sessions = [trained(rate, BATCHES[batch], seed) for seed in SEEDS]
    dead = [[layer["dead_fraction"] for layer in snapshot(session)["layers"][:2]] for session in sessions]
    both = [mean(pair) for pair in dead]
    first, second = (mean(pair[index] for pair in dead) for index in (0, 1))
    accuracy = mean(snapshot(session)["accuracy"] for session in sessions)
    diverged = sum(session.trainer.diverged is not None for session in sessions)
    shares = (mean(both), min(both), max(both), first, second, accuracy)
    overall, least, most, first_text, second_text, right = (f"{share:.0%}".replace("%", " %") for share in shares)
    return (
        f"| {batch} | {rate:g} | {overall} ({least} to {most}) | {first_text} | {second_text} | {right} | {diverged} |"
    )


if __name__ == "__main__":
    print(
        "| minibatch | learning rate | dead units, mean (least to most) | first layer | second | accuracy | diverged |"
    )
    print("|---|---|---|---|---|---|---|")
    for batch in BATCHES:
        for rate in RATES:
            print(row(rate, batch), flush=True)
