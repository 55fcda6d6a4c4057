"""How many sessions may be made, by one address and by all, and how often one may be changed: hands can, no loop."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections.abc import Callable

from flask import Flask, current_app, request

from nnlab.errors import TooMany
from nnlab.sentence import Sentence
from nnlab.web.http.admission import Admission, ServerFull

MINUTE_S = 60.0
HASTE_S = 2.0  # a session's changes of so long may come all at once
MOST_KNOWN = 10_000  # addresses or sessions; those that have been quiet are forgotten first
LEFT_KNOWN = 9_000  # when some had to be forgotten, so that it is not to be done again for each that comes
EVERYBODY = "everybody"
NETWORK_BITS = 64  # of an IPv6 address: a house has all addresses below


class Allowance:
    """So many within a time, all at once or spread. It knows when the allowance of each will be whole again.

    This is the generic cell rate algorithm, also known as the leaky bucket.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic, *, within_s: float = MINUTE_S) -> None:
        self._within_s = within_s
        self._interval_s = within_s / most
        self._clock = clock
        self._whole_at_s: dict[str, float] = {}
        self._lock = threading.Lock()

    def take(self, who: str) -> float:
        """Take one; return 0, or the seconds after which there will be one, and nothing was taken."""
        now_s = self._clock()
        with self._lock:
            whole_at_s = max(now_s, self._whole_at_s.get(who, now_s)) + self._interval_s
            wait_s = whole_at_s - now_s - self._within_s
            if wait_s > 1e-6:  # a sum of many intervals is not quite the whole
                return wait_s
            self._whole_at_s[who] = whole_at_s
            if len(self._whole_at_s) > MOST_KNOWN:
                self._forget_the_quiet(now_s)
        return 0.0

    def _forget_the_quiet(self, now_s: float) -> None:
        self._whole_at_s = {who: at_s for who, at_s in self._whole_at_s.items() if at_s > now_s}
        for who in list(self._whole_at_s)[: max(0, len(self._whole_at_s) - LEFT_KNOWN)]:
            del self._whole_at_s[who]


class Addresses:
    """What one address may do so often in a minute, and all together. `refusal` is for who has done it too often."""

    def __init__(
        self, per_address: int, in_all: int, refusal: Sentence, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_address = Allowance(per_address, clock)
        self._in_all = Allowance(in_all, clock)
        self._refusal = refusal

    def take(self, address: str | None) -> None:
        """Count once more. Raises TooMany, which says when to try again."""
        wait_s = self._per_address.take(household(address)) or self._in_all.take(EVERYBODY)
        if wait_s:
            error = TooMany(self._refusal)
            error.retry_after_s = math.ceil(wait_s)
            raise error


class Changes:
    """Who may change a session once more. One that is refused costs a tenth of one that is made."""

    def __init__(self, a_second: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._allowance = Allowance(math.ceil(a_second * HASTE_S), clock, within_s=HASTE_S)

    def take(self, session_id: str) -> None:
        """Count one more under the id that was used, so that who may only watch takes none away. Raises TooMany."""
        if self._allowance.take(session_id):
            raise TooMany(Sentence("This session is changed more often than the server can do; change it more slowly."))


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


def init_allowances(app: Flask) -> None:
    """Give `app` its allowances."""
    settings = app.extensions["nnlab.settings"]
    app.extensions["nnlab.creations"] = Addresses(
        settings.creations_per_address,
        settings.creations,
        Sentence("Too many experiments were made in the last minute; try again in a moment."),
    )
    app.extensions["nnlab.changes"] = Changes(settings.changes_per_session)
    app.extensions["nnlab.admission"] = Admission(lambda: app.extensions["nnlab.fleet"].load())


def count_creation(is_made: Callable[[], bool]) -> None:
    """Count a session that the present request makes. Raises TooMany, and ServerFull for who has to wait in line.

    `is_made` says whether an earlier request under the same key has made it: who only lost the answer does not wait.
    """
    creations: Addresses = current_app.extensions["nnlab.creations"]
    admission: Admission = current_app.extensions["nnlab.admission"]
    key = request.headers.get("Idempotency-Key")
    who = key or str(request.remote_addr)
    try:
        admission.enter(who)
    except ServerFull:
        if key is None or not is_made():
            raise
        admission.leave(who)
    creations.take(request.remote_addr)


def count_change(session_id: str) -> None:
    """Count a change that the present request makes. Raises TooMany."""
    changes: Changes = current_app.extensions["nnlab.changes"]
    changes.take(session_id)
