"""A runner hangs when it says nothing for long, not when it has no processor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from nnlab.fleet.local import silence
from nnlab.fleet.local.silence import Silence, waited_for_processor_s

DEADLINE_S = 20.0
WORKS = "while True: pass"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """The time, and how long the process has waited for a processor, in seconds."""
    now = {"time": 100.0, "waited": 7.0}
    monkeypatch.setattr(silence.time, "monotonic", lambda: now["time"])
    monkeypatch.setattr(silence, "waited_for_processor_s", lambda pid: now["waited"])
    return now


def test_a_silence_lasts_from_the_last_sign_of_life(clock: dict[str, float]) -> None:
    one = Silence(1)
    one.heard()
    clock["time"] += 3
    assert one.seconds() == 3
    one.heard()
    assert one.seconds() == 0


def test_waiting_for_a_processor_does_not_count(clock: dict[str, float]) -> None:
    one = Silence(1)
    clock["time"] += 1
    one.heard()
    assert one.seconds() == 0
    clock["time"] += 6
    clock["waited"] += 5
    assert one.seconds() == 1
    clock["time"] += 4  # it runs, and says nothing
    assert one.seconds() == 5
    one.heard()
    assert one.seconds() == 0
    clock["time"] += 2
    assert one.seconds() == 2


@pytest.fixture
def two_on_one_core() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two processes that want all of the same processor."""
    core = min(os.sched_getaffinity(0))
    with ExitStack() as ending:
        both = []
        for _ in range(2):
            process = ending.enter_context(subprocess.Popen([sys.executable, "-c", WORKS]))
            ending.callback(process.kill)
            os.sched_setaffinity(process.pid, {core})
            both.append(process)
        yield both


def test_the_system_tells_how_long_a_process_has_waited(two_on_one_core: list[subprocess.Popen[bytes]]) -> None:
    pid = two_on_one_core[0].pid
    end_s = time.monotonic() + DEADLINE_S
    while waited_for_processor_s(pid) < 0.1:
        assert time.monotonic() < end_s
        time.sleep(0.01)
    os.kill(pid, signal.SIGSTOP)
    os.waitpid(pid, os.WUNTRACED)
    stopped = waited_for_processor_s(pid)
    for _ in range(50):
        assert waited_for_processor_s(pid) == stopped
    assert waited_for_processor_s(2**22 + 1) == 0
