"""Whatever is asked of a runner, beside whatever else, every call is answered."""

from __future__ import annotations

import logging
import random
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from nnlab.fleet.wire import Reply, Unwatch, Watch
from nnlab.session import commands
from nnlab.session.picture.want import PLAIN, Want
from tests.unit.fleet.labs import Lab
from tests.unit.making import make_document, wait_until

SESSIONS = [letter * 23 for letter in "abcdef"]
ROUNDS, CALLS = 8, 60
THIN = Want((), None, 2.0)


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)


def rate(draw: random.Random) -> commands.Patch:
    return commands.Patch(patch={"training": {"learning_rate": draw.uniform(0.01, 0.1)}})


COMMANDS: list[Callable[[random.Random], Any]] = [
    lambda draw: commands.Read(),
    lambda draw: commands.ReadSnapshot(),
    lambda draw: commands.Exists(),
    lambda draw: commands.ReadHistory(),
    rate,
    lambda draw: commands.Patch(patch={"pace": {"frames_per_second": draw.choice([1, 10, 30])}}),
    lambda draw: commands.Run(),
    lambda draw: commands.Pause(),
    lambda draw: commands.Reset(),
    lambda draw: commands.Undo(),
    lambda draw: commands.Step(steps=draw.randint(1, 300)),
    lambda draw: commands.Back(to_step=draw.randint(0, 50)),
    lambda draw: commands.Once(key=f"{draw.randrange(9):016d}", fingerprint="f", command=rate(draw)),
    lambda draw: commands.Delete(),
    lambda draw: commands.Create(document=make_document(pace={"resolution": 20})),
]
COMMON = 8  # times as often as those that end sessions and make them


def ask_something(lab: Lab, draw: random.Random) -> int | None:
    """One message to one of the sessions; its request id, if it is a call."""
    view_id = draw.choice(SESSIONS)
    if draw.random() < 0.1:
        lab.channel.tell(draw.choice([Watch, Unwatch])(view_id, draw.choice([PLAIN, THIN])))
        return None
    return lab.ask(view_id, draw.choice([*COMMANDS[:-2] * COMMON, *COMMANDS])(draw))


def unanswered(lab: Lab, asked: set[int]) -> set[int]:
    return asked - {one.request_id for one in list(lab.channel.said) if isinstance(one, Reply)}


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(3))
def test_every_call_is_answered_while_the_store_is_locked_now_and_then(
    seed: int, new_lab: Callable[..., Lab], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnlab.fleet.store.schema.BUSY_TIMEOUT_S", 0.05)
    lab, draw = new_lab(sleep_s=0.01), random.Random(seed)
    for view_id in SESSIONS:
        lab.create(view_id)
    other = sqlite3.connect(lab.settings.database, isolation_level=None, timeout=10)
    for number in range(ROUNDS):
        is_locked = number % 2 == 1
        if is_locked:
            other.execute("BEGIN IMMEDIATE")
        asked = {request_id for _ in range(CALLS) if (request_id := ask_something(lab, draw))}
        if draw.random() < 0.5 and is_locked:
            other.execute("ROLLBACK")
        wait_until(lambda asked=asked: not unanswered(lab, asked))
        if other.in_transaction:
            other.execute("ROLLBACK")
    other.close()
