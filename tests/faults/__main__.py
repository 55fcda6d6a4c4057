"""`make faults`: try what must not harm a server, and print what was tried, what happened and the bound.

`python -m tests.faults WORD ...` runs the scenarios with one of the words in their name or promise; `--list` only names
them. The exit code is 1 if a bound is not kept. Some bounds are times: run it on a machine with nothing else to do.
"""

from __future__ import annotations

import argparse
import sys

from tests.faults.scenarios import connections, input, load, processes, store  # noqa: F401 - they enter the table
from tests.faults.table import PROMISES, SCENARIOS, Scenario, run_all


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="make faults")
    parser.add_argument("words", nargs="*", help="only scenarios with one of these in name or promise")
    parser.add_argument("--list", action="store_true", help="name them and the promises they show")
    arguments = parser.parse_args()
    wanted = [one for one in SCENARIOS if not arguments.words or any(word in told(one) for word in arguments.words)]
    if arguments.list:
        for one in wanted:
            print(f"{one.name:30} {PROMISES[one.promise]}")
    else:
        sys.exit(0 if run_all(wanted) else 1)


def told(one: Scenario) -> str:
    """Name and promise, to look for words in."""
    return f"{one.name} {PROMISES[one.promise]}"


if __name__ == "__main__":
    main()
