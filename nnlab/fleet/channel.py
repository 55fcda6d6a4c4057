"""One end of a pair of pipes that carries messages, each behind its length."""

from __future__ import annotations

import struct
import threading
from contextlib import suppress
from typing import IO

from nnlab.fleet.codec import Misunderstood, decode, encode
from nnlab.fleet.wire import PROTOCOL, Hello, Message

LENGTH = struct.Struct("<I")


class Channel:
    """Any thread may send; one thread receives. Each end says hello before all else."""

    def __init__(self, reader: IO[bytes], writer: IO[bytes]) -> None:
        self._reader = reader
        self._writer = writer
        self._lock = threading.Lock()
        self._has_greeted = self._is_greeted = False

    def send(self, *messages: Message) -> None:
        """Write messages, all at once. Raises OSError when the other end is gone, and what `encode` raises."""
        self.send_encoded(*map(encode, messages))

    def send_encoded(self, *bodies: bytes) -> None:
        """Write messages that are encoded already. Raises OSError when the other end is gone."""
        with self._lock:
            if not self._has_greeted:
                self._has_greeted = True
                self._write(encode(Hello()))
            for body in bodies:
                self._write(body)
            self._writer.flush()

    def receive(self) -> Message | None:
        """The next message, or None when the other end is gone. Raises Misunderstood."""
        if not self._is_greeted and (greeting := self._read()) is not None:
            check_greeting(greeting)
            self._is_greeted = True
        return self._read()

    def close_sending(self) -> None:
        """Close the sending side, which the other end sees as the end."""
        with suppress(OSError):
            self._writer.close()

    def close(self) -> None:
        """Close both sides."""
        self.close_sending()
        self._reader.close()

    def _write(self, body: bytes) -> None:
        self._writer.write(LENGTH.pack(len(body)) + body)

    def _read(self) -> Message | None:
        head = self._reader.read(LENGTH.size)
        if len(head) < LENGTH.size:
            return None
        (length,) = LENGTH.unpack(head)
        body = self._reader.read(length)
        return None if len(body) < length else decode(body)


def check_greeting(greeting: Message) -> None:
    """Raises Misunderstood unless it is a greeting in the protocol that is spoken here."""
    if not isinstance(greeting, Hello):
        raise Misunderstood("the other end has not said which protocol it speaks")
    if greeting.protocol != PROTOCOL:
        raise Misunderstood(
            f"the other end speaks protocol {greeting.protocol}, this one {PROTOCOL}; run one version of NNLab"
        )
