"""`python -m tests.bench.wire`: what a call costs on the wire, there and back, against pickle of the same objects.

Microseconds to encode and decode a call and its reply, the least of several runs; 1.2 times pickle is the most allowed.
"""

from __future__ import annotations

import pickle
import sys
import time
from collections.abc import Callable
from typing import Any

from nnlab.document.models import parse_document
from nnlab.fleet.codec import decode, encode
from nnlab.fleet.wire import Call, Event, Message, Reply
from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.picture.want import PLAIN
from nnlab.session.session import Session

MOST = 1.2
REPEATS = 15
LEAST_S = 0.02  # of a repeat
VIEW_ID = "v" * 23
WEIGHT = commands.EditWeight(layer=1, unit=0, bias=0.5)
KEY, FINGERPRINT = "k" * 32, "f" * 32


def exchanges() -> dict[str, tuple[Message, ...]]:
    """Messages that cross for one request, by name."""
    session, crowded = Session(parse_document({})), Session(parse_document({"points": points(2000)}))
    apply(commands.MakeDataset(name="spiral", points=200), session)
    places = [[number / 100, -number / 100] for number in range(1000)]
    document = crowded.document
    return {
        "step": exchange(commands.Step(steps=10), session),
        "run under a key": exchange(under_key(commands.Run()), session, commands.Run()),
        "one point": exchange(commands.AddPoints(points=points(1)), session),
        "weight under a key": exchange(under_key(WEIGHT), session, commands.ReadSnapshot()),
        "a setting, 200 points": exchange(commands.Patch(patch={"training": {"learning_rate": 0.1}}), session),
        "read, 200 points": exchange(commands.Read(), session),
        "read, 2,000 points": exchange(commands.Read(), crowded),
        "500 points": exchange(commands.ReplacePoints(points=points(500)), Session(parse_document({}))),
        "create, 2,000 points": exchange(commands.Create(document=document), crowded, commands.Read()),
        "predict 1,000 places": exchange(commands.Predict(points=places), session),
        "model": exchange(commands.ReadModel(), session),
        "copy": exchange(commands.Copy(), session),
        "a frame": (Event(VIEW_ID, "frame", PLAIN, bytes(3000)),),
    }  # fmt: skip


def points(count: int) -> list[dict[str, Any]]:
    """So many points of two classes."""
    return [{"x": number % 50 / 10, "y": number // 50 / 10, "label": number % 2} for number in range(count)]


def under_key(command: commands.Change) -> commands.Once:
    """The command as the page sends it."""
    return commands.Once(key=KEY, fingerprint=FINGERPRINT, command=command)


def exchange(command: Any, session: Session, answered: Any = None) -> tuple[Message, ...]:
    """The call, and the reply to it or to another command that is answered alike."""
    return Call(1, VIEW_ID, command), Reply(1, apply(answered or command, session))


Way = tuple[Callable[[Any], bytes], Callable[[Any], Any]]  # to write and to read
PICKLE: Way = (lambda message: pickle.dumps(message, pickle.HIGHEST_PROTOCOL), pickle.loads)
OURS: Way = (encode, decode)


def costs_us(messages: tuple[Message, ...], *ways: Way) -> list[float]:
    """Microseconds to write and read them once, each way; in turn, so that all meet the same moments of the machine."""
    repeats = [[_repeat_s(messages, *way) for way in ways] for _ in range(REPEATS)]
    return [min(times) * 1e6 for times in zip(*repeats, strict=True)]


def _repeat_s(messages: tuple[Message, ...], write: Callable[[Any], bytes], read: Callable[[bytes], Any]) -> float:
    count, began_s = 0, time.perf_counter()
    while (took_s := time.perf_counter() - began_s) < LEAST_S:
        for message in messages:
            read(write(message))
        count += 1
    return took_s / count


def main() -> None:
    """Print both costs and their ratio; exit with 1 if one is beyond what is allowed."""
    worst = 0.0
    print(f"{'µs there and back':24}{'pickle':>10}{'the wire':>10}{'ratio':>7}")
    for name, messages in exchanges().items():
        before, now = costs_us(messages, PICKLE, OURS)
        worst = max(worst, now / before)
        print(f"{name:24}{before:10.1f}{now:10.1f}{now / before:7.2f}")
    sys.exit(worst > MOST)


if __name__ == "__main__":
    main()
