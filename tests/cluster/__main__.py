"""`python -m tests.cluster`: all tests of the cluster, in parts side by side; what each has said, and how long it took.

Each part has a network, a cluster and a database of its own: where a machine may die, others must have room for its
runners.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

PARTS = {
    "whatever dies": ["faults", "nginx"],
    "clusters of their own": ["--no-cluster", "head", "cut_off", "compose"],
    "fleet": ["fleet", "servers", "studies", "database_faults"],
    "api": ["-n", "2", "--dist", "worksteal", "tests/api"],
    "database": ["--no-cluster", "postgres", "postgres_faults"],
}
FILES = {file.stem.removeprefix("test_") for file in Path(__file__).parent.glob("test_*.py")}
PYTEST = ["-m", "tests.cluster.loopback", sys.executable, "-m", "pytest", "-q", "-p", "tests.cluster.plugin"]


def main() -> int:
    """Run the parts; whether one has failed."""
    assert FILES <= {word for words in PARTS.values() for word in words}, "a file of tests is in no part"
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
    words = [f"tests/cluster/test_{word}.py" if word in FILES else word for word in PARTS[part]]
    done = subprocess.run([sys.executable, *PYTEST, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print(f"{part}, {time.monotonic() - began_s:.0f} s\n{done.stdout.decode(errors='replace')}", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
