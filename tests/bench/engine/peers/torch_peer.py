"""PyTorch on one thread: a step written by hand, without autograd, with out= everywhere; the ensemble by baddbmm."""

import numpy as np
import torch
from peers.serve import serve

torch.set_num_threads(1)
torch.set_grad_enabled(False)


class Train:
    """Forward, loss, backward and update over preallocated tensors. `stack` networks at once if above 1."""

    def __init__(self, workload, stack=0):
        self.workload, self.tanh = workload, workload["activation"] == "tanh"
        lead = (stack,) if stack else ()
        self.weights = [_repeated(torch.tensor(w), lead) for w in workload["weights"]]
        self.biases = [torch.zeros(*lead, 1, w.shape[-1]) for w in self.weights]
        self.x = torch.tensor(workload["points"])
        self.y = torch.tensor(workload["labels"])
        self.one_hot = torch.nn.functional.one_hot(self.y).float()
        self.indices = torch.tensor(workload["indices"])
        n = workload["batch"]
        self.h = [torch.empty(*lead, n, w.shape[-1]) for w in self.weights]
        self.dz = [torch.empty_like(h) for h in self.h]
        self.slope = [torch.empty_like(h) for h in self.h]
        self.dw = [torch.empty_like(w) for w in self.weights]
        self.db = [torch.empty_like(b) for b in self.biases]
        self.vw = [torch.zeros_like(w) for w in self.weights]
        self.vb = [torch.zeros_like(b) for b in self.biases]
        self.lead, self.done = lead, 0

    def run(self, n):
        """Take n steps."""
        for _ in range(n):
            self.step()

    def step(self):
        """One step."""
        if len(self.indices) == 1:
            x, target = self.x, self.one_hot
        else:
            batch = self.indices[self.done % len(self.indices)]
            x, target = self.x[batch], self.one_hot[batch]
        self.done += 1
        x = x.expand(*self.lead, *x.shape)
        self.forward(x)
        torch.softmax(self.h[-1], -1, out=self.dz[-1])
        self.dz[-1].sub_(target).mul_(1.0 / x.shape[-2])
        self.backward(x)
        self.update()

    def forward(self, x):
        """h = f(x W + b), layer by layer."""
        for i, (w, b, h) in enumerate(zip(self.weights, self.biases, self.h, strict=True)):
            product = torch.baddbmm if self.lead else torch.addmm
            product(b, x, w, out=h)
            if i < len(self.h) - 1:
                torch.tanh_(h) if self.tanh else torch.relu_(h)
            x = h

    def backward(self, x):
        """dW, db and dz of each layer."""
        product = torch.bmm if self.lead else torch.mm
        for i in range(len(self.h) - 1, -1, -1):
            before = self.h[i - 1] if i else x
            product(before.transpose(-1, -2), self.dz[i], out=self.dw[i])
            torch.sum(self.dz[i], -2, keepdim=True, out=self.db[i])
            if i:
                product(self.dz[i], self.weights[i].transpose(-1, -2), out=self.dz[i - 1])
                if self.tanh:
                    torch.mul(before, before, out=self.slope[i - 1])
                    self.dz[i - 1].addcmul_(self.dz[i - 1], self.slope[i - 1], value=-1.0)
                else:
                    self.dz[i - 1].mul_(torch.gt(before, 0, out=self.slope[i - 1]))

    def update(self):
        """v = mu v - lr (g + l2 w), w += v."""
        lr, mu, l2 = (self.workload[name] for name in ("learning_rate", "momentum", "l2"))
        for w, v, g in zip(self.weights, self.vw, self.dw, strict=True):
            g.add_(w, alpha=l2)
            v.mul_(mu).sub_(g, alpha=lr)
            w.add_(v)
        for b, v, g in zip(self.biases, self.vb, self.db, strict=True):
            v.mul_(mu).sub_(g, alpha=lr)
            b.add_(v)

    def loss(self):
        """Loss over all points."""
        x = self.x
        for i, (w, b) in enumerate(zip(self.weights, self.biases, strict=True)):
            x = x @ w + b
            if i < len(self.h) - 1:
                x = torch.tanh(x) if self.tanh else torch.relu(x)
        penalty = 0.5 * self.workload["l2"] * sum((w**2).sum() for w in self.weights)
        return float(torch.nn.functional.cross_entropy(x, self.y) + penalty)


def _repeated(weights, lead):
    return weights.expand(*lead, *weights.shape).clone() if lead else weights


class Grid:
    """Labels and probability levels of a grid, as bytes."""

    def __init__(self, workload):
        r = workload["resolution"]
        axis = np.linspace(-6, 6, r, dtype=np.float32)
        self.grid = torch.from_numpy(np.stack(np.meshgrid(axis, axis), -1).reshape(-1, 2))
        self.weights = [torch.tensor(w) for w in workload["weights"]]
        self.biases = [torch.zeros(w.shape[-1]) for w in self.weights]
        self.f = torch.tanh_ if workload["activation"] == "tanh" else torch.relu_
        self.h = [torch.empty(r * r, w.shape[-1]) for w in self.weights]

    def run(self, n):
        """Draw n pictures."""
        for _ in range(n):
            x = self.grid
            for i, (w, b) in enumerate(zip(self.weights, self.biases, strict=True)):
                torch.addmm(b, x, w, out=self.h[i])
                x = self.f(self.h[i]) if i < len(self.h) - 1 else self.h[i]
            best, labels = torch.softmax(x, 1).max(1)
            labels.to(torch.uint8).numpy().tobytes()
            best.mul_(63).add_(0.5).to(torch.uint8).numpy().tobytes()


class Ensemble:
    """Stacked networks."""

    def __init__(self, workload):
        self.train = Train(workload, stack=workload["ensemble_size"])
        self.steps = workload["ensemble_steps"]

    def run(self, n):
        """Train all networks n times over."""
        self.train.run(self.steps * n)


def prepare(workload):
    """Make the job of a workload."""
    return {"train": Train, "grid": Grid, "ensemble": Ensemble}[workload["kind"]](workload)


if __name__ == "__main__":
    serve(prepare)
