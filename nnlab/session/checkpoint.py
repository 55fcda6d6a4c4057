"""A session at rest: all that is needed to go on after a crash, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the store keeps of a subject, in parts that change at different rates.

    `document` is its JSON text and changes with `revision` alone. `training` is the trainer's exact state (weights,
    optimizer, generator, position in the epoch), or None before the first one: of a running session it is all that is
    new each second. `course` names the `pieces` that edits, moments and replies are made of, each by its number; what a
    number stands for never changes. `series` is the loss series, None to leave what was saved before. `orders` are
    those of the room that a session belongs to. `kind` says which kind of subject it is, `keep_days` for how long it is
    kept unused, None as the settings say.
    """

    document: str
    revision: int
    running: bool
    next_point_id: int
    training: bytes | None = None
    series: bytes | None = b""
    course: bytes = b""
    pieces: Mapping[int, bytes] = field(default_factory=dict)
    orders: bytes = b""
    kind: str = "session"
    keep_days: int | None = None

    @property
    def num_bytes(self) -> int:
        """How much it is, in all."""
        parts = (self.training or b"", self.series or b"", self.course, *self.pieces.values())
        return len(self.document) + sum(map(len, parts))
