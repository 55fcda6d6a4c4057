"""Where a session is follows from its id and the runners' names."""

from __future__ import annotations

from collections import Counter

from nnlab.fleet.ray.rendezvous import rendezvous

NAMES = [f"runner-{number}" for number in range(8)]
IDS = [f"v{number}" for number in range(4000)]


def test_all_reckon_the_same_in_whatever_order_they_know_the_names() -> None:
    assert all(rendezvous(one, NAMES) == rendezvous(one, NAMES[::-1]) for one in IDS[:200])


def test_runners_have_about_as_many_each() -> None:
    counts = Counter(rendezvous(one, NAMES) for one in IDS)
    assert all(400 < counts[name] < 600 for name in NAMES)


def test_one_runner_more_moves_only_what_it_gets() -> None:
    more = [*NAMES, "runner-8"]
    moved = [one for one in IDS if rendezvous(one, NAMES) != rendezvous(one, more)]
    assert all(rendezvous(one, more) == "runner-8" for one in moved)
    assert 300 < len(moved) < 600
