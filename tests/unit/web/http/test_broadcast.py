"""One thread writes all streams: the newest wins, slow readers are let go, nothing is left behind."""

from __future__ import annotations

import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from nnlab.fleet.frames import event
from nnlab.fleet.hub import Hub, Topic
from nnlab.fleet.wire import Event
from nnlab.session.picture.want import PLAIN
from nnlab.web.http import broadcast
from nnlab.web.http.broadcast import Broadcaster, Reader
from tests.unit.making import wait_until

TOPIC = Topic("v", PLAIN)
HEAD = b"HTTP/1.1 200 OK\r\n\r\n"


class Streams:
    """A hub, a broadcaster, and the far ends of its readers' sockets."""

    def __init__(self, stack: ExitStack) -> None:
        self.hub = Hub(lambda key: None, lambda key: None)
        self.hub.watch([TOPIC])  # somebody is there before the others, so that events are kept for them
        self.stopping = threading.Event()
        self.broadcaster = Broadcaster(self.stopping.is_set)
        self.left: list[bool] = []
        self._stack = stack
        stack.callback(self.broadcaster.close)

    def open(self, *, gzip: bool = False, chunked: bool = False, most: int | None = None) -> socket.socket:
        """A new reader."""
        near, far = socket.socketpair()
        far.settimeout(10)
        self._stack.callback(far.close)
        viewer = self.hub.watch([TOPIC])

        def leave(cut: bool) -> None:
            viewer.leave()
            near.close()
            self.left.append(cut)

        self.broadcaster.add(Reader(near, HEAD, viewer, leave, gzip=gzip, chunked=chunked, most=most))
        return far

    def post(self, text: str, kind: str = "frame") -> None:
        self.hub.post(Event("v", kind, PLAIN, event(kind, text)))


@pytest.fixture
def streams() -> Iterator[Streams]:
    """Everything is closed after the test."""
    with ExitStack() as stack:
        yield Streams(stack)


def says(text: str, kind: str = "frame") -> bytes:
    return f'event: {kind}\ndata: "{text}"\n\n'.encode()


def read(far: socket.socket, end: bytes) -> bytes:
    content = b""
    while not content.endswith(end):
        data = far.recv(65536)
        assert data, content
        content += data
    return content


def read_all(far: socket.socket) -> bytes:
    content = b""
    while data := far.recv(65536):
        content += data
    return content


def test_a_reader_gets_the_head_what_is_there_and_what_comes(streams: Streams) -> None:
    streams.post("old")
    first, second = streams.open(), streams.open()
    for far in (first, second):
        assert read(far, says("old")) == HEAD + says("old")
    streams.post("new")
    for far in (first, second):
        assert read(far, says("new")) == says("new")


def test_chunks_and_gzip_are_as_http_wants_them(streams: Streams) -> None:
    streams.post("one")
    far = streams.open(gzip=True, chunked=True, most=1)
    head, _, rest = read_all(far).partition(b"\r\n\r\n")
    content = b""
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        content += rest[: int(size, 16)]
        assert rest[int(size, 16) :].startswith(b"\r\n")
        rest = rest[int(size, 16) + 2 :]
    assert int(size, 16) == 0
    assert zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(content) == says("one")


def test_it_ends_after_so_many_events_and_after_a_bye(streams: Streams) -> None:
    short, long = streams.open(most=2), streams.open()
    seen = b""
    for text in ("1", "2"):
        streams.post(text)
        read(long, says(text))
        seen += read(short, says(text))  # who has not read it yet would be given the next in its place
    assert seen + read_all(short) == HEAD + says("1") + says("2")
    streams.post("gone", "bye")
    assert read_all(long) == says("gone", "bye")
    wait_until(lambda: streams.left == [False, False])


def test_a_slow_reader_misses_events_and_gets_the_newest(streams: Streams) -> None:
    far = streams.open()
    quick = streams.open()
    texts = [f"{count} " + "x" * 100_000 for count in range(50)]
    for text in texts:
        streams.post(text)
        read(quick, says(text))
    content = read(far, says(texts[-1]))
    seen = [text for text in texts if says(text) in content]
    assert texts[-1] in seen
    assert len(seen) < 20
    assert content == HEAD + b"".join(map(says, seen))


def test_a_reader_that_takes_nothing_is_let_go_and_others_are_not(
    streams: Streams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadcast, "STALLED_AFTER_S", 0.2)
    monkeypatch.setattr(broadcast, "LOOK_EVERY_S", 0.02)
    slow = streams.open()
    streams.post("x" * 5_000_000)
    read(slow, b"x")  # the beginning, and no more
    streams.post("small")  # so that the quick one has nothing left to take, however late it is
    quick = streams.open()
    read(quick, says("small"))
    wait_until(lambda: streams.left == [True])
    streams.post("still here")
    read(quick, says("still here"))


def leaves(far: socket.socket) -> None:
    far.close()


def resets(far: socket.socket) -> None:
    far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    far.close()


def half_closes(far: socket.socket) -> None:
    far.shutdown(socket.SHUT_WR)


@pytest.mark.parametrize("act", [leaves, resets, half_closes])
def test_a_reader_that_goes_is_noticed_without_any_event(
    streams: Streams, act: Callable[[socket.socket], None]
) -> None:
    far = streams.open()
    read(far, HEAD)
    act(far)
    wait_until(lambda: streams.left == [True])


def test_what_a_reader_says_is_of_no_interest(streams: Streams) -> None:
    far = streams.open()
    far.sendall(b"GET / HTTP/1.1\r\n\r\n" * 1000)
    streams.post("one")
    assert read(far, says("one")) == HEAD + says("one")


def test_quiet_streams_are_kept_alive(streams: Streams, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcast, "KEEP_ALIVE_EVERY_S", 0.05)
    monkeypatch.setattr(broadcast, "LOOK_EVERY_S", 0.02)
    far = streams.open()
    assert read(far, b": still here\n\n").startswith(HEAD)


def test_a_stopping_server_says_bye_with_a_time_to_come_back(streams: Streams) -> None:
    fars = [streams.open(chunked=True) for _ in range(20)]
    streams.stopping.set()
    ends = [read_all(far) for far in fars]
    assert all(end.endswith(b"\n\n\r\n0\r\n\r\n") and b"event: bye" in end for end in ends)
    assert len({end.partition(b"retry: ")[2].split()[0] for end in ends}) > 10  # not all in one moment
    wait_until(lambda: streams.left == [False] * 20)


def test_closing_cuts_off_whoever_is_there(streams: Streams) -> None:
    far = streams.open()
    read(far, HEAD)
    streams.broadcaster.close()
    assert streams.left == [True]
    assert far.recv(10) == b""


def test_an_error_at_one_readers_end_is_nobody_elses(streams: Streams, caplog: Any) -> None:
    near, far = socket.socketpair()
    viewer = streams.hub.watch([TOPIC])

    def fail(cut: bool) -> None:
        near.close()
        raise RuntimeError

    streams.broadcaster.add(Reader(near, HEAD, viewer, fail, gzip=False, chunked=False, most=None))
    far.close()
    wait_until(lambda: "did not end in order" in caplog.text)
    other = streams.open()
    streams.post("one")
    read(other, says("one"))
