"""The floor: peers/floor.c through ctypes. The ensemble is one network after the other."""

import ctypes
import os

import numpy as np
from peers.serve import serve

LIBRARY = ctypes.CDLL(os.environ["NNLAB_BENCH_FLOOR"])
BLOCK = 100  # cells at once


def pointer(array):
    """The address of an array, for C."""
    return ctypes.c_void_p(array.ctypes.data)


class Train:
    """A network in C."""

    def __init__(self, workload):
        self.workload = workload
        self.sizes = np.array([2, *workload["units"], workload["classes"]], np.int32)
        rows = [np.hstack([np.array(w).T, np.zeros((len(w[0]), 1))]).ravel() for w in workload["weights"]]
        self.params = np.concatenate(rows).astype(np.float32)
        self.velocity, self.gradient = np.zeros_like(self.params), np.zeros_like(self.params)
        x, y = np.array(workload["points"], np.float32), np.array(workload["labels"], np.int32)
        self.indices = np.array(workload["indices"])
        self.x = np.ascontiguousarray(x[self.indices].transpose(0, 2, 1))
        self.y = np.ascontiguousarray(y[self.indices])
        room = int(self.sizes.sum()) * max(workload["batch"], BLOCK)
        self.h, self.d = np.empty(room, np.float32), np.empty(room, np.float32)
        self.tanh = int(workload["activation"] == "tanh")
        self.done = 0

    def run(self, n):
        """Take n steps."""
        w = self.workload
        LIBRARY.train(
            pointer(self.params), pointer(self.velocity), pointer(self.gradient), pointer(self.sizes),
            len(self.sizes) - 1, pointer(self.x), pointer(self.y), len(self.indices), self.done % len(self.indices), n,
            w["batch"], self.tanh, pointer(self.h), pointer(self.d), ctypes.c_float(w["learning_rate"]),
            ctypes.c_float(w["momentum"]), ctypes.c_float(w["l2"]),
        )  # fmt: skip
        self.done += n

    def loss(self):
        """Loss over all points, in NumPy."""
        h, penalty, start = np.array(self.workload["points"]).T, 0.0, 0
        for d, units in zip(self.sizes[:-1], self.sizes[1:], strict=True):
            matrix = self.params[start : start + units * (d + 1)].reshape(units, d + 1).astype(float)
            start += units * (d + 1)
            z = matrix[:, :d] @ h + matrix[:, d:]
            h = np.tanh(z) if self.tanh else np.maximum(z, 0)
            penalty += 0.5 * self.workload["l2"] * (matrix[:, :d] ** 2).sum()
        shifted = z - z.max(0)
        right = shifted[self.workload["labels"], np.arange(z.shape[1])]
        return float((np.log(np.exp(shifted).sum(0)) - right).mean() + penalty)


class Grid:
    """Labels and probability levels of a grid, as bytes."""

    def __init__(self, workload):
        r = workload["resolution"]
        axis = np.linspace(-6, 6, r, dtype=np.float32)
        self.grid = np.stack(np.meshgrid(axis, axis)).reshape(2, -1).copy()
        self.net = Train(workload)
        self.labels, self.levels = np.empty((2, r * r), np.uint8)

    def run(self, n):
        """Draw n pictures."""
        net = self.net
        for _ in range(n):
            LIBRARY.draw(
                pointer(net.params), pointer(net.sizes), len(net.sizes) - 1, pointer(self.grid), self.grid.shape[1],
                BLOCK, net.tanh, pointer(net.h), pointer(self.labels), pointer(self.levels),
            )  # fmt: skip


class Ensemble:
    """Networks one after the other."""

    def __init__(self, workload):
        self.nets = [Train(workload) for _ in range(workload["ensemble_size"])]
        self.steps = workload["ensemble_steps"]

    def run(self, n):
        """Train all networks n times over."""
        for net in self.nets:
            net.run(self.steps * n)


def prepare(workload):
    """Make the job of a workload."""
    return {"train": Train, "grid": Grid, "ensemble": Ensemble}[workload["kind"]](workload)


if __name__ == "__main__":
    serve(prepare)
