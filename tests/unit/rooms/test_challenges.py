"""Every challenge can be met: here by training, as a student would."""

from __future__ import annotations

from typing import Any

import pytest

from nnlab.rooms.challenges import CHALLENGES, JUDGED_POINTS
from nnlab.session.apply import apply
from nnlab.session.commands import Judge
from nnlab.session.session import Session

SECRET_SEEDS = (11, 12)

# How a student meets each: a patch of the settings, and how many steps.
WAYS: dict[str, tuple[dict[str, Any], int]] = {
    "straight_line": ({"network": {"hidden": []}, "training": {"learning_rate": 0.1}}, 300),
    "round_border": (
        {"network": {"hidden": [{"units": 4, "activation": "tanh"}]}, "training": {"learning_rate": 0.1, "l2": 0.0}},
        2000,
    ),
    "four_corners": (
        {"network": {"hidden": [{"units": 4, "activation": "tanh"}]}, "training": {"learning_rate": 0.3, "l2": 0.0}},
        2000,
    ),
    "few_steps": (
        {
            "network": {"hidden": [{"units": 16, "activation": "relu"}]},
            "training": {"optimizer": "adam", "learning_rate": 0.1, "batch_size": 40},
        },
        150,
    ),
    "spiral": (
        {
            "network": {"hidden": [{"units": 20, "activation": "tanh"}, {"units": 12, "activation": "tanh"}]},
            "training": {"optimizer": "adam", "learning_rate": 0.01, "l2": 0.0},
        },
        2000,
    ),
    "noise": ({"training": {"learning_rate": 0.05, "l2": 0.03}}, 4000),
}


def judged(name: str, session: Session, seed: int) -> dict[str, Any]:
    one = CHALLENGES[name]
    order = one.dataset | one.judged | {"points": JUDGED_POINTS, "seed": seed, "test_fraction": 0.0}
    found: dict[str, Any] = apply(Judge.model_validate({"dataset": order}), session)
    return found


@pytest.mark.parametrize("name", CHALLENGES)
def test_it_can_be_met(name: str) -> None:
    patch, steps = WAYS[name]
    session = Session(CHALLENGES[name].document().merged(patch))
    session.advance(steps)
    for seed in SECRET_SEEDS:
        found = judged(name, session, seed)
        assert CHALLENGES[name].is_passed(**found), found


@pytest.mark.parametrize("name", CHALLENGES)
def test_it_is_not_met_at_the_start(name: str) -> None:
    session = Session(CHALLENGES[name].document())
    assert not CHALLENGES[name].is_passed(**judged(name, session, SECRET_SEEDS[0]))


def test_noise_is_not_met_by_learning_by_heart() -> None:
    session = Session(CHALLENGES["noise"].document())
    session.advance(4000)
    assert not CHALLENGES["noise"].is_passed(**judged("noise", session, SECRET_SEEDS[0]))
