"""A session at rest: all that is needed to go on after a crash, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the store keeps of a session.

    `document` is its JSON text; `training` the trainer's exact state (weights, optimizer, generator, position in the
    epoch) or None before the first one; `series` the loss series.
    """

    document: str
    revision: int
    running: bool
    next_point_id: int
    training: bytes | None = None
    series: bytes = b""
