"""Textbook twins of the engine's kernels: float64, an example a row, one formula a line, written for reading.

Nothing is shared with the engine. A layer is (activation, W, b) with W (D, H) and b (H,), maxout (pieces, D, H) and
(pieces, H); h @ W + b is the note's orientation. Sources: the numbers of the layers that feed a layer, 0 the input.
"""

from __future__ import annotations

import math

import numpy as np

LEAKY_SLOPE = 0.01


# Activations


def activate(name, z):
    """f(z); for maxout z is (pieces, N, H)."""
    return {
        "relu": lambda: np.where(z > 0, z, 0.0),
        "leaky_relu": lambda: np.where(z > 0, z, LEAKY_SLOPE * z),
        "maxout": lambda: np.max(z, axis=0),
        "tanh": lambda: np.tanh(z),
        "sigmoid": lambda: np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), 1 - 1 / (1 + np.exp(-np.abs(z)))),
        "identity": lambda: z,
    }[name]()


def slope(name, z):
    """f'(z); at the kink the left slope; for maxout 1 at the first of the largest pieces."""
    if name == "maxout":
        winner = np.argmax(z, axis=0)  # argmax takes the first
        return np.stack([(winner == piece) * 1.0 for piece in range(len(z))])
    return {
        "relu": lambda: np.where(z > 0, 1.0, 0.0),
        "leaky_relu": lambda: np.where(z > 0, 1.0, LEAKY_SLOPE),
        "tanh": lambda: 1 - np.tanh(z) ** 2,
        "sigmoid": lambda: activate("sigmoid", z) * (1 - activate("sigmoid", z)),
        "identity": lambda: np.ones_like(z),
    }[name]()


# Inputs: rows (N, D), fitted on the training rows


def scaled(name, inputs, training):
    """Standard: (x - mean) / deviation. Range: from -1 to 1. An input that is the same everywhere is not divided."""
    low, high = training.min(axis=0), training.max(axis=0)
    shift, size = {
        "none": (0.0 * low, 1.0 + 0.0 * low),
        "standard": (training.mean(axis=0), np.sqrt(((training - training.mean(axis=0)) ** 2).mean(axis=0))),
        "range": ((low + high) / 2, (high - low) / 2),
    }[name]
    return (inputs - shift) / np.where(high > low, size, 1.0)


# Losses: of one example's scores s (K,) and its label or target


def loss_of(name, s, target):
    """The loss of one example."""
    if name == "softmax":
        return -math.log(softmax(s)[int(target)])
    if name == "svm":
        return sum(max(0.0, s[j] - s[int(target)] + 1) for j in range(len(s)) if j != int(target))
    if name == "binary_softmax":
        p = 1 / (1 + math.exp(-s[0]))
        return -math.log(p if target == 1 else 1 - p)
    if name == "binary_svm":
        return max(0.0, 1 - (1 if target == 1 else -1) * s[0])
    return 0.5 * (s[0] - target) ** 2


def loss_gradient(name, s, target):
    """dloss/ds (K,) of one example; 0 where a margin is met exactly."""
    if name == "softmax":
        return softmax(s) - np.eye(len(s))[int(target)]
    if name == "svm":
        gradient = np.array([1.0 if j != target and s[j] - s[int(target)] + 1 > 0 else 0.0 for j in range(len(s))])
        gradient[int(target)] = -gradient.sum()
        return gradient
    if name == "binary_softmax":
        return np.array([1 / (1 + math.exp(-s[0])) - target])
    if name == "binary_svm":
        t = 1 if target == 1 else -1
        return np.array([-t if t * s[0] < 1 else 0.0])
    return np.array([s[0] - target])


def softmax(s):
    """exp(s) / sum exp(s), shifted by the largest."""
    powers = np.exp(s - np.max(s))
    return powers / powers.sum()


# Networks


def pre_activation(layer, h):
    """z = h @ W + b, a piece at a time for maxout."""
    activation, weights, biases = layer
    if activation == "maxout":
        return np.stack([h @ w + b for w, b in zip(weights, biases, strict=True)])
    return h @ weights + biases


def chain(layers):
    """The sources of a network without skip links."""
    return [(number,) for number in range(len(layers))]


def forward(layers, x, sources=None):
    """All outputs h[0] = x, h[1], ... h[L] = scores, and all z."""
    h, zs = [x], []
    for layer, feeding in zip(layers, sources or chain(layers), strict=True):
        z = pre_activation(layer, np.concatenate([h[source] for source in feeding], axis=1))
        zs.append(z)
        h.append(activate(layer[0], z))
    return h, zs


def penalty(layers, l2=0.0, l1=0.0):
    """1/2 l2 sum(W^2) + l1 sum(|W|)."""
    return sum(0.5 * l2 * np.sum(w**2) + l1 * np.sum(np.abs(w)) for _, w, _ in layers)


def total_loss(layers, x, targets, loss, *, l2=0.0, l1=0.0, sources=None):
    """Mean data loss plus penalty."""
    scores = forward(layers, x, sources)[0][-1]
    return np.mean([loss_of(loss, s, t) for s, t in zip(scores, targets, strict=True)]) + penalty(layers, l2, l1)


def gradients(layers, x, targets, loss, *, l2=0.0, l1=0.0, sources=None):
    """[(dW, db)] of total_loss, by the chain rule, layer by layer from the last."""
    sources = sources or chain(layers)
    h, zs = forward(layers, x, sources)
    dh = [np.zeros_like(values) for values in h]
    dh[-1] = np.array([loss_gradient(loss, s, t) for s, t in zip(h[-1], targets, strict=True)]) / len(x)
    result = [None] * len(layers)
    for number in range(len(layers), 0, -1):
        activation, weights, _ = layers[number - 1]
        inputs = np.concatenate([h[source] for source in sources[number - 1]], axis=1)
        dz = dh[number] * slope(activation, zs[number - 1])
        if activation == "maxout":
            dw, db = np.stack([inputs.T @ d for d in dz]), dz.sum(axis=1)
            back = sum(d @ w.T for d, w in zip(dz, weights, strict=True))
        else:
            dw, db = inputs.T @ dz, dz.sum(axis=0)
            back = dz @ weights.T
        result[number - 1] = (dw + l2 * weights + l1 * np.sign(weights), db)
        start = 0
        for source in sources[number - 1]:
            width = h[source].shape[1]
            dh[source] = dh[source] + back[:, start : start + width]
            start += width
    return result


def constrain(weights, max_norm):
    """Scale the incoming weights of each unit (a column; of each piece, for maxout) down to max_norm."""
    norms = np.sqrt((weights**2).sum(axis=-2, keepdims=True))
    return np.where(norms > max_norm, weights * max_norm / np.where(norms > 0, norms, 1), weights)


# Optimizers: w and g are numbers or arrays; the state is a dict that starts empty; t counts from 1


def update(name, w, g, state, *, lr, mu=0.9, t=1):
    """The parameters after one step; `state` is changed in place."""
    return UPDATES[name](w, g, state, lr, mu, t)


def _sgd(w, g, state, lr, mu, t):
    return w - lr * g


def _momentum(w, g, state, lr, mu, t):
    v = mu * state.get("v", 0.0) - lr * g
    state["v"] = v
    return w + v


def _nesterov(w, g, state, lr, mu, t):
    old = state.get("v", 0.0)
    new = mu * old - lr * g
    state["v"] = new
    return w + (1 + mu) * new - mu * old


def _adagrad(w, g, state, lr, mu, t):
    state["c"] = state.get("c", 0.0) + g**2
    return w - lr * g / (np.sqrt(state["c"]) + 1e-8)


def _rmsprop(w, g, state, lr, mu, t):
    state["c"] = 0.99 * state.get("c", 0.0) + 0.01 * g**2
    return w - lr * g / (np.sqrt(state["c"]) + 1e-8)


def _adadelta(w, g, state, lr, mu, t):
    state["c"] = 0.95 * state.get("c", 0.0) + 0.05 * g**2
    d = g * np.sqrt(state.get("u", 0.0) + 1e-6) / np.sqrt(state["c"] + 1e-6)
    state["u"] = 0.95 * state.get("u", 0.0) + 0.05 * d**2
    return w - lr * d


def _adam(w, g, state, lr, mu, t):
    state["m"] = 0.9 * state.get("m", 0.0) + 0.1 * g
    state["v"] = 0.999 * state.get("v", 0.0) + 0.001 * g**2
    m_hat = state["m"] / (1 - 0.9**t)
    v_hat = state["v"] / (1 - 0.999**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + 1e-8)


UPDATES = {
    "sgd": _sgd,
    "momentum": _momentum,
    "nesterov": _nesterov,
    "adagrad": _adagrad,
    "rmsprop": _rmsprop,
    "adadelta": _adadelta,
    "adam": _adam,
}
