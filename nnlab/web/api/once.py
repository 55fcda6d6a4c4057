"""Idempotency-Key: a change that is asked for again under the same key is answered as before and made only once."""

from __future__ import annotations

import hashlib
import re

from flask import request

from nnlab.document.wording import broken_rule
from nnlab.session import commands
from nnlab.web.ids import new_id, same_id, view_id_of
from nnlab.web.state import fleet

DRAWN = 8  # ids, of which the one with the most room is taken
HEADER = "Idempotency-Key"
PATTERN = r"[A-Za-z0-9._~-]{16,64}"
FORM = re.compile(f'"({PATTERN})"|({PATTERN})')  # the draft of the standard has it in quotes, most programs do not

PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "A random text, new for each change: asked for again with it, the change is answered as before and "
    "not made again. A session remembers the last 64.",
    "schema": {"type": "string", "pattern": f"^{PATTERN}$"},
}


def under_key(command: commands.Change) -> commands.Change:
    """The change under the request's key, if it has one."""
    key = request_key()
    return command if key is None else commands.Once(key=key, fingerprint=_fingerprint(), command=command)


def reply_before() -> commands.ReadReply | None:
    """What asks a session for the reply to an earlier request under the request's key, if it has one."""
    key = request_key()
    return None if key is None else commands.ReadReply(key=key, fingerprint=_fingerprint())


def id_to_create(number: int = 0) -> str:
    """The secret id of a session that is to be made, of several the one with this number: the same for the same key."""
    key = request_key()
    if key is None:
        return _id_with_room()
    return same_id(f"{key}/{number}" if number else key)  # no key has a slash


def _id_with_room() -> str:
    """A fresh secret id of a session that would have room: on a cluster the id says which runner has it."""
    drawn = {view_id_of(session_id): session_id for session_id in (new_id() for _ in range(DRAWN))}
    return drawn[fleet().choose(list(drawn))]


def request_key() -> str | None:
    """The request's key. Raises InvalidInput for one that has not its form."""
    header = request.headers.get(HEADER)
    if header is None:
        return None
    found = FORM.fullmatch(header.strip())
    if found is None:
        raise broken_rule(HEADER, "must be 16 to 64 random characters of A-Z, a-z, 0-9 and -._~", header)
    return found[1] or found[2]


def _fingerprint() -> str:
    """Tells this request from others."""
    parts = (request.method, request.full_path, request.mimetype, request.headers.get("If-Match", ""))
    return hashlib.sha256("\n".join(parts).encode() + b"\n" + request.get_data()).hexdigest()[:32]
