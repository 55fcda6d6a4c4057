"""`python -m tests.results.power [TIMES [WORD]]`: how surely each claim of tests/unit/studies/test_claims.py is found.

Tries every assertion again with so many other sets of as many seeds, and prints how often it missed. None in n tries
says, with 95 % confidence, that it misses in less than 3 / n of them. WORD: only claims with this in their names.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from nnlab.studies.registry import study_named
from nnlab.studies.study import Study
from nnlab.studies.training import Case
from tests.unit.studies import test_claims

TIMES = 10
APART = 1_000  # from one set of seeds to the next
GENERAL = "test_every_"


def main() -> None:
    """Try and print."""
    times = int(sys.argv[1]) if sys.argv[1:] else TIMES
    word = sys.argv[2] if sys.argv[2:] else ""
    misses = dict.fromkeys((name for name in claims() if word in name), 0)
    for number in range(1, times + 1):
        test_claims.study_named = lambda name, shift=number * APART: shifted(study_named(name), shift)  # type: ignore[assignment]
        test_claims.rows_of.cache_clear()
        for name in misses:
            misses[name] += not holds(getattr(test_claims, name))
        print(f"{number} of {times} sets of seeds", file=sys.stderr, flush=True)
    for name, count in misses.items():
        print(f"{count} of {times} missed: {name.removeprefix('test_').replace('_', ' ')}")


def claims() -> list[str]:
    """The tests that need no more than the studies."""
    found = inspect.getmembers(test_claims, inspect.isfunction)
    return [
        name
        for name, test in found
        if name.startswith("test_") and not name.startswith(GENERAL) and not inspect.signature(test).parameters
    ]


def holds(test: Any) -> bool:
    """Whether its assertions do."""
    try:
        test()
    except AssertionError:
        return False
    return True


def shifted(study: Study, shift: int) -> Study:
    """The study with other seeds of its networks."""

    def cases(parameters: Any) -> Iterator[Case]:
        for case in study.cases(parameters):
            network = {**case.document["network"], "seed": case.document["network"]["seed"] + shift}
            yield replace(case, document={**case.document, "network": network})

    return replace(study, cases=cases)


if __name__ == "__main__":
    main()
