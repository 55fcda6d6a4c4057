"""Messages between the web process and a runner: pickled tuples behind a length, over a pipe.

Both ends are this program; nothing from outside is ever unpickled.
"""

from __future__ import annotations

import pickle
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any

from nnlab.errors import NnlabError
from nnlab.session.commands import Change, Query
from nnlab.session.picture.want import Want

LENGTH = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Call:
    """Down: carry out a command and reply under `request_id`."""

    request_id: int
    view_id: str
    command: Change | Query


@dataclass(frozen=True, slots=True)
class Watch:
    """Down: send frames as they are wanted until `Unwatch`."""

    view_id: str
    want: Want


@dataclass(frozen=True, slots=True)
class Unwatch:
    """Down: nobody wants such frames any more."""

    view_id: str
    want: Want


@dataclass(frozen=True, slots=True)
class Reply:
    """Up: what a call came to."""

    request_id: int
    value: Any = None
    error: NnlabError | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Up: a compressed event for those viewers of a session who have this want; None reaches all of them."""

    view_id: str
    kind: str
    want: Want | None
    piece: bytes


@dataclass(frozen=True, slots=True)
class Beat:
    """Up: the runner is alive; how many sessions it has in memory, how many are training, and what ails its store."""

    awake: int
    training: int
    trouble: NnlabError | None = None


@dataclass(frozen=True, slots=True)
class Asleep:
    """Up: the session has left the runner's memory and may be placed anew."""

    view_id: str


Message = Call | Watch | Unwatch | Reply | Event | Beat | Asleep


class Channel:
    """One end of a pair of pipes. Any thread may send; one thread receives."""

    def __init__(self, reader: IO[bytes], writer: IO[bytes]) -> None:
        self._reader = reader
        self._writer = writer
        self._lock = threading.Lock()

    def send(self, message: Message) -> None:
        """Write one message. Raises OSError when the other end is gone."""
        body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
        with self._lock:
            self._writer.write(LENGTH.pack(len(body)) + body)
            self._writer.flush()

    def receive(self) -> Message | None:
        """The next message, or None when the other end is gone."""
        head = self._reader.read(LENGTH.size)
        if len(head) < LENGTH.size:
            return None
        (length,) = LENGTH.unpack(head)
        body = self._reader.read(length)
        if len(body) < length:
            return None
        message: Message = pickle.loads(body)
        return message

    def close_sending(self) -> None:
        """Close the sending side, which the other end sees as the end."""
        with suppress(OSError):
            self._writer.close()

    def close(self) -> None:
        """Close both sides."""
        self.close_sending()
        self._reader.close()
