"""A class in a room when processes die; the table of faults tries the same with more students."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults.conftest import kill_runner
from tests.faults.scenarios.classes import storm, struck
from tests.faults.scenarios.processes import kill_web, restart
from tests.serving import Server


@pytest.mark.parametrize("strike", [kill_runner, kill_web, restart])
def test_a_class_is_back_by_itself_and_nothing_acknowledged_is_lost(
    new_server: Callable[..., Server], strike: Callable[[Server], object]
) -> None:
    outcome = struck(new_server(), strike, students=8)
    assert outcome.ok, outcome.happened


def test_a_class_that_comes_back_at_once_is_shown_everything_soon(new_server: Callable[..., Server]) -> None:
    outcome = storm(new_server(), students=60)
    assert outcome.ok, outcome.happened
