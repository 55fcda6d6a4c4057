"""Server-sent events as bytes that serve every viewer: encoded once, compressed once, joined at any point of a stream.

A stream opens with a gzip header; each event is then a piece of raw deflate that starts with an empty window and ends
on a byte border (Z_FULL_FLUSH), so pieces may follow one another in any order and may be left out.
"""

from __future__ import annotations

import zlib
from typing import Any

from isal import isal_zlib
from msgspec.json import Encoder
from pydantic_core import to_json

GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
LEVEL = 1  # a frame with units and weights: 38 KB become 8.3 in 0.07 ms; zlib's level 4 makes 7.8 of them in 0.5


def event(kind: str, data: Any, *, event_id: str | None = None, retry_ms: int | None = None) -> bytes:
    """One server-sent event, compressed; what is not a number becomes null."""
    head = f"id: {event_id}\n" if event_id else ""
    if retry_ms is not None:
        head += f"retry: {retry_ms}\n"
    return deflate(f"{head}event: {kind}\ndata: ".encode() + _json(data) + b"\n\n")


def _json(data: Any) -> bytes:
    """As ASCII: there are readers that take U+2028 and its like for the end of a line.

    A frame with all views takes 0.06 ms, with the json module 0.30 ms. To look for what must be escaped at each
    character takes a plain frame 20 us; where there is nothing, as in nearly all of them, msgspec writes it in 5.
    """
    text = ENCODER.encode(data)
    return text if text.isascii() else to_json(data, ensure_ascii=True, inf_nan_mode="null")


def _plain(value: Any) -> Any:
    """What msgspec does not know by itself: a sentence, a number of NumPy's."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, float):
        return float(value)
    raise TypeError(f"cannot be said in JSON: {type(value).__name__}")


ENCODER = Encoder(enc_hook=_plain)


def deflate(content: bytes) -> bytes:
    """A self-contained piece of raw deflate."""
    compressor = isal_zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    piece: bytes = compressor.compress(content) + compressor.flush(zlib.Z_FULL_FLUSH)
    return piece


def inflate(piece: bytes) -> bytes:
    """The content of a piece, for the viewer that accepts no gzip."""
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(piece)


def farewell(view_id: str, reason: str) -> bytes:
    """The last event of a session: `deleted`, or `broken` and left alone for now."""
    return event("bye", {"session": view_id, "reason": reason})


KEEP_ALIVE = deflate(b": still here\n\n")
