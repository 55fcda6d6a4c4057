"""The kinds of subjects there are: the one place where a runner learns what it hosts."""

from __future__ import annotations

from nnlab.rooms.hosting import ROOMS
from nnlab.session.hosting import SESSIONS
from nnlab.session.subject import Kind

KINDS: dict[str, Kind] = {kind.name: kind for kind in (SESSIONS, ROOMS)}
