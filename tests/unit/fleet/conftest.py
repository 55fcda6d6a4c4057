"""Fixtures of the fleet's tests; after each of them no process and no thread is left over."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from nnlab.settings import Settings
from tests.unit.fleet.labs import Lab
from tests.unit.making import wait_until


@pytest.fixture(autouse=True)
def nothing_is_left_over() -> Iterator[None]:
    """Threads and child processes of this process are the same before and after."""
    threads = set(threading.enumerate())
    children = set(psutil.Process().children(recursive=True))
    yield
    wait_until(lambda: set(threading.enumerate()) <= threads)
    wait_until(lambda: set(psutil.Process().children(recursive=True)) <= children)


class FakeTime:
    """Stands in for the module `time`; goes on when told to."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def monotonic(self) -> float:
        """Seconds, as the test has set them."""
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeTime:
    """The clock of sessions in memory, in the test's hands."""
    fake = FakeTime()
    for module in ("audience", "awake", "keeper", "quarantine"):
        monkeypatch.setattr(f"nnlab.fleet.runner.{module}.time", fake)
    return fake


@pytest.fixture
def new_lab(tmp_path: Path) -> Iterator[Callable[..., Lab]]:
    """Makes runners on one database, and ends them after the test."""
    labs: list[Lab] = []

    def make(**settings: Any) -> Lab:
        labs.append(Lab(Settings(database=tmp_path / "nnlab.sqlite3", **settings)))
        return labs[-1]

    yield make
    for lab in labs:
        lab.stop()


@pytest.fixture
def lab(new_lab: Callable[..., Lab]) -> Lab:
    """One runner with a paused session, V."""
    lab = new_lab()
    lab.create()
    return lab
