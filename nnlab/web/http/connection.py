"""One client's connection as the server's loop keeps it: what has come in, what has still to go out."""

from __future__ import annotations

import socket
from collections.abc import Callable
from io import BytesIO
from typing import IO, Any

from gunicorn.http.parser import RequestParser

from nnlab.web.http.gathering import Gathering

AT_ONCE = 64 * 1024  # bytes read in one turn, so that one connection does not keep the others waiting


class Outgoing:
    """Stands where gunicorn writes to a socket: keeps the bytes, so that no thread waits for a slow reader."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.rest = bytearray()
        self.given = False

    def sendall(self, data: bytes) -> None:
        """Keep it, unless the connection is given away."""
        if not self.given:
            self.rest += data

    def sendfile(self, file: IO[bytes], offset: int, count: int) -> None:
        """Keep a file's content."""
        file.seek(offset)
        self.sendall(file.read(count))

    def give_away(self) -> tuple[socket.socket, bytes, Callable[[bool], None]]:
        """The socket, for good, with what it has to be sent first; and whom to tell, with `cut`, when it is done with.

        What gunicorn writes from now on, the end of the reply, goes nowhere.
        """
        self.given = True
        rest, self.rest = bytes(self.rest), bytearray()
        return self._connection.socket, rest, self._connection.take_back

    def shutdown(self, how: int) -> None:
        """Drop what is kept; gunicorn asks for this when a reply breaks off in its middle."""
        self.rest.clear()

    def settimeout(self, seconds: float | None) -> None:
        """Nothing here waits."""

    def recv(self, size: int) -> bytes:
        """Nothing is left to read."""
        return b""

    def close(self) -> None:
        """The loop does that."""


class Connection:
    """A client's socket, never waited for. The names `sock`, `client` and `server` are gunicorn's."""

    def __init__(self, accepted: socket.socket, client: Any, server: Any, most_body_bytes: int) -> None:
        accepted.setblocking(False)
        self.socket = accepted
        self.client = client
        self.server = server
        self.sock = Outgoing(self)
        self.keep = False  # whether another request may follow
        self.deadline_s = 0.0
        self.take_back: Callable[[bool], None] = lambda cut: None
        self._most_body_bytes = most_body_bytes
        self.following = b""  # what the client has sent behind the request that is being answered
        self.gathering = Gathering(most_body_bytes)

    @property
    def address(self) -> str:
        """The client's address; empty for a local socket."""
        return self.client[0] if isinstance(self.client, tuple) else ""

    @property
    def held_bytes(self) -> int:
        """What it keeps in memory."""
        return len(self.gathering.content) + len(self.following) + len(self.sock.rest)

    def begin(self) -> None:
        """Gather the next request, of which something may be here already. Raises TooLarge."""
        self.gathering = Gathering(self._most_body_bytes)
        following, self.following = self.following, b""
        self.gathering.feed(following)

    def receive(self) -> bytes | None:
        """What has arrived; empty at the end, None for nothing yet."""
        try:
            return self.socket.recv(AT_ONCE)
        except (BlockingIOError, InterruptedError):
            return None
        except OSError:
            return b""

    def send(self) -> bool:
        """Send what the socket takes now; whether the connection still stands."""
        rest = self.sock.rest
        try:
            while rest and (sent := self.socket.send(rest)):
                del rest[:sent]
        except (BlockingIOError, InterruptedError):
            pass
        except OSError:
            return False
        return True

    def next_request(self, cfg: Any) -> Any:
        """The request that has been gathered, with its body read; what came behind it is `following`.

        Raises gunicorn's errors for one that breaks the rules of HTTP. Reads from memory alone.
        """
        parser = RequestParser(cfg, [bytes(self.gathering.content)], self.client)
        request = next(parser)
        request.body = BytesIO(request.body.read())
        request._expected_100_continue = False  # the loop has said it
        self.following = parser.unreader.take_buffered()
        self.gathering = Gathering(self._most_body_bytes)
        return request

    def reset(self) -> None:
        """Close at once and throw away what was not read, so that nothing of it stays in memory."""
        try:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        except OSError:
            pass
        self.socket.close()
