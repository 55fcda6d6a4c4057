"""What the loop does when all connections together hold too much. The rest is tested over real sockets."""

from __future__ import annotations

from typing import Any

import pytest

from nnlab.web.http import worker
from nnlab.web.http.worker import Worker


class Held:
    def __init__(self, held_bytes: int) -> None:
        self.held_bytes = held_bytes


@pytest.mark.parametrize(
    ("held", "cut"),
    [([10, 40, 30], []), ([10, 60, 40], [60]), ([30, 60, 90], [90]), ([80, 90, 70], [90, 80]), ([], [])],
)
def test_those_that_hold_the_most_are_cut_until_there_is_room(
    held: list[int], cut: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "MOST_HELD_BYTES", 100)
    loop: Any = Worker.__new__(Worker)
    loop._waiting = {Held(held_bytes): None for held_bytes in held}
    seen: list[int] = []
    loop._cut = lambda conn: seen.append(conn.held_bytes)
    loop._make_room()
    assert seen == cut
