"""Calls wait in the queue of their session, and not more than a few dozen of them."""

from __future__ import annotations

from nnlab.errors import TooMany
from nnlab.fleet.runner.queues import MOST_CALLS, Queues
from nnlab.fleet.wire import Call
from nnlab.session import commands
from tests.unit.fleet.labs import V, W


def call(number: int, view_id: str = V) -> Call:
    return Call(number, view_id, commands.Read())


def test_calls_come_out_in_order_each_of_its_own_session() -> None:
    queues = Queues()
    for number in range(4):
        assert queues.add(call(number, (V, W)[number % 2])) is None
    assert [queues.next(V), queues.next(W), queues.next(V), queues.next(V)] == [call(0), call(1, W), call(2), None]
    assert queues.since_s(V) is None
    assert queues.since_s(W) is not None


def test_the_first_call_says_since_when_the_session_waits() -> None:
    queues = Queues()
    queues.add(call(1))
    since_s = queues.since_s(V)
    queues.add(call(2))
    assert queues.since_s(V) == since_s


def test_one_call_too_many_is_refused_with_429_and_another_session_is_not() -> None:
    queues = Queues()
    for number in range(MOST_CALLS):
        assert queues.add(call(number)) is None
    reply = queues.add(call(99))
    assert reply.request_id == 99
    assert isinstance(reply.error, TooMany)
    assert (reply.error.status, reply.error.retry_after_s) == (429, 1)
    assert queues.add(call(100, W)) is None
    queues.next(V)
    assert queues.add(call(101)) is None


def test_any_number_may_ask_whether_a_session_exists() -> None:
    queues = Queues()
    calls = [Call(number, V, commands.Exists()) for number in range(3 * MOST_CALLS)]
    assert [queues.add(one) for one in calls] == [None] * len(calls)
    assert [queues.next(V) for _ in calls] == calls


def test_those_that_read_may_overtake_changes_that_have_to_wait() -> None:
    queues = Queues()
    change = Call(1, V, commands.Patch(patch={"title": "x"}))
    queues.add(change)
    assert queues.since_s(V, reading=True) is None
    assert queues.next(V, reading=True) is None
    queues.add(call(2))
    assert queues.since_s(V, reading=True) is not None
    assert [queues.next(V, reading=True), queues.next(V), queues.next(V)] == [call(2), change, None]
