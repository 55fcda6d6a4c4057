"""Messages over a pair of pipes."""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from nnlab import errors
from nnlab.errors import FieldError, NnlabError
from nnlab.fleet.local.child import RunnerGone, RunnerLost
from nnlab.fleet.wire import LENGTH, Asleep, Beat, Call, Channel, Event, Message, Reply, Unwatch, Watch
from nnlab.session import commands
from nnlab.session.picture.want import PLAIN, Want
from tests.unit.making import make_session


@pytest.fixture
def ends() -> Iterator[tuple[Channel, Channel]]:
    """Two channels that are each other's other end."""
    (read_a, write_b), (read_b, write_a) = os.pipe(), os.pipe()
    a = Channel(os.fdopen(read_a, "rb"), os.fdopen(write_a, "wb"))
    b = Channel(os.fdopen(read_b, "rb"), os.fdopen(write_b, "wb"))
    yield a, b
    a.close()
    b.close()


MESSAGES: list[Message] = [
    Call(1, "v", commands.Step(steps=3)),
    Call(2, "v", commands.Create(document=make_session().document)),
    Call(3, "v", commands.CreateFrom(checkpoint=make_session().checkpoint())),
    Watch("v", Want(("units", "weights"), 40, 2.5)),
    Unwatch("v", PLAIN),
    Reply(1, {"revision": 2, "values": [1.5, None]}),
    Event("v", "frame", None, b"\x00" * 3000),
    Beat(3, 1),
    Asleep("v"),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_a_message_arrives_as_it_was_sent(ends: tuple[Channel, Channel], message: Message) -> None:
    for sender, receiver in (ends, ends[::-1]):
        sender.send(message)
        assert receiver.receive() == message


ERRORS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, NnlabError)]


@pytest.mark.parametrize("kind", [*ERRORS, RunnerGone, RunnerLost])
def test_every_error_arrives_whole(ends: tuple[Channel, Channel], kind: type[NnlabError]) -> None:
    fields = (FieldError("points.0.x", "points.0.x is required."),)
    ends[0].send(Reply(1, error=kind("It is so.", errors=fields)))
    reply = ends[1].receive()
    assert isinstance(reply, Reply)
    assert type(reply.error) is kind
    assert (reply.error.detail, reply.error.errors, str(reply.error)) == ("It is so.", fields, "It is so.")


def test_messages_keep_their_order(ends: tuple[Channel, Channel]) -> None:
    for message in MESSAGES:
        ends[0].send(message)
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


@pytest.mark.parametrize("cut", [1, LENGTH.size, LENGTH.size + 1, -1])
def test_half_a_message_is_the_end(cut: int) -> None:
    read, write = os.pipe()
    body = pickle.dumps(Beat(1, 1))
    os.write(write, (LENGTH.pack(len(body)) + body)[:cut])
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
