"""JAX on one thread: all steps in one jitted loop, gradients by jax.grad, the ensemble by vmap."""

import os

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402
from peers.serve import serve  # noqa: E402


def forward(params, x, activation):
    """Scores of x (N, 2)."""
    f = jnp.tanh if activation == "tanh" else lambda z: jnp.maximum(z, 0)
    for weights, biases in params[:-1]:
        x = f(x @ weights + biases)
    weights, biases = params[-1]
    return x @ weights + biases


def loss_of(params, x, y, activation, l2):
    """Mean cross-entropy plus l2."""
    log_p = jax.nn.log_softmax(forward(params, x, activation))
    return -jnp.take_along_axis(log_p, y[:, None], 1).mean() + 0.5 * l2 * sum((w**2).sum() for w, _ in params)


def make_step(workload):
    """One momentum step over the points of a minibatch."""
    x = jnp.array(workload["points"], jnp.float32)
    y = jnp.array(workload["labels"], jnp.int32)
    indices = jnp.array(workload["indices"], jnp.int32)
    full = len(workload["indices"]) == 1
    gradient = jax.grad(loss_of)

    def step(i, state):
        params, velocity = state
        batch = indices[i % len(indices)]
        xs, ys = (x, y) if full else (x[batch], y[batch])
        grads = gradient(params, xs, ys, workload["activation"], workload["l2"])
        velocity = jax.tree.map(lambda v, g: workload["momentum"] * v - workload["learning_rate"] * g, velocity, grads)
        return jax.tree.map(jnp.add, params, velocity), velocity

    return step


def start_params(workload):
    """The weights every peer starts from, biases zero."""
    return [(jnp.array(w, jnp.float32), jnp.zeros(len(w[0]), jnp.float32)) for w in workload["weights"]]


class Train:
    """One jitted loop over any number of steps."""

    def __init__(self, workload):
        self.workload = workload
        step = make_step(workload)
        self.loop = jax.jit(lambda start, n, state: jax.lax.fori_loop(start, start + n, step, state))
        params = start_params(workload)
        self.state = (params, jax.tree.map(jnp.zeros_like, params))
        self.done = 0
        jax.block_until_ready(self.loop(0, 1, self.state))

    def run(self, n):
        """Take n steps."""
        self.state = jax.block_until_ready(self.loop(self.done, n, self.state))
        self.done += n

    def loss(self):
        """Loss over all points."""
        x, y = jnp.array(self.workload["points"], jnp.float32), jnp.array(self.workload["labels"])
        return float(loss_of(self.state[0], x, y, self.workload["activation"], self.workload["l2"]))


class Grid:
    """Labels and probability levels of a grid, as bytes."""

    def __init__(self, workload):
        r = workload["resolution"]
        axis = np.linspace(-6, 6, r, dtype=np.float32)
        grid = jnp.array(np.stack(np.meshgrid(axis, axis), -1).reshape(-1, 2))
        params = start_params(workload)

        def picture(params, grid):
            scores = forward(params, grid, workload["activation"])
            p = jax.nn.softmax(scores)
            return scores.argmax(1).astype(jnp.uint8), (p.max(1) * 63 + 0.5).astype(jnp.uint8)

        draw = jax.jit(picture)
        self.draw = lambda: [np.asarray(part).tobytes() for part in draw(params, grid)]
        self.draw()

    def run(self, n):
        """Draw n pictures."""
        for _ in range(n):
            self.draw()


class Ensemble:
    """All networks under vmap, all steps in one loop."""

    def __init__(self, workload):
        step = make_step(workload)
        size = workload["ensemble_size"]
        params = jax.tree.map(lambda w: jnp.stack([w] * size), start_params(workload))
        self.state = (params, jax.tree.map(jnp.zeros_like, params))
        steps = workload["ensemble_steps"]
        many = jax.vmap(step, in_axes=(None, 0))
        self.loop = jax.jit(lambda state: jax.lax.fori_loop(0, steps, many, state))
        jax.block_until_ready(self.loop(self.state))

    def run(self, n):
        """Train all networks n times over."""
        for _ in range(n):
            self.state = jax.block_until_ready(self.loop(self.state))


def prepare(workload):
    """Make the job of a workload."""
    return {"train": Train, "grid": Grid, "ensemble": Ensemble}[workload["kind"]](workload)


if __name__ == "__main__":
    serve(prepare)
