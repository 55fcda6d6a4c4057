"""What the benchmark's peers need, made once outside the project: a virtual environment, node_modules, the C library.

NNLAB_BENCH_HOME says where (default: /tmp/nnlab-bench). Nothing of it touches the project's own environment.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PEERS = Path(__file__).resolve().parent / "peers"
HOME = Path(os.environ.get("NNLAB_BENCH_HOME", "/tmp/nnlab-bench"))
CONVNETJS = "convnetjs@0.3.0"
C_FLAGS = ("-O3", "-march=native", "-ffast-math", "-shared", "-fPIC")


def python() -> Path:
    """Return the interpreter of the peers' environment, made if missing."""
    interpreter = HOME / "venv/bin/python"
    stamp = HOME / "venv/requirements.txt"
    wanted = (ROOT / "requirements-bench.txt").read_text()
    if not stamp.exists() or stamp.read_text() != wanted:
        _say("installing JAX, PyTorch and scikit-learn (once)")
        subprocess.run([sys.executable, "-m", "venv", str(HOME / "venv")], check=True)
        pip = [str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", str(ROOT / "requirements-bench.txt")], check=True)
        stamp.write_text(wanted)
    return interpreter


def node_modules() -> Path:
    """Return the folder with node_modules/convnetjs, installed if missing."""
    folder = HOME / "node"
    if not (folder / "node_modules/convnetjs").exists():
        _say("installing ConvNetJS (once)")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n')
        subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit", CONVNETJS], cwd=folder, check=True)
    return folder


def floor_library() -> Path:
    """Return the compiled floor.c, built if missing or old."""
    source, library = PEERS / "floor.c", HOME / "floor.so"
    if not library.exists() or library.stat().st_mtime < source.stat().st_mtime:
        HOME.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cc", *C_FLAGS, str(source), "-o", str(library), "-lm"], check=True)
    return library


def commands() -> dict[str, list[str]]:
    """Return each peer's command line."""
    interpreter = str(python())
    scripts = {name: [interpreter, str(PEERS / f"{name}_peer.py")] for name in ("jax", "torch", "sklearn", "floor")}
    return {
        "nnlab": [sys.executable, str(PEERS / "nnlab_peer.py")],
        "floor": scripts["floor"],
        "jax": scripts["jax"],
        "torch": scripts["torch"],
        "sklearn": scripts["sklearn"],
        "convnetjs": ["node", str(PEERS / "convnetjs_peer.cjs"), str(node_modules())],
    }


def variables() -> dict[str, str]:
    """Return the environment of the peers: one thread each, and no older BLAS kernel forced."""
    settings = {name: value for name, value in os.environ.items() if name != "OPENBLAS_CORETYPE"}
    settings |= {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
    settings["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(PEERS.parent)])
    settings["NNLAB_BENCH_FLOOR"] = str(floor_library())
    return settings


def _say(text: str) -> None:
    print(f"bench: {text} in {HOME}", file=sys.stderr)
