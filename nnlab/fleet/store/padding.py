"""Content that keeps its size as it changes: written in its place, it costs 8 KB of log instead of 22."""

from __future__ import annotations

import struct

LENGTH = struct.Struct("<I")
BLOCK_BYTES = 1024


def padded(content: bytes, stored_bytes: int = 0) -> bytes:
    """The content behind its length, filled up to whole blocks or to the size that is stored already."""
    whole = LENGTH.pack(len(content)) + content
    fitting = len(whole) + -len(whole) % BLOCK_BYTES
    return whole.ljust(stored_bytes if fitting <= stored_bytes <= 2 * fitting else fitting, b"\0")


def unpadded(content: bytes) -> bytes:
    """What `padded` was given."""
    (length,) = LENGTH.unpack_from(content.ljust(LENGTH.size, b"\0"))
    return content[LENGTH.size : LENGTH.size + length]
