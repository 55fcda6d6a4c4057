"""`python -m tests.cluster`: all tests of the cluster, in parts side by side; what each has said, and how long it took.

Each part has a network, a cluster and a database of its own: where a machine may die, others must have room for its
runners.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time

DATABASE = [f"tests/cluster/test_{name}.py" for name in ("postgres", "postgres_faults")]
FAULTS = [f"tests/cluster/test_{name}.py" for name in ("faults", "head", "cut_off", "database_faults", "nginx")]
PARTS = {
    "api": ["tests/api", *DATABASE],
    "faults": FAULTS,
    "rest": ["tests/cluster", *(f"--ignore={file}" for file in DATABASE + FAULTS)],
}
PYTEST = ["-m", "tests.cluster.loopback", sys.executable, "-m", "pytest", "-q", "-p", "tests.cluster.plugin"]


def main() -> int:
    """Run the parts; whether one has failed."""
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda part=part: statuses.append(run(part))) for part in PARTS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return max(statuses)


def run(part: str) -> int:
    """Run a part and print all of it at its end; its exit status."""
    began_s = time.monotonic()
    done = subprocess.run([sys.executable, *PYTEST, *PARTS[part]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print(f"{part}, {time.monotonic() - began_s:.0f} s\n{done.stdout.decode(errors='replace')}", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
