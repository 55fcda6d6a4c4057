"""The line before a full server."""

from __future__ import annotations

from nnlab.web.http.admission import LET_IN_EVERY_S, PATIENCE_S, Admission, ServerFull


class Door:
    """An admission whose load and clock are in the test's hands."""

    def __init__(self) -> None:
        self.load, self.now_s = 0.0, 100.0
        self._admission = Admission(lambda: self.load, lambda: self.now_s)

    def place(self, who: str) -> int:
        """The place in line; 0 for who is let in."""
        try:
            self._admission.enter(who)
        except ServerFull as full:
            assert full.retry_after_s
            return int(full.detail.values["place"])  # type: ignore[attr-defined]
        return 0


def test_nobody_waits_before_a_server_with_room() -> None:
    door = Door()
    assert [door.place(name) for name in "aabc"] == [0, 0, 0, 0]


def test_the_line_keeps_its_order_and_places_move_up() -> None:
    door = Door()
    door.load = 1.0
    assert [door.place(name) for name in "abcab"] == [1, 2, 3, 1, 2]
    door.load = 0.5
    assert door.place("c") == 3
    assert door.place("a") == 0
    assert door.place("b") == 1
    door.now_s += LET_IN_EVERY_S
    assert door.place("d") == 3
    assert door.place("b") == 0


def test_who_does_not_ask_again_leaves_the_line() -> None:
    door = Door()
    door.load = 1.0
    assert [door.place(name) for name in "ab"] == [1, 2]
    door.now_s += PATIENCE_S / 2
    assert door.place("b") == 2
    door.now_s += PATIENCE_S / 2
    assert door.place("b") == 1
