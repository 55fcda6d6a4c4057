"""The table of faults: scenarios with the promise they show, and how they are run and printed."""

from __future__ import annotations

import os
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.serving import Server

PROMISES = {
    "apart": "frames never cross",
    "once": "once or reported",
    "back": "back after a crash",
    "viewers": "viewers return",
    "overload": "overload answered within 1 s",
    "same": "same input, same weights",
    "resources": "resources return",
    "refused": "bad input is a 4xx and changes nothing",
    "neighbours": "one session never harms another",
}
WIDTHS = (26, 38, 42, 36, 7)  # of the columns, in characters
HEADINGS = ("scenario", "what was tried", "what happened", "bound", "")


@dataclass(frozen=True)
class Outcome:
    """What a scenario saw, with figures, and whether that keeps the bound."""

    happened: str
    ok: bool


@dataclass(frozen=True)
class Scenario:
    """One line of the table. `act` gets a running server of its own."""

    name: str
    tried: str
    bound: str
    promise: str
    settings: dict[str, object]
    act: Callable[[Server], Outcome]

    def run(self) -> Outcome:
        """Start a server, act, and leave nothing; what goes wrong in between is what happened."""
        with tempfile.TemporaryDirectory() as folder:
            server = Server(Path(folder), **{"runners": 1, **self.settings}).start()
            try:
                return self.act(server)
            except Exception as error:
                return Outcome(f"{type(error).__name__}: {error}"[:200], ok=False)
            finally:
                server.kill()


SCENARIOS: list[Scenario] = []


def scenario(promise: str, *, bound: str, **settings: object) -> Callable[[Callable[[Server], Outcome]], Scenario]:
    """Enter a function into the table. Its name is the scenario's, its docstring says what is tried."""

    def enter(act: Callable[[Server], Outcome]) -> Scenario:
        assert promise in PROMISES and act.__doc__
        made = Scenario(act.__name__.replace("_", " "), act.__doc__.strip(), bound, promise, settings, act)
        SCENARIOS.append(made)
        return made

    return enter


def run_all(scenarios: Iterable[Scenario]) -> dict[str, Outcome]:
    """Run one after the other, print a line of the table after each, and return what was seen by scenario."""
    load = os.getloadavg()[0]
    print_row(HEADINGS)
    print_row(["-" * width for width in WIDTHS])
    seen = {one.name: run_and_print(one) for one in scenarios}
    print(f"\n{sum(outcome.ok for outcome in seen.values())} of {len(seen)} keep their bounds.")
    print(f"Before the first, {load:.1f} processes wanted one of {os.cpu_count()} processors; bounds in time want few.")
    return seen


def run_and_print(one: Scenario) -> Outcome:
    """Run one scenario and print its line."""
    began = time.monotonic()
    outcome = one.run()
    took = f"[{time.monotonic() - began:.0f} s]"
    print_row((f"{one.name} {took}", one.tried, outcome.happened, one.bound, word(outcome)))
    return outcome


def word(outcome: Outcome) -> str:
    """The last column."""
    return "ok" if outcome.ok else "not yet"


def print_row(cells: Iterable[str]) -> None:
    """Print cells under each other where they are longer than their column."""
    columns = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, WIDTHS, strict=True)]
    for number in range(max(map(len, columns))):
        parts = [column[number] if number < len(column) else "" for column in columns]
        print("  ".join(part.ljust(width) for part, width in zip(parts, WIDTHS, strict=True)).rstrip(), flush=True)


BEGIN, END = "<!-- make faults writes from here -->", "<!-- to here -->"


def write_table(page: Path, seen: dict[str, Outcome]) -> None:
    """Put the table, with what was seen, between the marks of a page; scenarios that were not run say so."""
    rows = ["| scenario | tried | bound | measured | |", "| --- | --- | --- | --- | --- |"]
    for one in SCENARIOS:
        outcome = seen.get(one.name)
        measured = (outcome.happened, word(outcome)) if outcome else ("", "not run")
        cells = (f"**{one.name}**", one.tried, one.bound, *measured)
        rows.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    head, _, rest = page.read_text().partition(BEGIN)
    _, _, tail = rest.partition(END)
    page.write_text(head + "\n".join([BEGIN, "", *rows, "", END]) + tail)
