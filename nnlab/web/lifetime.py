"""Start and end of all that works for an application beside its requests, whichever server serves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def begin(extensions: Mapping[str, Any]) -> None:
    """Start the runners, and go on with the studies. Raises Unavailable."""
    extensions["nnlab.fleet"].start()
    extensions["nnlab.studies"].start()


def end(extensions: Mapping[str, Any]) -> None:
    """Cut off whoever still has a stream; let every session come to rest in the store."""
    for name in ("broadcaster", "rooms", "studies", "fleet"):
        extensions[f"nnlab.{name}"].close()
