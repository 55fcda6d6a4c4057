"""Turns by cost, over simulated time: nobody gets more than a share while another wants one, and no time is lost."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.fleet.runner.turns import LONGEST_WAIT_S, URGENT_LEAD_S, Turns
from tests.unit.making import CALM


def simulate(costs: dict[str, float], seconds: float, rests: dict[str, float] | None = None) -> dict[str, float]:
    """Everybody wants a turn again `rests` seconds after its last one was due; the seconds each has had."""
    turns, now_s = Turns(), 0.0
    had = dict.fromkeys(costs, 0.0)
    due = dict.fromkeys(costs, 0.0)
    for name in costs:
        turns.plan(name, 0.0)
    while now_s < seconds:
        name = turns.take(now_s)
        if name is None:
            now_s = turns.next_due_s(now_s)
            continue
        now_s += costs[name]
        turns.book(name, costs[name])
        had[name] += costs[name]
        due[name] = max(due[name] + (rests or {}).get(name, 0.0), now_s if not rests else 0.0)
        turns.plan(name, due[name])
    return had


@given(st.lists(st.floats(0.0005, 0.05), min_size=2, max_size=8))
@CALM
def test_those_who_always_want_more_get_equal_shares_whatever_a_turn_costs(costs: list[float]) -> None:
    had = simulate({str(number): cost for number, cost in enumerate(costs)}, 10.0)
    assert max(had.values()) - min(had.values()) <= 2 * max(costs) + 1e-9


@given(st.floats(0.005, 0.05), st.integers(1, 12))
@CALM
def test_who_asks_for_less_than_a_share_gets_all_of_it_beside_one_that_asks_for_everything(
    cost_s: float, others: int
) -> None:
    costs = {"giant": cost_s} | {f"small {number}": 0.002 for number in range(others)}
    rests = {"giant": 0.0} | {f"small {number}": 0.05 for number in range(others)}  # 4 % each
    had = simulate(costs, 10.0, rests)
    for number in range(others):
        assert had[f"small {number}"] == pytest.approx(10.0 * 0.04, abs=0.01 + 4 * cost_s)
    assert had["giant"] >= 10.0 * (1 - 0.04 * others) - 0.1, "what the others leave is the giant's"


def test_a_turn_is_given_when_it_is_due_and_once() -> None:
    turns = Turns()
    turns.plan("a", 5.0)
    assert (turns.next_due_s(1.0), turns.take(4.9)) == (5.0, None)
    assert turns.take(5.0) == "a"
    assert (turns.take(9.0), turns.next_due_s(9.0)) == (None, math.inf)


def test_the_last_plan_counts() -> None:
    turns = Turns()
    turns.plan("a", 1.0)
    turns.plan("a", 3.0)
    assert turns.take(2.0) is None
    turns.plan("a", 2.0)
    assert turns.take(2.0) == "a"
    turns.plan("b", 3.0)
    turns.plan("b", math.inf)
    assert turns.take(9.0) is None
    turns.plan("c", 3.0)
    turns.forget("c")
    assert (turns.take(9.0), turns.next_due_s(9.0)) == (None, math.inf)


def test_among_equals_the_one_that_has_been_due_longest_comes_first() -> None:
    turns = Turns()
    for name, due_s in (("b", 2.0), ("a", 1.0), ("c", 3.0)):
        turns.plan(name, due_s)
    assert [turns.take(9.0) for _ in range(3)] == ["a", "b", "c"]


def test_a_call_comes_before_the_training_of_others_unless_its_session_has_had_much_more() -> None:
    turns = Turns()
    turns.plan("training", 0.9)
    turns.plan("calling", 1.0, urgent=True)
    assert turns.take(1.0) == "calling"
    turns.book("calling", URGENT_LEAD_S * 2)
    turns.plan("calling", 1.0, urgent=True)
    assert turns.take(1.0) == "training"


def test_a_call_comes_before_the_training_of_others_even_when_all_of_them_have_waited_too_long() -> None:
    turns, now_s = Turns(), 0.0
    crowd = [f"{number}" for number in range(150)]
    for name in crowd:
        turns.plan(name, 0.0)
    for _ in range(2 * len(crowd)):  # a round takes 3 s
        name = turns.take(now_s)
        assert name is not None
        turns.book(name, 0.02)
        now_s += 0.02
        turns.plan(name, now_s)
    turns.plan("77", now_s, urgent=True)
    assert "77" in [turns.take(now_s) for _ in range(2)]


def test_nobody_saves_up_for_later() -> None:
    turns = Turns()
    turns.plan("idle", 0.0)
    turns.take(0.0)
    for _ in range(100):
        turns.plan("busy", 0.0)
        turns.take(0.0)
        turns.book("busy", 0.1)
    order = []
    turns.plan("idle", 0.0)
    turns.plan("busy", 0.0)
    for _ in range(20):
        name = turns.take(0.0)
        assert name is not None
        turns.book(name, 0.1)
        turns.plan(name, 0.0)
        order.append(name)
    assert 9 <= order.count("idle") <= 11


@given(st.randoms(use_true_random=False))
@CALM
def test_whoever_is_due_gets_a_turn_at_last(draw: random.Random) -> None:
    """A newcomer waits for no more than a turn of each of the others."""
    turns = Turns()
    names = [f"{number}" for number in range(6)]
    for name in names:
        turns.plan(name, 0.0)
    for _ in range(draw.randrange(200)):
        name = turns.take(0.0)
        assert name is not None
        turns.book(name, draw.uniform(0, 0.1))
        turns.plan(name, 0.0)
    turns.plan("new", 0.0)
    waited = []
    while (name := turns.take(0.0)) != "new":
        assert name is not None
        turns.book(name, draw.uniform(0.001, 0.1))
        turns.plan(name, 0.0)
        waited.append(name)
    assert len(waited) <= len(names)


def test_it_is_known_how_late_a_turn_was_unless_a_call_took_it() -> None:
    turns = Turns()
    turns.plan("v", 10.0)
    assert turns.take(10.25) == "v"
    assert turns.late_s == 0.25
    turns.plan("v", 10.0, urgent=True)
    assert turns.take(11.0) == "v"
    assert turns.late_s is None


def test_one_dear_turn_holds_nobody_up_for_long() -> None:
    turns, now_s, turn_s = Turns(), 100.0, 0.001
    names = [f"v{number}" for number in range(100)]
    turns.book("v7", 0.2)  # 20 s, at a hundredth of the processor
    due = dict.fromkeys(names, now_s)
    longest_s, had = 0.0, dict.fromkeys(names, 0)
    while now_s < 110.0:
        for name, due_s in due.items():
            turns.plan(name, due_s)
        name = turns.take(now_s)
        assert name is not None
        longest_s = max(longest_s, now_s - due[name])
        turns.book(name, turn_s)
        now_s += turn_s
        due[name] = now_s
        had[name] += 1
    assert longest_s < LONGEST_WAIT_S + 0.01
    assert had["v7"] > 0.9 * 10.0 / turn_s / len(names), "from then on it has as many turns as the others"
