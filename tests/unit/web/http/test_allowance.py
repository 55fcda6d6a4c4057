"""How many sessions may be made in a minute, and how often one may be changed."""

from __future__ import annotations

import pytest

from nnlab.errors import TooMany
from nnlab.sentence import Sentence
from nnlab.settings import Settings
from nnlab.web.http.allowance import HASTE_S, MOST_KNOWN, Addresses, Allowance, Changes, household

REFUSAL = Sentence("Too many.")


class Clock:
    """Seconds, in the test's hands."""

    def __init__(self) -> None:
        self.now_s = 5.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_so_many_may_come_at_once_and_the_next_one_waits_its_share_of_a_minute(clock: Clock) -> None:
    allowance = Allowance(6, clock)
    assert [allowance.take("a") for _ in range(6)] == [0.0] * 6
    assert allowance.take("a") == pytest.approx(10.0)
    clock.now_s += 10.0
    assert allowance.take("a") == 0.0
    assert allowance.take("a") == pytest.approx(10.0)


def test_each_address_has_an_allowance_of_its_own(clock: Clock) -> None:
    allowance = Allowance(1, clock)
    assert allowance.take("a") == allowance.take("b") == 0.0
    assert allowance.take("a") > 0.0


def test_a_minute_later_the_allowance_is_whole_again(clock: Clock) -> None:
    allowance = Allowance(50, clock)
    for _ in range(3):
        assert sum(allowance.take("a") == 0.0 for _ in range(80)) == 50
        clock.now_s += 60.0


def test_addresses_are_not_remembered_for_ever(clock: Clock) -> None:
    allowance = Allowance(5, clock)
    for number in range(3 * MOST_KNOWN):
        allowance.take(f"{number}")
    assert len(allowance._whole_at_s) <= MOST_KNOWN


def changes_made(changes: Changes, clock: Clock, a_second: float, seconds: float) -> float:
    """How many a second of those that come at this rate are made, once the first haste is over."""
    made = 0
    for _ in range(round(a_second * seconds)):
        clock.now_s += 1 / a_second
        try:
            changes.take("e1")
            made += 1
        except TooMany:
            pass
    return made / seconds


def test_a_hand_may_change_a_session_as_fast_as_it_can_and_a_loop_not_much_faster(clock: Clock) -> None:
    a_second = Settings().changes_per_session
    changes = Changes(a_second, clock)
    assert changes_made(changes, clock, 40, 60) == pytest.approx(40)  # two hands, each at a slider
    changes_made(changes, clock, 1000, HASTE_S)
    assert changes_made(changes, clock, 1000, 60) == pytest.approx(a_second, rel=0.01)
    changes.take("e2")


def test_a_class_of_300_behind_one_address_may_join_in_half_a_minute_with_two_sessions_each(clock: Clock) -> None:
    settings = Settings()
    creations = Addresses(settings.creations_per_address, settings.creations, REFUSAL, clock)
    for _ in range(600):
        creations.take("192.0.2.7")
        clock.now_s += 30 / 600


def test_a_loop_is_told_when_to_come_back_and_hinders_nobody_else(clock: Clock) -> None:
    creations = Addresses(10, 100, REFUSAL, clock)
    with pytest.raises(TooMany) as caught:
        for _ in range(11):
            creations.take("192.0.2.7")
    assert caught.value.retry_after_s == 6
    creations.take("192.0.2.8")


def test_all_together_have_a_limit_too(clock: Clock) -> None:
    creations = Addresses(10, 15, REFUSAL, clock)
    with pytest.raises(TooMany):
        for number in range(16):
            creations.take(f"192.0.2.{number}")


@pytest.mark.parametrize(
    ("address", "house"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
        (None, "None"),
    ],
)
def test_addresses_of_one_house_are_one(address: str | None, house: str) -> None:
    assert household(address) == house
