"""PyTorch, float64, gradients by autograd: scores, loss, gradients, and 100 steps of every optimizer, on 210 networks.

Tolerances: one pass differs by the order of sums, 1e-15 relative, so 1e-10 is generous. 100 steps multiply such
differences by the steepness of the path: 1e-6.
"""

from __future__ import annotations

import numpy as np
import pytest
import torch

from nnlab.engine.looks.gradient_check import full_gradient
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.menus.optimizers import OPTIMIZERS
from nnlab.engine.network.network import Network
from tests.peers.networks import RATES, STEPS, make_case

ONE_PASS = {"rtol": 1e-10, "atol": 1e-11}
MANY_STEPS = {"rtol": 1e-6, "atol": 1e-7}
F = torch.nn.functional
FUNCTIONS = {
    "relu": torch.relu,
    "leaky_relu": lambda z: F.leaky_relu(z, 0.01),
    "maxout": lambda z: z.max(dim=0).values,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "identity": lambda z: z,
}
OPTIMIZER_OF = {
    "sgd": lambda p, lr, mu: torch.optim.SGD(p, lr),
    "momentum": lambda p, lr, mu: torch.optim.SGD(p, lr, momentum=mu),
    "nesterov": lambda p, lr, mu: torch.optim.SGD(p, lr, momentum=mu, nesterov=mu > 0),
    "adagrad": lambda p, lr, mu: torch.optim.Adagrad(p, lr, eps=1e-8),
    "rmsprop": lambda p, lr, mu: torch.optim.RMSprop(p, lr, alpha=0.99, eps=1e-8),
    "adadelta": lambda p, lr, mu: torch.optim.Adadelta(p, lr, rho=0.95, eps=1e-6),
    "adam": lambda p, lr, mu: torch.optim.Adam(p, lr, betas=(0.9, 0.999), eps=1e-8),
}


class Twin:
    """The same network in PyTorch."""

    def __init__(self, case):
        self.case = case
        self.layers = [
            (
                layer.activation,
                torch.tensor(layer.weights, requires_grad=True),
                torch.tensor(layer.biases, requires_grad=True),
            )
            for layer in case.trainer.layers()
        ]
        self.x, self.targets = torch.tensor(case.examples.coordinates), torch.tensor(case.examples.targets)
        count = len(self.layers)
        self.sources = [sorted({n - 1} | {a for a, b in case.spec.skips if b == n}) for n in range(1, count + 1)]

    @property
    def params(self):
        """All weights and biases."""
        return [p for _, w, b in self.layers for p in (w, b)]

    def scores(self):
        """Forward."""
        h = [self.x]
        for (name, w, b), feeding in zip(self.layers, self.sources, strict=True):
            inputs = torch.cat([h[source] for source in feeding], dim=1)
            z = inputs @ w + (b[:, None] if name == "maxout" else b)
            h.append(FUNCTIONS[name](z))
        return h[-1]

    def loss(self):
        """Data loss plus penalty."""
        s, t = self.scores(), self.targets
        sign = 2 * t - 1
        data = {
            "softmax": lambda: F.cross_entropy(s, t.long()),
            "svm": lambda: F.multi_margin_loss(s, t.long()) * s.shape[1],  # it divides by the number of classes
            "binary_softmax": lambda: F.binary_cross_entropy_with_logits(s[:, 0], t),
            "binary_svm": lambda: torch.clamp(1 - sign * s[:, 0], min=0).mean(),
            "squared": lambda: 0.5 * F.mse_loss(s[:, 0], t),
        }[self.case.spec.loss]()
        training = self.case.training
        return data + sum(0.5 * training.l2 * (w**2).sum() + training.l1 * w.abs().sum() for _, w, _ in self.layers)


def case_of(seed):
    return make_case(
        seed, activations=list(ACTIVATIONS), losses=list(LOSSES), optimizers=list(OPTIMIZERS), skips=True, l1=True
    )


@pytest.mark.parametrize("seed", range(210))  # 7 optimizers x 5 losses x 6
def test_same_scores_loss_gradients_and_hundred_steps(seed):
    case = case_of(seed)
    twin = Twin(case)
    found = case.trainer.predict(case.examples.coordinates)
    np.testing.assert_allclose(found.scores, twin.scores().detach().numpy(), **ONE_PASS)
    loss = twin.loss()
    assert case.trainer.losses().loss == pytest.approx(loss.item(), rel=1e-10)
    loss.backward()
    shown = Network(case.spec, dtype=np.float64)
    shown.params[...] = full_gradient(case.trainer.network, case.training, case.examples)
    for ours, (_, w, b) in zip(shown.layers(), twin.layers, strict=True):
        np.testing.assert_allclose(ours.weights, w.grad.numpy(), **ONE_PASS)
        np.testing.assert_allclose(ours.biases, b.grad.numpy(), **ONE_PASS)
    optimizer = OPTIMIZER_OF[case.training.optimizer](
        twin.params, RATES[case.training.optimizer], case.training.momentum
    )
    for _ in range(STEPS):
        optimizer.zero_grad()
        twin.loss().backward()
        optimizer.step()
    assert case.trainer.step(STEPS) == STEPS
    for ours, (_, w, b) in zip(case.trainer.layers(), twin.layers, strict=True):
        np.testing.assert_allclose(ours.weights, w.detach().numpy(), **MANY_STEPS)
        np.testing.assert_allclose(ours.biases, b.detach().numpy(), **MANY_STEPS)
