"""Which sessions leave a runner's memory: those that have been idle for long and, when room is short, others before."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from nnlab.fleet.runner.awake import Awake

COPIES_OF_THE_SAVED = 2  # what is saved is in memory as bytes and as what they stand for


def room_bytes(awake: Awake) -> int:
    """About how much memory a subject takes."""
    return awake.kind.size_bytes(awake.subject) + COPIES_OF_THE_SAVED * awake.saved_bytes


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
        (one for one in free if now_s - one.touched_s <= idle_s), key=lambda one: (one.subject.running, one.touched_s)
    )
    for one in others:
        if beyond <= 0:
            break
        asleep.append(one)
        beyond -= room_bytes(one)
    return asleep
