"""What the studio makes of a runner's orders."""

from __future__ import annotations

import logging
import time

from msgspec.structs import replace

from nnlab.errors import NnlabError
from nnlab.fleet.frames import event
from nnlab.fleet.lost import look_failed
from nnlab.fleet.wire import Event, FrameOrder, LookOrder, Made, Order
from nnlab.session.apply import apply
from nnlab.session.frozen import thaw
from nnlab.session.picture.parts import Parts
from nnlab.session.picture.snapshot import snapshot

log = logging.getLogger(__name__)


def make(order: Order) -> Made:
    """Carry an order out; what goes wrong is a part of the answer."""
    began_s = time.process_time()
    try:
        made = _looked(order) if isinstance(order, LookOrder) else _posed(order)
    except NnlabError as known:
        made = Made(error=known)
    except Exception:
        log.exception("A look failed")
        made = Made(error=look_failed())
    return replace(made, took_s=time.process_time() - began_s)


def _looked(order: LookOrder) -> Made:
    """The reply to the query."""
    return Made(apply(order.query, thaw(order.copy)))


def _posed(order: FrameOrder) -> Made:
    """The events, as the runner would make them."""
    copy = thaw(order.copy)
    common = snapshot(copy) | order.standing
    parts = Parts(copy, {"phases": order.phases})
    events = [
        Event(order.view_id, "frame", want, event("frame", common | parts.of(want), event_id=order.event_id))
        for want in order.wants
    ]
    return Made(events=tuple(events))
