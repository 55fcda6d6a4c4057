"""What a runner orders of its studio, and what it gets. Everything here crosses a pipe between the two."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from nnlab.errors import InternalError, NnlabError
from nnlab.fleet.frames import event
from nnlab.fleet.wire import Event
from nnlab.session.apply import apply
from nnlab.session.commands import Query
from nnlab.session.frozen import Frozen, thaw
from nnlab.session.picture.snapshot import snapshot
from nnlab.session.picture.views import Parts
from nnlab.session.picture.want import Want

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LookOrder:
    """The reply to a query, asked of a copy."""

    copy: Frozen
    query: Query


@dataclass(frozen=True, slots=True)
class FrameOrder:
    """A frame for each want. `standing` and `phases` are what a copy does not know of itself."""

    copy: Frozen
    view_id: str
    event_id: str
    wants: tuple[Want, ...]
    standing: dict[str, Any]
    phases: dict[str, Any] | None


Order = LookOrder | FrameOrder


@dataclass(frozen=True, slots=True)
class Made:
    """What became of an order, and how much work it was, in seconds of the processor."""

    value: Any = None
    error: NnlabError | None = None
    took_s: float = 0.0


def make(order: Order) -> Made:
    """Carry an order out; what goes wrong is a part of the answer."""
    began_s = time.process_time()
    value, error = None, None
    try:
        value = carry_out(order)
    except NnlabError as known:
        error = known
    except Exception:
        log.exception("A look failed")
        error = InternalError("The look failed inside the server; the session is as it was.")
    return Made(value, error, time.process_time() - began_s)


@singledispatch
def carry_out(order: Order) -> Any:
    """The value of an order."""
    raise TypeError(f"unknown order: {type(order).__name__}")


@carry_out.register
def carry_out_look(order: LookOrder) -> Any:
    """The reply to the query."""
    return apply(order.query, thaw(order.copy))


@carry_out.register
def carry_out_frame(order: FrameOrder) -> list[Event]:
    """The events, as the runner would make them."""
    copy = thaw(order.copy)
    common = snapshot(copy) | order.standing
    parts = Parts(copy, {"phases": order.phases})
    return [
        Event(order.view_id, "frame", want, event("frame", common | parts.of(want), event_id=order.event_id))
        for want in order.wants
    ]
