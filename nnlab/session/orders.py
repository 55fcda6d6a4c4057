"""What a room has ordered of a student's session; it is stored with the session, which obeys it whoever asks."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Orders:
    """`member` is the student's number in the room. `number` counts the room's orders, `task` its tasks.

    `locks` name what the student may not change (see nnlab.session.locks). `was_running`: when it was frozen.
    """

    member: int
    number: int = 0
    task: int = 0
    locks: tuple[str, ...] = ()
    is_frozen: bool = False
    was_running: bool = False

    def to_bytes(self) -> bytes:
        """As they are stored."""
        return json.dumps(asdict(self), separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Orders:
        """As they were stored."""
        fields = json.loads(content)
        return cls(**fields | {"locks": tuple(fields["locks"])})
