"""Random networks, data and settings for the comparisons with other libraries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnlab.engine.specs import Examples, LayerSpec, NetworkSpec, TrainingSpec
from nnlab.engine.trainer import Trainer

STEPS = 100
ONE_SCORE = ("binary_softmax", "binary_svm", "squared")
RATES = {
    "sgd": 0.02, "momentum": 0.01, "nesterov": 0.01, "adagrad": 0.05, "rmsprop": 0.002, "adadelta": 0.5, "adam": 0.01,
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One comparison: a network with its starting weights, data, and how it is trained (full batch)."""

    trainer: Trainer
    spec: NetworkSpec
    examples: Examples
    training: TrainingSpec

    @property
    def labels(self) -> np.ndarray:
        """The labels as integers."""
        return self.examples.targets.astype(np.int64)


def make_case(seed, *, activations, losses, optimizers, one_activation=False, skips=False, l1=False):
    """Draw a case: 0-3 hidden layers of 1-8 units, 2-5 classes, 3-20 points."""
    rng = np.random.default_rng(seed)
    loss, optimizer = losses[seed % len(losses)], optimizers[seed // len(losses) % len(optimizers)]
    same = activations[seed % len(activations)]
    hidden = tuple(
        LayerSpec(
            int(rng.integers(1, 9)), same if one_activation else str(rng.choice(activations)), int(rng.integers(2, 5))
        )
        for _ in range(rng.integers(1 if one_activation else 0, 4))
    )
    classes = 2 if loss in ONE_SCORE else int(rng.integers(2, 6))
    outputs = 1 if loss in ONE_SCORE else classes
    links = ((0, len(hidden) + 1),) if skips and hidden and rng.random() < 0.4 else ()
    spec = NetworkSpec(("x", "y"), hidden, outputs, loss, seed=seed, skips=links)
    count = int(rng.integers(classes + 1, 21))
    targets = rng.standard_normal(count) if loss == "squared" else rng.permutation(np.arange(count) % classes) * 1.0
    data = Examples(rng.uniform(-2, 2, (count, 2)), targets, np.zeros(count, bool))
    training = TrainingSpec(
        optimizer=optimizer, learning_rate=RATES[optimizer], momentum=float(rng.choice([0.0, 0.5, 0.9])),
        batch_size=count, l2=float(rng.choice([0.0, 0.01, 0.1])), l1=float(rng.choice([0.0, 0.01])) if l1 else 0.0,
    )  # fmt: skip
    trainer = Trainer(spec, training, data, dtype=np.float64)
    layers = trainer.layers()
    for layer in layers:
        layer.biases[...] = 0.3 * rng.standard_normal(layer.biases.shape)
    trainer.set_layers(layers)
    return Case(trainer, spec, data, training)
