"""Which sessions leave a runner's memory: those that have been idle for long and, when room is short, others before."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from nnlab.fleet.runner.awake import Awake

# Measured: a fresh session takes 72 KB, one of 2-20-20-2 with 200 points after 1,000 steps 690 KB, one with 2,000
# points or with 4 layers of 128 units 2.7 MB. Good to a third, which is good enough to stay within a budget.
BASE_BYTES = 100_000
BYTES_A_POINT = 1_200
BYTES_A_PARAMETER = 50
COPIES_OF_THE_SAVED = 2  # what is saved is in memory as bytes and as what they stand for


def room_bytes(awake: Awake) -> int:
    """About how much memory a session takes."""
    session = awake.session
    return (
        BASE_BYTES
        + BYTES_A_POINT * len(session.document.points)
        + BYTES_A_PARAMETER * session.trainer.network.num_params
        + COPIES_OF_THE_SAVED * awake.saved_bytes
    )


def who_sleeps(
    awake: Iterable[Awake], is_free: Callable[[Awake], bool], now_s: float, *, idle_s: float, most_bytes: int
) -> list[Awake]:
    """Those that nobody has called for `idle_s` seconds, and as many more as there is no room for.

    Only those that are free to go: paused ones first, and of these the one that was called longest ago.
    """
    everybody = list(awake)
    free = [one for one in everybody if is_free(one)]
    asleep = [one for one in free if now_s - one.touched_s > idle_s]
    beyond = sum(map(room_bytes, everybody)) - sum(map(room_bytes, asleep)) - most_bytes
    others = sorted(
        (one for one in free if now_s - one.touched_s <= idle_s), key=lambda one: (one.session.running, one.touched_s)
    )
    for one in others:
        if beyond <= 0:
            break
        asleep.append(one)
        beyond -= room_bytes(one)
    return asleep
