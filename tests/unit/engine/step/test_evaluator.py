"""Networks of one form share what a look goes through, and each still sees its own."""

from __future__ import annotations

import threading

import numpy as np

from nnlab.engine.network.initializers import initialize
from nnlab.engine.network.network import Network
from nnlab.engine.specs import LayerSpec, NetworkSpec
from nnlab.engine.step.evaluator import Evaluator

SPEC = NetworkSpec(("x", "y"), (LayerSpec(6, "tanh"),), 2, "softmax")


def network_of(seed: int) -> Network:
    network = Network(SPEC)
    initialize(network, np.random.default_rng(seed))
    return network


def inputs_of(count: int) -> np.ndarray:
    inputs = np.random.default_rng(count).normal(size=(3, count)).astype(np.float32)
    inputs[-1] = 1.0
    return inputs


def test_networks_of_one_form_share_buffers_and_say_what_they_say_alone() -> None:
    networks, inputs = [network_of(seed) for seed in range(3)], inputs_of(100)
    alone = [Evaluator(network).scores(inputs) for network in networks]
    together = [Evaluator(network) for network in networks]
    assert len({id(one.blocks(100).work) for one in together}) == 1
    for _ in range(2):
        for evaluator, scores in zip(together, alone, strict=True):
            np.testing.assert_array_equal(evaluator.scores(inputs), scores)


def test_other_forms_and_other_threads_have_their_own() -> None:
    first = Evaluator(network_of(0)).blocks(100)
    deeper = Evaluator(Network(NetworkSpec(("x", "y"), (LayerSpec(6, "tanh"),) * 2, 2, "softmax"))).blocks(100)
    found = []
    other = threading.Thread(target=lambda: found.append(Evaluator(network_of(0)).blocks(100).work))
    other.start()
    other.join()
    assert len({id(first.work), id(deeper.work), id(found[0])}) == 3
