"""A viewer over a plain socket: counts frames by their chunks, and reads their content only when asked to.

The server is measured on the same two cores, so a viewer must cost next to nothing.
"""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from dataclasses import dataclass, field

SMALLEST_EVENT_BYTES = 100  # the gzip header and keep-alives are smaller


@dataclass
class Watched:
    """What one stream has delivered."""

    arrivals: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    revisions: list[tuple[float, int]] = field(default_factory=list)  # (arrival, revision), when content is read
    status: int = 0


class Viewer(asyncio.Protocol):
    """Splits the chunked body and notes every event."""

    def __init__(self, request: bytes, *, read_content: bool) -> None:
        self.seen = Watched()
        self._request = request
        self._rest = b""
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS) if read_content else None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        assert isinstance(transport, asyncio.Transport)
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Take the head off once, then chunk after chunk."""
        rest = self._rest + data
        if not self.seen.status:
            head, end, rest = rest.partition(b"\r\n\r\n")
            if not end:
                self._rest = head
                return
            self.seen.status = int(head.split()[1])
        self._rest = self._take_chunks(rest) if self.seen.status == 200 else b""

    def _take_chunks(self, rest: bytes) -> bytes:
        while (end := rest.find(b"\r\n")) > 0:
            size = int(rest[:end], 16)
            start = end + 2
            if len(rest) < start + size + 2 or size == 0:
                break
            self._note(rest[start : start + size])
            rest = rest[start + size + 2 :]
        return rest

    def _note(self, chunk: bytes) -> None:
        now = time.monotonic()
        if self._inflater is not None:
            text = self._inflater.decompress(chunk)
            if b"event: frame" not in text:
                return
            self.seen.revisions.append((now, json.loads(text[text.index(b"data: ") + 6 :])["revision"]))
        elif len(chunk) < SMALLEST_EVENT_BYTES:
            return
        self.seen.arrivals.append(now)
        self.seen.sizes.append(len(chunk))


async def watch(port: int, session_id: str, until: float, *, read_content: bool) -> Watched:
    """Watch until the steady clock shows `until`. Other events than frames are told apart only when read."""
    path = f"/api/v1/sessions/{session_id}/stream"
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    loop = asyncio.get_running_loop()
    viewer = Viewer(request, read_content=read_content)
    transport, _ = await loop.create_connection(lambda: viewer, "127.0.0.1", port)
    await asyncio.sleep(until - time.monotonic())
    transport.close()
    return viewer.seen
