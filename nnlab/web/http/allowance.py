"""How many sessions may be made in a minute, by one address and by all: a class may join at once, no loop go on."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections.abc import Callable

from flask import Flask, current_app, request

from nnlab.errors import TooMany
from nnlab.sentence import Sentence
from nnlab.web.http.admission import Admission

MINUTE_S = 60.0
MOST_ADDRESSES = 10_000  # remembered; those that have been quiet are forgotten first
LEFT_ADDRESSES = 9_000  # when some had to be forgotten, so that it is not to be done again for each that comes
EVERYBODY = "everybody"
NETWORK_BITS = 64  # of an IPv6 address: a house has all addresses below


class Allowance:
    """So many a minute, all at once or spread. Of each address it knows when its allowance will be whole again.

    This is the generic cell rate algorithm, also known as the leaky bucket.
    """

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval_s = MINUTE_S / a_minute
        self._clock = clock
        self._whole_at_s: dict[str, float] = {}
        self._lock = threading.Lock()

    def take(self, who: str) -> float:
        """Take one; return 0, or the seconds after which there will be one, and nothing was taken."""
        now_s = self._clock()
        with self._lock:
            whole_at_s = max(now_s, self._whole_at_s.get(who, now_s)) + self._interval_s
            wait_s = whole_at_s - now_s - MINUTE_S
            if wait_s > 1e-6:  # a sum of many intervals is not quite a minute
                return wait_s
            self._whole_at_s[who] = whole_at_s
            if len(self._whole_at_s) > MOST_ADDRESSES:
                self._forget_the_quiet(now_s)
        return 0.0

    def _forget_the_quiet(self, now_s: float) -> None:
        self._whole_at_s = {who: at_s for who, at_s in self._whole_at_s.items() if at_s > now_s}
        for who in list(self._whole_at_s)[: max(0, len(self._whole_at_s) - LEFT_ADDRESSES)]:
            del self._whole_at_s[who]


class Creations:
    """Who may make another session."""

    def __init__(self, per_address: int, in_all: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_address = Allowance(per_address, clock)
        self._in_all = Allowance(in_all, clock)

    def take(self, address: str | None) -> None:
        """Count one more. Raises TooMany, which says when to try again."""
        wait_s = self._per_address.take(household(address)) or self._in_all.take(EVERYBODY)
        if wait_s:
            error = TooMany(Sentence("Too many experiments were made in the last minute; try again in a moment."))
            error.retry_after_s = math.ceil(wait_s)
            raise error


def household(address: str | None) -> str:
    """What stands for the address and those that certainly belong to the same house."""
    try:
        known = ipaddress.ip_address(address or "")
    except ValueError:
        return str(address)
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((int(known), NETWORK_BITS), strict=False))


def init_creations(app: Flask) -> None:
    """Give `app` its allowances."""
    settings = app.extensions["nnlab.settings"]
    app.extensions["nnlab.creations"] = Creations(settings.creations_per_address, settings.creations)
    app.extensions["nnlab.admission"] = Admission(lambda: app.extensions["nnlab.fleet"].load())


def count_creation() -> None:
    """Count a session that the present request makes. Raises TooMany, and ServerFull for who has to wait in line."""
    creations: Creations = current_app.extensions["nnlab.creations"]
    admission: Admission = current_app.extensions["nnlab.admission"]
    admission.enter(request.headers.get("Idempotency-Key") or str(request.remote_addr))
    creations.take(request.remote_addr)
