"""A change of training compiles what it touches and no more, and what is taken over steps on bit for bit."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from nnlab.engine.specs import TrainingSpec
from nnlab.engine.trainer import Trainer
from tests.unit.engine.making import make_examples, make_trainer, network_spec

TRAINING = TrainingSpec(learning_rate=0.1, l2=0.01, batch_size=4)


def a_trainer() -> Trainer:
    return make_trainer(network_spec(), TRAINING, make_examples(12))


@pytest.mark.parametrize(
    "change",
    [
        {"learning_rate": 0.2},
        {"l2": 0.0},
        {"l1": 0.1},
        {"momentum": 0.5},
        {"learning_rate_decay": 0.1},
        {"max_norm": 1},
    ],
    ids=str,
)
def test_what_only_concerns_the_update_leaves_the_gradients_tapes(change: dict[str, float]) -> None:
    trainer = a_trainer()
    trainer.step(40)
    before = trainer._run.program.gradients
    trainer.set_training(dataclasses.replace(TRAINING, **change))
    assert trainer._run.program.gradients is before


@pytest.mark.parametrize("change", [{"keep_prob": 0.5}, {"batch_size": 5}, {"optimizer": "adam"}], ids=str)
def test_what_concerns_the_passes_or_their_buffers_compiles_them_anew(change: dict[str, float]) -> None:
    trainer = a_trainer()
    before = trainer._run.program.gradients
    trainer.set_training(dataclasses.replace(TRAINING, **change))
    assert trainer._run.program.gradients is not before


def test_diagnostics_after_a_change_are_those_of_a_trainer_that_looks_for_the_first_time() -> None:
    looked, fresh = a_trainer(), a_trainer()
    changed = dataclasses.replace(TRAINING, learning_rate=0.4, l2=0.2)
    for trainer in (looked, fresh):
        trainer.step(40)
        if trainer is looked:
            trainer.diagnostics()
        trainer.set_training(changed)
    assert looked.diagnostics() == fresh.diagnostics()
    looked.step(40)
    fresh.step(40)
    np.testing.assert_array_equal(looked.network.params, fresh.network.params)
