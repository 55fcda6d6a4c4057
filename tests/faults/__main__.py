"""`make faults`: try what must not harm a server, and print what was tried, what happened and the bound.

`python -m tests.faults WORD ...` runs the scenarios with one of the words in their name or promise; `--list` only names
them; `--into docs/reliability.md` writes the table there. The exit code is 1 if a bound is not kept. Some bounds are
times: run it on a machine with nothing else to do.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.faults.scenarios import classes, connections, input, load, processes, store  # noqa: F401 - they enter the table
from tests.faults.table import PROMISES, SCENARIOS, Scenario, run_all, write_table


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="make faults")
    parser.add_argument("words", nargs="*", help="only scenarios with one of these in name or promise")
    parser.add_argument("--list", action="store_true", help="name them and the promises they show")
    parser.add_argument("--into", type=Path, help="a page whose table is to be written anew")
    arguments = parser.parse_args()
    wanted = [one for one in SCENARIOS if not arguments.words or any(word in told(one) for word in arguments.words)]
    if arguments.list:
        for one in wanted:
            print(f"{one.name:30} {PROMISES[one.promise]}")
        return
    seen = run_all(wanted)
    if arguments.into:
        write_table(arguments.into, seen)
    sys.exit(0 if all(outcome.ok for outcome in seen.values()) else 1)


def told(one: Scenario) -> str:
    """Name and promise, to look for words in."""
    return f"{one.name} {PROMISES[one.promise]}"


if __name__ == "__main__":
    main()
