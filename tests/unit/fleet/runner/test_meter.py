"""Each piece of work is booked once, on whom it was for."""

from __future__ import annotations

from functools import partial

import pytest

from nnlab.fleet.runner.meter import Meter


def test_work_within_work_is_booked_on_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock:
        now_s = 0.0

        def thread_time(self) -> float:
            return self.now_s

    clock = Clock()
    monkeypatch.setattr("nnlab.fleet.runner.meter.time", clock)
    booked: list[tuple[str, float]] = []
    meter = Meter(lambda name, seconds: booked.append((name, seconds)))

    def take(seconds: float) -> None:
        clock.now_s += seconds

    def outer() -> None:
        take(1)
        for seconds in (2, 4):
            meter.run("inner", partial(take, seconds))
        take(8)

    def fail() -> None:
        take(16)
        raise ZeroDivisionError

    meter.run("outer", outer)
    with pytest.raises(ZeroDivisionError):
        meter.run("failing", fail)
    assert booked == [("inner", 2), ("inner", 4), ("outer", 9), ("failing", 16)]
