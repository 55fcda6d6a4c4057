"""Starting processes that run a module of ours: runners, their studios, the workers of studies."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Small matrices get slower, not faster, with more than one BLAS thread.
ONE_BLAS_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def start(
    module: str, environment: Mapping[str, str] | None = None, *, buffer_bytes: int = -1
) -> subprocess.Popen[bytes]:
    """`python -m module`, with pipes to its standard input and output, in this environment or else our own.

    When this process ends, however it ends, the other one's input does: it is to end by that.
    """
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, "-m", module],
        bufsize=buffer_bytes,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**(os.environ if environment is None else environment), **ONE_BLAS_THREAD, "PYTHONPATH": path},
    )
