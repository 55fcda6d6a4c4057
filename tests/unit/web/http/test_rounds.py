"""Requests of one address wait in line, addresses take turns."""

from __future__ import annotations

from nnlab.web.http.rounds import Rounds


def taken(rounds: Rounds[str], count: int) -> list[str]:
    return [rounds.next() for _ in range(count)]


def test_one_address_is_served_in_order() -> None:
    rounds: Rounds[str] = Rounds()
    for name in "abc":
        rounds.add("here", name)
    assert taken(rounds, 3) == ["a", "b", "c"]


def test_a_newcomer_waits_for_one_request_of_each_other_address_at_the_most() -> None:
    rounds: Rounds[str] = Rounds()
    for number in range(400):
        rounds.add("crowd", f"crowd {number}")
    assert taken(rounds, 2) == ["crowd 0", "crowd 1"]
    rounds.add("visitor", "visitor")
    assert taken(rounds, 3) == ["crowd 2", "visitor", "crowd 3"]


def test_an_address_that_comes_again_does_not_push_in() -> None:
    rounds: Rounds[str] = Rounds()
    for address in ("one", "two"):
        for number in range(2):
            rounds.add(address, f"{address} {number}")
    assert taken(rounds, 1) == ["one 0"]
    rounds.add("three", "three 0")
    assert taken(rounds, 4) == ["two 0", "one 1", "three 0", "two 1"]
