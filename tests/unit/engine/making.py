"""Things the engine's tests make: specs, examples, networks with random weights, and the reference's view of them."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.menus.scalings import SCALINGS
from nnlab.engine.network.network import LayerWeights, Network
from nnlab.engine.specs import Examples, LayerSpec, NetworkSpec, TrainingSpec
from nnlab.engine.trainer import Trainer

ONE_SCORE = ("binary_softmax", "binary_svm", "squared")


def num_scores(loss, classes=3):
    """K for a loss: one score, or one a class."""
    return 1 if loss in ONE_SCORE else classes


def network_spec(hidden=((5, "tanh"),), loss="softmax", classes=3, inputs=("x", "y"), **more):
    """A spec from (units, activation[, pieces]) pairs."""
    return NetworkSpec(inputs, tuple(LayerSpec(*layer) for layer in hidden), num_scores(loss, classes), loss, **more)


def make_examples(count, loss="softmax", classes=3, seed=0, held_out=0):
    """Random points; the last `held_out` of them held out."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % (2 if loss in ONE_SCORE else classes)
    targets = rng.standard_normal(count) if loss == "squared" else rng.permutation(labels).astype(float)
    return Examples(rng.uniform(-2, 2, (count, 2)), targets, np.arange(count) >= count - held_out)


def random_network(spec, seed=0, dtype=np.float64, scale=1.0):
    """A network with normal weights and biases."""
    network = Network(spec, dtype=dtype)
    network.params[...] = scale * np.random.default_rng(seed).standard_normal(network.num_params)
    return network


def make_trainer(spec, training, examples, dtype=np.float64, seed=0):
    """A trainer with random weights and biases."""
    trainer = Trainer(spec, training, examples, dtype=dtype)
    trainer.set_layers(random_network(spec, seed).layers())
    return trainer


def as_reference(layers):
    """LayerWeights as the reference's tuples."""
    return [(layer.activation, layer.weights.astype(np.float64), layer.biases.astype(np.float64)) for layer in layers]


def from_reference(layers):
    """The other way round."""
    return [LayerWeights(*layer) for layer in layers]


def sources_of(spec):
    """The layers that feed each layer."""
    count = len(spec.hidden) + 1
    return [tuple(sorted({n - 1} | {a for a, b in spec.skips if b == n})) for n in range(1, count + 1)]


def gradient_layers(network, flat):
    """A flat gradient as [(dW, db)]."""
    shown = Network(network.spec, dtype=np.float64)
    shown.params[...] = flat
    return [(layer.weights, layer.biases) for layer in shown.layers()]


@st.composite
def specs(draw, losses=tuple(LOSSES), activations=tuple(ACTIVATIONS), skips=True):
    """Random network specs: 0-3 hidden layers, any activations, 2-4 classes, perhaps skip links."""
    hidden = draw(
        st.lists(st.tuples(st.integers(1, 4), st.sampled_from(activations), st.integers(2, 4)), min_size=0, max_size=3)
    )
    count = len(hidden) + 1
    links = [(start, end) for start in range(count) for end in range(start + 2, count + 1)]
    chosen = draw(st.lists(st.sampled_from(links), unique=True, max_size=2)) if links and skips else []
    loss = draw(st.sampled_from(losses))
    classes = draw(st.integers(2, 4))
    seed, scaling = draw(st.integers(0, 1000)), draw(st.sampled_from(list(SCALINGS)))
    return network_spec(hidden, loss, classes, seed=seed, skips=tuple(chosen), scaling=scaling)


PLAIN = TrainingSpec(optimizer="sgd", learning_rate=0.1, batch_size=10_000)
