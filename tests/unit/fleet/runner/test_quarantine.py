"""Who fails too often is left alone for a while."""

from __future__ import annotations

import pytest

from nnlab.fleet.runner.quarantine import LEFT_ALONE_S, MOST_FAILURES, WITHIN_S, Quarantine
from tests.unit.fleet.conftest import FakeTime


@pytest.fixture
def quarantine(clock: FakeTime) -> Quarantine:
    return Quarantine()


def fail(quarantine: Quarantine, times: int) -> list[bool]:
    return [quarantine.add_failure("v") for _ in range(times)]


def test_the_last_failure_of_too_many_counts(quarantine: Quarantine) -> None:
    assert fail(quarantine, MOST_FAILURES) == [False] * (MOST_FAILURES - 1) + [True]
    assert "v" in quarantine
    assert "w" not in quarantine
    assert not quarantine.add_failure("w")


def test_failures_long_apart_are_not_added_up(quarantine: Quarantine, clock: FakeTime) -> None:
    for _ in range(3 * MOST_FAILURES):
        assert not quarantine.add_failure("v")
        clock.now_s += WITHIN_S / (MOST_FAILURES - 1) + 0.1


def test_after_a_while_it_is_tried_again(quarantine: Quarantine, clock: FakeTime) -> None:
    fail(quarantine, MOST_FAILURES)
    clock.now_s += LEFT_ALONE_S - 0.1
    assert quarantine.release() == []
    assert "v" in quarantine
    clock.now_s += 0.2
    assert quarantine.release() == ["v"]
    assert "v" not in quarantine
    assert fail(quarantine, MOST_FAILURES)[-1]


def test_a_session_that_is_gone_is_forgotten(quarantine: Quarantine) -> None:
    fail(quarantine, MOST_FAILURES)
    quarantine.forget("v")
    assert "v" not in quarantine
    assert fail(quarantine, MOST_FAILURES - 1) == [False] * (MOST_FAILURES - 1)


def test_nothing_is_kept_of_what_was_long_ago(quarantine: Quarantine, clock: FakeTime) -> None:
    fail(quarantine, 1)
    clock.now_s += max(WITHIN_S, LEFT_ALONE_S)
    assert quarantine.release() == []
    assert quarantine._failures == {}
