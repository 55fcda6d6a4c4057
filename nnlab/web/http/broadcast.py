"""One thread that writes all event streams of a web process. It waits for no reader.

A reader that is slow misses events: the newest wins. One that takes nothing at all is let go.
"""

from __future__ import annotations

import logging
import random
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, partial

from nnlab.fleet.frames import GZIP_HEADER, KEEP_ALIVE, event, inflate
from nnlab.fleet.hub import Viewer

KEEP_ALIVE_EVERY_S = 15.0
LOOK_EVERY_S = 0.5  # how often it is looked for stalled readers, quiet ones, and the server's end
STALLED_AFTER_S = 3.0  # a reader that takes nothing for so long is let go
SEND_BUFFER_BYTES = 32 * 1024  # a small buffer keeps a slow reader's newest frame young
RETRY_MS = (500, 2_500)  # spread, so that a class does not come back in one moment
READ_BYTES = 4096

log = logging.getLogger(__name__)

inflate_once = lru_cache(maxsize=256)(inflate)  # for all viewers without gzip


def goodbye() -> bytes:
    """The last event of a stream whose server stops."""
    return event("bye", {"reason": "restart"}, retry_ms=random.randint(*RETRY_MS))


class Reader:
    """A socket that is sent a viewer's events, after `head`, until there have been `most` or all sessions are gone.

    `leave` is called once at the end, with whether the connection is to be cut off rather than closed in peace.
    """

    def __init__(
        self,
        connection: socket.socket,
        head: bytes,
        viewer: Viewer,
        leave: Callable[[bool], None],
        *,
        gzip: bool,
        chunked: bool,
        most: int | None,
    ) -> None:
        self.connection = connection
        self.viewer = viewer
        self.leave = leave
        self.woken = False
        self.waits = False  # for the socket to take more
        self.ending = False  # when the rest is sent
        self.gone = False
        self.moved_s = time.monotonic()
        self._gzip, self._chunked = gzip, chunked
        self._left = most if most is not None else -1
        self.rest = head + (self._framed(GZIP_HEADER) if gzip else b"")

    def take_news(self) -> None:
        """Make the newest events what is to be sent: no more than the socket takes, as newer ones will come."""
        while len(self.rest) < SEND_BUFFER_BYTES and (events := self.viewer.next(0)):
            for _, piece in events:
                self.say(piece)
                self._left -= 1
                if self._left == 0:
                    return self.end()
        if self.viewer.is_over:
            self.end()

    def say(self, piece: bytes) -> None:
        """Send this event after what is on its way."""
        self.rest += self._framed(piece if self._gzip else inflate_once(piece))

    def end(self) -> None:
        """Close once all is sent."""
        self.ending = True
        if self._chunked:
            self.rest += b"0\r\n\r\n"

    def send(self) -> bool:
        """Send what the socket takes now; whether the reader still stands."""
        try:
            sent = self.connection.send(self.rest)
        except (BlockingIOError, InterruptedError):
            return True
        except OSError:
            return False
        self.rest = self.rest[sent:]
        self.moved_s = time.monotonic()
        return True

    def is_gone(self) -> bool:
        """Whether the other end has closed. What it says is of no interest."""
        try:
            return not self.connection.recv(READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return False
        except OSError:
            return True

    def _framed(self, content: bytes) -> bytes:
        return b"%x\r\n%b\r\n" % (len(content), content) if self._chunked else content


class Broadcaster:
    """Writes to all readers; `add` may be called by any thread. It starts with the first reader."""

    def __init__(self, is_stopping: Callable[[], bool]) -> None:
        self._is_stopping = is_stopping
        self._lock = threading.Lock()  # starting and closing
        self._thread: threading.Thread | None = None
        self._woken: deque[Reader] = deque()
        self._rung = False  # since the thread last heard the bell, after which it looks at all that are woken
        self._closing = False
        self._readers: set[Reader] = set()  # the thread's alone

    def add(self, reader: Reader) -> None:
        """Send to this reader from now on."""
        with self._lock:
            if self._thread is None:
                self._start()
        reader.connection.setblocking(False)
        with suppress(OSError):  # it may be gone already, which the thread finds out
            reader.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        reader.viewer.call(partial(self._wake, reader))

    def close(self) -> None:
        """Cut all readers off and end the thread."""
        with self._lock:
            self._closing = True
            if self._thread is not None:
                self._ring()
                self._thread.join()

    def _start(self) -> None:
        self._bell, self._ear = socket.socketpair()
        self._bell.setblocking(False)
        self._ear.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._ear, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, daemon=True, name="broadcast")
        self._thread.start()

    def _wake(self, reader: Reader) -> None:
        """Any thread: there is news for this reader."""
        if reader.woken:
            return
        reader.woken = True
        self._woken.append(reader)
        if not self._rung:
            self._rung = True
            self._ring()

    def _ring(self) -> None:
        with suppress(OSError):  # full, so it has been heard; or closed
            self._bell.send(b"!")

    # What follows runs in the one thread.

    def _run(self) -> None:
        look_at_s = 0.0
        while not self._closing:
            for key, mask in self._selector.select(LOOK_EVERY_S):
                if key.data is None:
                    self._ear.recv(READ_BYTES)
                    self._rung = False
                else:
                    self._guarded(key.data, self._attend, mask)
            while self._woken:
                self._guarded(self._woken.popleft(), self._show_news)
            if time.monotonic() > look_at_s:
                look_at_s = time.monotonic() + LOOK_EVERY_S
                self._look_around()
        for reader in tuple(self._readers):
            self._let_go(reader, cut=True)
        for part in (self._selector, self._bell, self._ear):
            part.close()

    def _guarded(self, reader: Reader, act: Callable[..., None], *arguments: object) -> None:
        """Do it for this reader; what goes wrong costs this reader its stream and nobody else."""
        try:
            act(reader, *arguments)
        except Exception:
            log.exception("A stream is cut off")
            self._let_go(reader, cut=True)

    def _attend(self, reader: Reader, mask: int) -> None:
        """Its socket is ready."""
        if mask & selectors.EVENT_READ and reader.is_gone():
            self._let_go(reader, cut=True)
        elif mask & selectors.EVENT_WRITE:
            self._send(reader)

    def _show_news(self, reader: Reader) -> None:
        """Something is new for a reader, which may be new itself. While it is busy it is left to the newest."""
        reader.woken = False
        if reader not in self._readers:
            if reader.ending:
                return  # woken once more after its end
            self._selector.register(reader.connection, selectors.EVENT_READ, reader)
            self._readers.add(reader)
            reader.take_news()
            self._send(reader)
        elif not reader.rest:
            reader.take_news()
            self._send(reader)

    def _send(self, reader: Reader) -> None:
        """Send as much as goes; wait for the socket with the rest, or look for what has become new since."""
        while reader.rest:
            before = len(reader.rest)
            if not reader.send():
                return self._let_go(reader, cut=True)
            if len(reader.rest) == before:
                return self._wait(reader, True)
            if not reader.rest and not reader.ending:
                reader.take_news()
        self._wait(reader, False)
        if reader.ending:
            self._let_go(reader, cut=False)

    def _wait(self, reader: Reader, waits: bool) -> None:
        if reader.waits != waits:
            reader.waits = waits
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if waits else 0)
            self._selector.modify(reader.connection, events, reader)

    def _let_go(self, reader: Reader, *, cut: bool) -> None:
        if reader.gone:
            return
        reader.ending = reader.gone = True
        self._readers.discard(reader)
        with suppress(KeyError, ValueError):
            self._selector.unregister(reader.connection)
        try:
            reader.leave(cut)
        except Exception:
            log.exception("A stream did not end in order")

    def _look_around(self) -> None:
        """Let go of readers that have stalled, keep quiet ones alive, and say goodbye when the server stops."""
        now_s = time.monotonic()
        stopping = self._is_stopping()
        for reader in tuple(self._readers):
            if reader.rest and now_s - reader.moved_s > STALLED_AFTER_S:
                self._let_go(reader, cut=True)
            elif stopping and not reader.ending:
                reader.say(goodbye())
                reader.end()
                self._send(reader)
            elif not reader.rest and now_s - reader.moved_s > KEEP_ALIVE_EVERY_S:
                reader.say(KEEP_ALIVE)
                self._send(reader)
