"""A viewer over a plain socket: counts frames by their chunks, and reads their content only when asked to."""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from dataclasses import dataclass, field


@dataclass
class Watched:
    """What one stream has delivered."""

    arrivals: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    revisions: list[tuple[float, int]] = field(default_factory=list)  # (arrival, revision), when content is read
    status: int = 0


async def watch(port: int, session_id: str, until: float, *, read_content: bool) -> Watched:
    """Watch until the steady clock shows `until`. Other events than frames are told apart only when read."""
    seen = Watched()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET /api/v1/sessions/{session_id}/stream HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n"
    writer.write(request.encode())
    head = await reader.readuntil(b"\r\n\r\n")
    seen.status = int(head.split()[1])
    if seen.status == 200:
        inflater = zlib.decompressobj(16 + zlib.MAX_WBITS) if read_content else None
        try:
            async with asyncio.timeout_at(until - time.monotonic() + asyncio.get_running_loop().time()):
                while True:
                    _note(seen, await _chunk(reader), inflater)
        except (TimeoutError, asyncio.IncompleteReadError):
            pass
    writer.close()
    return seen


async def _chunk(reader: asyncio.StreamReader) -> bytes:
    size = int(await reader.readline(), 16)
    return (await reader.readexactly(size + 2))[:-2]


def _note(seen: Watched, chunk: bytes, inflater: zlib._Decompress | None) -> None:
    now = time.monotonic()
    if inflater is not None:
        text = inflater.decompress(chunk)
        if b"event: frame" not in text:
            return
        data = json.loads(text[text.index(b"data: ") + 6 :])
        seen.revisions.append((now, data["revision"]))
    elif len(chunk) < 100:  # the gzip header and keep-alives
        return
    seen.arrivals.append(now)
    seen.sizes.append(len(chunk))
