"""Messages over a pair of pipes."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from nnlab.fleet.channel import LENGTH, Channel
from nnlab.fleet.codec import Misunderstood, encode
from nnlab.fleet.wire import PROTOCOL, Asleep, Beat, Event, Hello, Message, Reply

MESSAGES: list[Message] = [Reply(1, {"a": 1}), Event("v", "frame", None, b"\x00" * 3000), Beat(3, 1), Asleep("v")]


@pytest.fixture
def ends() -> Iterator[tuple[Channel, Channel]]:
    """Two channels that are each other's other end."""
    (read_a, write_b), (read_b, write_a) = os.pipe(), os.pipe()
    a = Channel(os.fdopen(read_a, "rb"), os.fdopen(write_a, "wb"))
    b = Channel(os.fdopen(read_b, "rb"), os.fdopen(write_b, "wb"))
    yield a, b
    a.close()
    b.close()


def test_messages_keep_their_order(ends: tuple[Channel, Channel]) -> None:
    for message in MESSAGES:
        ends[0].send(message)
    assert [ends[1].receive() for _ in MESSAGES] == MESSAGES


def test_messages_that_are_sent_together_come_one_by_one(ends: tuple[Channel, Channel]) -> None:
    ends[0].send(*MESSAGES)
    assert [ends[1].receive() for _ in MESSAGES] == MESSAGES


def test_messages_of_many_threads_do_not_mix(ends: tuple[Channel, Channel]) -> None:
    def send(sender: int) -> None:
        for count in range(50):
            ends[0].send(Event(str(sender), "frame", None, b"%d" % count * 2000))

    threads = [threading.Thread(target=send, args=(sender,)) for sender in range(4)]
    for thread in threads:
        thread.start()
    got: dict[str, list[bytes]] = {str(sender): [] for sender in range(4)}
    for _ in range(200):
        event = ends[1].receive()
        assert isinstance(event, Event)
        got[event.view_id].append(event.piece)
    for thread in threads:
        thread.join()
    assert all(pieces == [b"%d" % count * 2000 for count in range(50)] for pieces in got.values())


def test_the_end_of_the_other_side_is_the_end(ends: tuple[Channel, Channel]) -> None:
    ends[0].send(Beat(0, 0))
    ends[0].close_sending()
    ends[0].close_sending()
    assert ends[1].receive() == Beat(0, 0)
    assert ends[1].receive() is None


def framed(message: Message) -> bytes:
    body = encode(message)
    return LENGTH.pack(len(body)) + body


@pytest.mark.parametrize(
    ("first", "word"),
    [
        (Hello(PROTOCOL + 1), f"protocol {PROTOCOL + 1}, this one {PROTOCOL}"),
        (Beat(0, 0), "has not said which protocol"),
    ],
)
def test_who_speaks_otherwise_is_not_understood(first: Message, word: str) -> None:
    read, write = os.pipe()
    os.write(write, framed(first))
    os.close(write)
    with os.fdopen(read, "rb") as reader, pytest.raises(Misunderstood, match=word):
        Channel(reader, _Nowhere()).receive()  # type: ignore[arg-type]


@pytest.mark.parametrize("cut", [0, 1, LENGTH.size, LENGTH.size + 1, -1])
def test_half_a_message_is_the_end(cut: int) -> None:
    read, write = os.pipe()
    os.write(write, framed(Hello()) + framed(Beat(1, 1))[:cut])
    os.close(write)
    with os.fdopen(read, "rb") as reader:
        assert Channel(reader, _Nowhere()).receive() is None


def test_sending_to_nobody_is_an_error_of_the_system(ends: tuple[Channel, Channel]) -> None:
    ends[1].close()
    with pytest.raises(OSError):
        ends[0].send(Beat(0, 0))


class _Nowhere:
    """A writer that is never used."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError("nothing is sent here")
