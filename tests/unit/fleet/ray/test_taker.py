"""A web process is answered when there is something for it, not too often, and soon when there is a change to show."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable

from nnlab.fleet.ray.taker import HURRY, Taker

LONG_S = 60.0


def took_s(act: Callable[[Taker], Awaitable[object]]) -> float:
    """How long it takes, with a taker of a loop of its own."""

    async def run() -> float:
        taker = Taker(asyncio.get_running_loop())
        began_s = time.monotonic()
        await act(taker)
        return time.monotonic() - began_s

    return asyncio.run(run())


def wake(taker: Taker, *, urgent: bool) -> None:
    """As a runner's thread does it."""
    thread = threading.Thread(target=taker.wake, args=(urgent,))
    thread.start()
    thread.join()


def test_who_has_waited_long_enough_waits_no_longer() -> None:
    assert took_s(lambda taker: taker.linger(LONG_S)) < LONG_S / 2  # nothing has been answered yet


def test_there_is_a_time_between_two_answers() -> None:
    async def act(taker: Taker) -> None:
        taker.answer()
        wake(taker, urgent=False)
        await taker.linger(0.1)

    assert took_s(act) >= 0.1


def test_a_change_shortens_it_but_not_to_nothing() -> None:
    async def act(taker: Taker) -> None:
        taker.answer()
        wake(taker, urgent=True)
        await taker.linger(1.0)

    assert HURRY <= took_s(act) < 1.0


def test_a_change_shortens_one_pause_only() -> None:
    async def act(taker: Taker) -> None:
        wake(taker, urgent=True)
        await asyncio.sleep(0)
        taker.answer()
        await taker.linger(0.1)

    assert took_s(act) >= 0.1


def test_who_expects_something_is_woken_by_anything() -> None:
    async def act(taker: Taker) -> None:
        taker.expect()
        wake(taker, urgent=False)
        await taker.wait(LONG_S)

    assert took_s(act) < LONG_S / 2


def test_the_wait_ends_without_news_too() -> None:
    async def act(taker: Taker) -> None:
        taker.expect()
        await taker.wait(0.01)

    assert took_s(act) >= 0.01
