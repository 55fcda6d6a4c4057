"""Runs of one form share a stage, and each comes to the bits that it comes to alone."""

from __future__ import annotations

import dataclasses
import threading
from typing import Any

import numpy as np
import pytest

from nnlab.engine.menus.optimizers import OPTIMIZERS
from nnlab.engine.specs import TrainingSpec
from nnlab.engine.step import run as run_module
from nnlab.engine.step.stage import Stage, Stages
from nnlab.engine.trainer import Trainer
from tests.unit.engine.making import make_examples, make_trainer, network_spec

TRAINING = TrainingSpec(learning_rate=0.1, l2=0.01, batch_size=4)
WAYS = [
    *({"optimizer": name} for name in OPTIMIZERS),
    {"l2": 0.0},
    {"l1": 0.02},
    {"max_norm": 0.5},
    {"learning_rate_decay": 0.1},
    {"input_noise": 0.3},
    {"shuffle": False},
    {"batch_size": 100},
    {"batch_size": 100, "optimizer": "adam", "learning_rate_decay": 0.01},
]


class Alone(Stages):
    """Everybody has a stage to itself."""

    def of(self, network: Any, memory: Any, training: Any, batches: Any, former: Stage | None) -> Stage:
        return Stage(network, memory, batches, shared=False)


def trainer_of(seed: int, training: TrainingSpec = TRAINING) -> Trainer:
    return make_trainer(network_spec(), training, make_examples(12 + seed), dtype=np.float32, seed=seed)


def stage_of(trainer: Trainer) -> Stage:
    return trainer._run.part.stage


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_those_who_take_turns_come_to_the_bits_of_those_alone(way: dict[str, Any], monkeypatch: Any) -> None:
    training = dataclasses.replace(TRAINING, **way)
    with monkeypatch.context() as patched:
        patched.setattr(run_module, "STAGES", Alone())
        alone = [trainer_of(seed, training) for seed in range(3)]
    together = [trainer_of(seed, training) for seed in range(3)]
    for trainer in alone:
        trainer.step(50)
    assert len({id(stage_of(one)) for one in alone}) == 3
    for steps in (1, 7, 30, 2, 10):
        for trainer in together:
            trainer.step(steps)
    for one, other in zip(alone, together, strict=True):
        assert one.state() == other.state()
        assert one.last_gradient.tobytes() == other.last_gradient.tobytes()
    if way.get("batch_size") != 100:  # a batch of all points is as large as they are many
        assert len({id(stage_of(one)) for one in together}) == 1


def test_who_changes_a_setting_leaves_and_comes_back_and_nobody_else_notices() -> None:
    def live(trainer: Trainer, others: list[Trainer]) -> bytes:
        """Steps, another rate, another batch size, the way back, a wrong turn and its undoing, among others."""
        for change in ({"learning_rate": 0.3}, {"batch_size": 5}, {"optimizer": "adam"}, {}):
            trainer.set_training(dataclasses.replace(TRAINING, **change))
            trainer.step(9)
            state = trainer.state()
            for other in others:
                other.step(3)
            trainer.step(11)
            trainer.restore(state)
            trainer.step(4)
        trainer.set_examples(make_examples(30))
        trainer.step(9)
        return trainer.state()

    neighbours = [trainer_of(seed) for seed in (1, 2)]
    assert live(trainer_of(0), neighbours) == live(trainer_of(0), [])
    for neighbour, seed in zip(neighbours, (1, 2), strict=True):
        alone = trainer_of(seed)
        alone.step(12)
        assert neighbour.state() == alone.state()


def test_one_that_diverges_leaves_nothing_behind() -> None:
    healthy, alone = trainer_of(0), trainer_of(0)
    alone.step(60)
    for _ in range(6):
        wild = trainer_of(1, dataclasses.replace(TRAINING, learning_rate=1e30))
        wild.step(10)
        assert wild.diverged is not None
        assert stage_of(wild) is stage_of(healthy)
        healthy.step(10)
    assert healthy.state() == alone.state()


def test_what_is_large_or_draws_masks_has_a_stage_of_its_own() -> None:
    masked = dataclasses.replace(TRAINING, keep_prob=0.5)
    assert len({id(stage_of(trainer_of(seed, masked))) for seed in range(2)} | {id(stage_of(trainer_of(0)))}) == 3
    large = [make_trainer(network_spec(((64, "tanh"), (64, "tanh"))), TRAINING, make_examples(12)) for _ in range(2)]
    assert stage_of(large[0]) is not stage_of(large[1])


def test_each_thread_has_its_own_stages() -> None:
    here, found = trainer_of(0), []
    other = threading.Thread(target=lambda: found.append(trainer_of(0)))
    other.start()
    other.join()
    assert stage_of(here) is not stage_of(found[0])
    np.testing.assert_array_equal(here.network.params, found[0].network.params)
