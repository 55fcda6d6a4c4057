"""`python -m tests.cluster [PART ...]`: tests of the cluster, in parts side by side; what each said, how long it took.

Each part has a network, a cluster and a database of its own: where a machine may die, others must have room for its
runners. No more than three at once: where nobody has time to answer, machines that are well are taken for dead.
All parts, or those that are named; options are handed on to pytest.
"""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

AT_ONCE = 3
PARTS = {  # the longest first
    "faults": ["faults", "database_faults"],
    "head": ["--machines=0", "head"],
    "servers": ["servers", "nginx"],
    "fleet": ["fleet", "studies"],
    "deploy": ["--machines=0", "compose"],
    "cut_off": ["--machines=0", "cut_off"],
    "api": ["--machines=1", "tests/api"],
    "database": ["--machines=0", "postgres", "postgres_faults"],
}
FILES = {file.stem.removeprefix("test_") for file in Path(__file__).parent.glob("test_*.py")}
PYTEST = ["-m", "tests.cluster.loopback", sys.executable, "-m", "pytest", "-q", "-p", "tests.cluster.plugin"]


def main() -> int:
    """Run the parts; whether one has failed."""
    assert FILES <= {word for words in PARTS.values() for word in words}, "a file of tests is in no part"
    options = [word for word in sys.argv[1:] if word.startswith("-")]
    named = [word for word in sys.argv[1:] if word not in options]
    if unknown := set(named) - PARTS.keys():
        sys.exit(f"{', '.join(sorted(unknown))}: no such part; there are {', '.join(PARTS)}")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return max(pool.map(partial(run, options), named or PARTS))


def run(options: list[str], part: str) -> int:
    """Run a part and print all of it at its end; its exit status."""
    began_s = time.monotonic()
    words = [f"tests/cluster/test_{word}.py" if word in FILES else word for word in PARTS[part]]
    done = subprocess.run([sys.executable, *PYTEST, *words, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print(f"{part}, {time.monotonic() - began_s:.0f} s\n{done.stdout.decode(errors='replace')}", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
