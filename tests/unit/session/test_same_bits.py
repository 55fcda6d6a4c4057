"""Same document, seed and commands: the same weights in every process whose matrix products are of the same kernel."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.serving import ROOT

TRAIN = """
import hashlib
from nnlab.document.models import parse_document
from nnlab.session.apply import apply
from nnlab.session.commands import MakeDataset
from nnlab.session.session import Session

document = {"network": {"hidden": [{"units": 64, "activation": "tanh"}] * 2}, "training": {"batch_size": 300}}
session = Session(parse_document(document))
apply(MakeDataset(name="spiral", points=400), session)
session.advance(300)
print(hashlib.sha256(session.trainer.network.params.tobytes()).hexdigest())
"""


def trained(**environment: str) -> str:
    """A hash of the weights, trained in a process of its own."""
    settings = {**os.environ, "OPENBLAS_NUM_THREADS": "1", **environment}
    command = [sys.executable, "-c", TRAIN]
    return subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True, text=True).stdout


@pytest.mark.thorough
@pytest.mark.parametrize("kernel", [{}, {"OPENBLAS_CORETYPE": "Haswell"}], ids=["its own", "Haswell"])
def test_two_processes_with_the_same_kernel_train_to_the_same_bits(kernel: dict[str, str]) -> None:
    assert trained(**kernel) == trained(**kernel)
