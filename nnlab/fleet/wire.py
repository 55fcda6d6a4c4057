"""What crosses a pipe: between the web process and a runner, and between a runner and its studio.

Nothing else does. nnlab.fleet.codec makes bytes of it; PROTOCOL changes whenever an older program would misread them.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from nnlab.errors import NnlabError
from nnlab.session.commands.kinds import Command
from nnlab.session.frozen import Frozen
from nnlab.session.picture.want import Want

PROTOCOL = 1


class Tagged(Struct, frozen=True, array_like=True, tag=True):
    """Base of messages: on the wire a list that begins with the name of its class."""


class Hello(Tagged, frozen=True):
    """Both ways, first: which protocol is spoken."""

    protocol: int = PROTOCOL


class Call(Tagged, frozen=True):
    """Down: carry out a command and reply under `request_id`."""

    request_id: int
    view_id: str
    command: Command


class Watch(Tagged, frozen=True):
    """Down: send frames as they are wanted until `Unwatch`."""

    view_id: str
    want: Want


class Unwatch(Tagged, frozen=True):
    """Down: nobody wants such frames any more."""

    view_id: str
    want: Want


class Reply(Tagged, frozen=True):
    """Up: what a call came to: plain values, or its error."""

    request_id: int
    value: Any = None
    error: NnlabError | None = None


class Event(Tagged, frozen=True):
    """Up: a compressed event for those viewers of a session who have this want; None reaches all of them.

    One that shows what somebody has changed goes up at once; others may wait for each other.
    """

    view_id: str
    kind: str
    want: Want | None
    piece: bytes
    shows_change: bool = False


class Beat(Tagged, frozen=True):
    """Up: the runner is alive; how many sessions it has in memory, how many are training, what ails its store, and how
    busy it is, from 0 to 1.
    """

    awake: int
    training: int
    trouble: NnlabError | None = None
    load: float = 0.0


class Asleep(Tagged, frozen=True):
    """Up: the session has left the runner's memory and may be placed anew."""

    view_id: str


class LookOrder(Tagged, frozen=True):
    """To the studio: the reply to a query, asked of a copy."""

    copy: Frozen
    query: Command


class FrameOrder(Tagged, frozen=True):
    """To the studio: a frame for each want. `standing` and `phases` are what a copy does not know of itself."""

    copy: Frozen
    view_id: str
    event_id: str
    wants: tuple[Want, ...]
    standing: dict[str, Any]
    phases: dict[str, Any] | None


class Made(Tagged, frozen=True):
    """From the studio: what became of an order, and how much work it was, in seconds of the processor."""

    value: Any = None
    events: tuple[Event, ...] = ()
    error: NnlabError | None = None
    took_s: float = 0.0


Order = LookOrder | FrameOrder
Message = Hello | Call | Watch | Unwatch | Reply | Event | Beat | Asleep | LookOrder | FrameOrder | Made
