"""The last replies of a session: a change that is asked for again under its key is answered again, not made again."""

from __future__ import annotations

import json
import zlib
from typing import Any

from nnlab.errors import Conflict, NnlabError
from nnlab.sentence import Sentence

MOST_REPLIES = 64
MOST_BYTES = 128 * 1024  # of them together, compressed; the newest is kept in any case
QUICK = 1  # zlib's level


class KeyReused(NnlabError):
    """An idempotency key came a second time with another request."""

    code = "idempotency_key_reused"
    status = 422
    title = "This key belongs to another request"


def key_reused() -> KeyReused:
    """The word for it."""
    return KeyReused(
        Sentence("Idempotency-Key must be new for each request; this one came before with another request.")
    )


class Replies:
    """Replies by key, oldest first, each with its request's fingerprint; as bytes, since few are asked for again."""

    def __init__(self, kept: list[bytes] | None = None) -> None:
        self._kept: dict[str, tuple[str, bytes]] = {}
        for content in kept or []:
            head, _, _ = content.partition(b"\n")
            key, fingerprint = json.loads(head)
            self._kept[key] = (fingerprint, content)

    def find(self, key: str, fingerprint: str) -> bytes | None:
        """The reply to the request of this key, for `reply_in`, if it is known. Raises KeyReused."""
        known = self._kept.get(key)
        if known is None:
            return None
        if known[0] != fingerprint:
            raise key_reused()
        return known[1]

    def record(self, key: str, fingerprint: str, reply: Any) -> None:
        """Keep a reply; the oldest go when there are too many."""
        self._keep(key, fingerprint, {"reply": reply})

    def record_end(self, key: str, fingerprint: str) -> None:
        """Keep that a command was ended by another change before it was done."""
        self._keep(key, fingerprint, {"ended": True})

    def _keep(self, key: str, fingerprint: str, outcome: dict[str, Any]) -> None:
        head = json.dumps([key, fingerprint]).encode()
        content = head + b"\n" + zlib.compress(json.dumps(outcome).encode(), QUICK)
        self._kept[key] = (fingerprint, content)
        while len(self._kept) > 1 and (len(self._kept) > MOST_REPLIES or self._size() > MOST_BYTES):
            del self._kept[next(iter(self._kept))]

    def contents(self) -> list[bytes]:
        """What to give to Replies again."""
        return [content for _, content in self._kept.values()]

    def _size(self) -> int:
        return sum(len(content) for _, content in self._kept.values())


def reply_in(content: bytes) -> Any:
    """The reply itself. Raises Conflict if there was none, as something ended the command."""
    outcome = json.loads(zlib.decompress(content.partition(b"\n")[2]))
    if "ended" in outcome:
        raise Conflict(Sentence("Another change ended this before all of it was done; read the session."))
    return outcome["reply"]
