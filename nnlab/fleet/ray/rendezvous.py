"""Which runner has which session, without a table: every web process reckons the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def rendezvous(view_id: str, names: Iterable[str]) -> str:
    """The name that scores highest for this session. A name more or less moves only its own sessions.

    Highest random weight hashing [Thaler & Ravishankar 1998]. Raises ValueError without names.
    """
    return max(names, key=lambda name: _weight(name, view_id))


def _weight(name: str, view_id: str) -> bytes:
    return hashlib.blake2b(f"{name}:{view_id}".encode(), digest_size=8).digest()
