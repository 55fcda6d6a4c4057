"""How a web process learns that the part of the cluster has ended by way of which it has joined."""

from __future__ import annotations

import socket


class Lifeline:
    """A connection to that part's socket. Nothing is ever said on it; it ends with that process, whoever follows it.

    Ray goes on in a process that is cut off, but does not hear any more where an actor is that is replaced.
    """

    def __init__(self, path: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        try:
            self._socket.connect(path)
        except OSError:  # it has ended already, and reading says so
            return
        self._socket.setblocking(False)

    @property
    def is_cut(self) -> bool:
        """Whether that part has ended."""
        try:
            return not self._socket.recv(1)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def close(self) -> None:
        """Let go of it."""
        self._socket.close()
