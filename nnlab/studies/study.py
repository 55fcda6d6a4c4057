"""What a study is: a question, its parameters, the networks that answer it, what is measured, how it is shown.

A study is cut into chunks, each a stack of networks that train together. A chunk is a pure function of (study,
parameters, number), so it may be done anywhere, and again after whoever did it has died.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from nnlab.document.validation import Model
from nnlab.document.wording import invalid_input
from nnlab.sentence import Sentence
from nnlab.studies.chart import Chart
from nnlab.studies.training import Case, Stack, alike, seconds

Row = dict[str, Any]  # what was measured of one network, as plain JSON; "run" is its number in the study
TOGETHER = 10  # networks of a stack, unless a study says otherwise: some tenths of a second


@dataclass(frozen=True, slots=True)
class Summary:
    """What a result says: one sentence with the measured numbers, and a table of them, a row a setting."""

    finding: Sentence
    table: list[Row] = field(default_factory=list)

    @property
    def json(self) -> dict[str, Any]:
        """As plain JSON."""
        return {"finding": str(self.finding), "table": self.table}


@dataclass(frozen=True, slots=True)
class Study:
    """An entry of the registry. `section` is an anchor of the note; `claim` is what it says there, in our words.

    `cases(parameters)` names the networks, `measure(parameters, stack)` trains some of them and returns a row for each.
    """

    name: str
    section: str
    title: Sentence
    question: Sentence
    claim: Sentence
    see: Sentence
    parameters: type[Model]
    cases: Callable[[Any], Iterable[Case]]
    measure: Callable[[Any, Stack], list[Row]]
    summarize: Callable[[Any, list[Row]], Summary]
    draw: Callable[[Any, list[Row]], Chart]
    together: int = TOGETHER
    effort: float = 1.0  # time against training for all steps: more for looks on the way, less where runs arrive early

    def parse(self, fields: Any) -> Any:
        """The parameters, checked; what is left open has its default. Raises InvalidInput, which names each field."""
        try:
            return self.parameters.model_validate(fields)
        except ValidationError as error:
            raise invalid_input(error) from None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some networks of a study that are trained together: their numbers, and how long that takes on one core."""

    runs: tuple[int, ...]
    seconds: float


def plan(study: Study, parameters: Any) -> list[Chunk]:
    """The chunks in the order in which they are done: the first ones have networks of every kind."""
    cases = list(study.cases(parameters))
    kinds: dict[str, list[int]] = {}
    for number, case in enumerate(cases):
        kinds.setdefault(alike(case), []).append(number)
    rounds = [
        (position, Chunk(part, study.effort * seconds([cases[number] for number in part])))
        for numbers in kinds.values()
        for position, part in enumerate(_parts(numbers, study.together))
    ]
    return [chunk for _, chunk in sorted(rounds, key=lambda pair: pair[0])]


def run_chunk(study: Study, parameters: Any, number: int) -> list[Row]:
    """Train the networks of one chunk and return a row for each."""
    runs = plan(study, parameters)[number].runs
    cases = list(study.cases(parameters))
    stack = Stack([cases[run] for run in runs])
    rows = study.measure(parameters, stack)
    return [
        {"run": run, **case.tags, "step": case.steps} | row
        for run, case, row in zip(runs, stack.cases, rows, strict=True)
    ]


def in_order(rows: Iterable[Row]) -> list[Row]:
    """The rows as the study names its networks, whichever chunk was done first."""
    return sorted(rows, key=lambda row: row["run"])


def by(rows: Sequence[Row], *names: str) -> dict[Any, list[Row]]:
    """The rows by the value of a tag, or the values of several, in the order in which they come first."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        key = tuple(row[name] for name in names)
        found.setdefault(key[0] if len(names) == 1 else key, []).append(row)
    return found


def _parts(numbers: list[int], size: int) -> Iterable[tuple[int, ...]]:
    return (tuple(numbers[start : start + size]) for start in range(0, len(numbers), size))
