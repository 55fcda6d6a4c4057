"""scikit-learn's MLPClassifier and MLPRegressor: predictions, and 100 steps of sgd, momentum and nesterov, on 96
networks.

Its Adam is left out: it adds epsilon to the uncorrected root, not to the corrected one as the paper's algorithm 1 does.
Tolerances: as against PyTorch.
"""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier, MLPRegressor

from tests.peers.networks import RATES, STEPS, make_case

NAMES = {"relu": "relu", "tanh": "tanh", "sigmoid": "logistic", "identity": "identity"}
LOSSES = ["softmax", "binary_softmax", "squared"]
OPTIMIZERS = ["sgd", "momentum", "nesterov"]
CLOSE = 1e-7


def twin_of(case):
    """The same network in scikit-learn, made by a first step whose weights and optimizer are then replaced."""
    training, count = case.training, len(case.examples.targets)
    settings = {
        "hidden_layer_sizes": tuple(layer.units for layer in case.spec.hidden),
        "activation": NAMES[case.spec.hidden[0].activation],
        "solver": "sgd",
        "alpha": training.l2 * count,  # it divides the penalty by the number of examples
        "batch_size": count,
        "learning_rate_init": RATES[training.optimizer],
        "momentum": 0.0 if training.optimizer == "sgd" else training.momentum,
        "nesterovs_momentum": training.optimizer == "nesterov",
        "shuffle": False,
    }
    if case.spec.loss == "squared":
        model = MLPRegressor(**settings).partial_fit(case.examples.coordinates, case.examples.targets)
    else:
        classes = np.unique(case.labels)
        model = MLPClassifier(**settings).partial_fit(case.examples.coordinates, case.labels, classes=classes)
    for index, layer in enumerate(case.trainer.layers()):
        model.coefs_[index] = layer.weights.copy()
        model.intercepts_[index] = layer.biases.copy()
    del model._optimizer
    return model


def step(model, case):
    """One step over all points."""
    targets = case.examples.targets if case.spec.loss == "squared" else case.labels
    model.partial_fit(case.examples.coordinates, targets)


@pytest.mark.parametrize("seed", range(96))
def test_same_predictions_and_hundred_steps(seed):
    case = make_case(seed, activations=list(NAMES), losses=LOSSES, optimizers=OPTIMIZERS, one_activation=True)
    if case.spec.loss == "softmax" and case.spec.outputs == 2:  # two classes are one score to it
        case = make_case(seed + 1000 * 12, activations=list(NAMES), losses=["binary_softmax"], optimizers=OPTIMIZERS,
                         one_activation=True)  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = twin_of(case)
        compare_predictions(model, case, 1e-10)
        for _ in range(STEPS):
            step(model, case)
    case.trainer.step(STEPS)
    for ours, weights, biases in zip(case.trainer.layers(), model.coefs_, model.intercepts_, strict=True):
        np.testing.assert_allclose(ours.weights, weights, rtol=CLOSE, atol=CLOSE)
        np.testing.assert_allclose(ours.biases, biases, rtol=CLOSE, atol=CLOSE)
    compare_predictions(model, case, 10 * CLOSE)


def compare_predictions(model, case, close):
    """Probabilities or values at the points."""
    found = case.trainer.predict(case.examples.coordinates)
    if case.spec.loss == "squared":
        np.testing.assert_allclose(found.values, model.predict(case.examples.coordinates), rtol=close, atol=close)
    else:
        expected = model.predict_proba(case.examples.coordinates)
        np.testing.assert_allclose(found.probabilities, expected, rtol=close, atol=close)
