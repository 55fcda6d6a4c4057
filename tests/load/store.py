"""What a store's calls cost: `python -m tests.load.store [ADDRESS]`, a SQLite file of its own without an address.

The checkpoint is of 200 points: a document of 20 KB, a training state of 5 KB that is new each time.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from nnlab.fleet.store import Save, Store
from nnlab.session.checkpoint import Checkpoint

TIMES = 400
TOGETHER, CLASS = 50, 15  # sessions whose progress is saved at once
WARM = 20
WHOLE = Checkpoint("d" * 20_000, 1, running=True, next_point_id=201, training=os.urandom(5_000), series=None)


def main() -> None:
    """Measure and print p50 and p99, in microseconds."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(sys.argv[1] if len(sys.argv) > 1 else Path(folder) / "nnlab.sqlite3")
        for name, call in calls(store):
            took = sorted(timed(call, number) for number in range(-WARM, TIMES))
            print(f"{name:42} {took[len(took) // 2]:6.0f} {took[int(0.99 * len(took))]:7.0f}", flush=True)
        store.close()


def timed(call: Callable[[int], object], number: int) -> float:
    """Microseconds that a call takes."""
    began_s = time.perf_counter()
    call(number)
    return 1e6 * (time.perf_counter() - began_s)


def calls(store: Store) -> Iterator[tuple[str, Callable[[int], object]]]:
    """What is measured, in this order: each needs what those before it have made."""
    terms = {f"v{number}": 2 for number in range(TOGETHER)}

    def progress(view_id: str) -> Save:
        return Save(view_id, terms[view_id], replace(WHOLE, training=os.urandom(5_000)))

    def change(number: int) -> None:
        store.save("v0", 2, replace(WHOLE, revision=number + WARM + 2, document=f"{number}" + WHOLE.document))

    def one_by_one(_: int) -> None:
        with store.transaction():
            for view_id in terms:
                store.save(view_id, 2, progress(view_id).checkpoint)

    def together(count: int) -> None:
        with store.transaction(must_last=False):
            store.save_all([progress(view_id) for view_id in list(terms)[:count]])

    yield "create", lambda number: store.create(f"c{number}", WHOLE)
    yield "claim", lambda number: store.claim(f"c{number}")
    for view_id in terms:
        store.create(view_id, WHOLE)
        store.claim(view_id)
    yield "save a change, with the document", change
    for view_id in terms:
        store.save(view_id, 2, replace(WHOLE, revision=1))
    yield "save progress", lambda _: together(1)
    yield f"{TOGETHER} in one transaction, one by one, all", one_by_one
    for count in (TOGETHER, CLASS):
        yield f"{count} together, all", lambda _, count=count: together(count)


if __name__ == "__main__":
    main()
