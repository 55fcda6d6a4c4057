"""The pauses before a runner is started again."""

from __future__ import annotations

from nnlab.fleet.local.restarts import FIRST_PAUSE_S, LONG_LIFE_S, MOST_PAUSE_S, Restarts


def test_a_runner_that_lived_long_is_followed_at_once() -> None:
    restarts = Restarts()
    assert [restarts.pause_s(LONG_LIFE_S) for _ in range(5)] == [0.0] * 5


def test_pauses_double_up_to_a_limit_while_lives_are_short() -> None:
    restarts = Restarts()
    pauses = [restarts.pause_s(0.1) for _ in range(100)]
    assert pauses[:4] == [FIRST_PAUSE_S * factor for factor in (1, 2, 4, 8)]
    assert set(pauses[20:]) == {MOST_PAUSE_S}


def test_a_long_life_ends_the_series() -> None:
    restarts = Restarts()
    for _ in range(6):
        restarts.pause_s(0.1)
    assert restarts.pause_s(LONG_LIFE_S + 1) == 0.0
    assert restarts.pause_s(0.1) == FIRST_PAUSE_S
