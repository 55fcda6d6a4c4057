"""scikit-learn's MLPClassifier: partial_fit is its step, predict_proba its picture. It has no ensemble of networks."""

import numpy as np
from peers.serve import serve
from sklearn.neural_network import MLPClassifier


class Train:
    """One partial_fit a step."""

    scale = 1

    def __init__(self, workload):
        self.x = np.array(workload["points"], np.float32)
        self.y = np.array(workload["labels"])
        self.indices = np.array(workload["indices"])
        self.classes = np.arange(workload["classes"])
        self.done = 0
        self.l2 = workload["l2"]
        n = workload["batch"]
        self.model = MLPClassifier(
            hidden_layer_sizes=tuple(workload["units"]), activation=workload["activation"], solver="sgd",
            alpha=self.l2 * n,
            batch_size=n,
            learning_rate_init=workload["learning_rate"], momentum=workload["momentum"], nesterovs_momentum=False,
            shuffle=False,
        )  # fmt: skip
        self.model.partial_fit(self.x[:n], self.y[:n], classes=self.classes)

    def run(self, n):
        """Take n steps."""
        for _ in range(n):
            batch = self.indices[self.done % len(self.indices)]
            self.done += 1
            self.model.partial_fit(self.x[batch], self.y[batch])

    def loss(self):
        """None: its own initialization, so not comparable."""


class Grid:
    """Labels and probability levels of a grid, as bytes."""

    def __init__(self, workload):
        r = workload["resolution"]
        axis = np.linspace(-6, 6, r, dtype=np.float32)
        self.grid = np.stack(np.meshgrid(axis, axis), -1).reshape(-1, 2)
        self.model = Train(workload).model

    def run(self, n):
        """Draw n pictures."""
        for _ in range(n):
            p = self.model.predict_proba(self.grid)
            p.argmax(1).astype(np.uint8).tobytes()
            (p.max(1) * 63 + 0.5).astype(np.uint8).tobytes()


class Ensemble:
    """One network after the other: one is timed, and counted as many times as there are."""

    def __init__(self, workload):
        self.train = Train(workload)
        self.steps, self.scale = workload["ensemble_steps"], workload["ensemble_size"]

    def run(self, n):
        """Train one network n times over."""
        self.train.run(self.steps * n)


def prepare(workload):
    """Make the job of a workload."""
    return {"train": Train, "grid": Grid, "ensemble": Ensemble}[workload["kind"]](workload)


if __name__ == "__main__":
    serve(prepare)
