"""A path that a proxy puts before all addresses, such as /lab: the server's own addresses then begin with it too.

The settings name it, or the proxy does in X-Forwarded-Prefix; it may or may not take the prefix off what it passes on.
Whoever sends a header of their own changes nothing but the addresses in their own answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

CLEAN = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")


def init_prefix(app: Flask, prefix: str) -> None:
    """Have `app` answer under the prefix; empty: under the one that each request names, if it names one."""
    setattr(app, "wsgi_app", Prefixed(app.wsgi_app, prefix))  # noqa: B010 - Flask's own way, which mypy takes for a method


class Prefixed:
    """The application behind it sees the prefix as SCRIPT_NAME, and paths without it."""

    def __init__(self, inner: WSGIApplication, prefix: str) -> None:
        self._inner = inner
        self._prefix = prefix

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request."""
        prefix = self._prefix or _named_in(environ)
        if prefix:
            path = environ["PATH_INFO"]
            within = path == prefix or path.startswith(f"{prefix}/")
            environ["SCRIPT_NAME"] = prefix
            environ["PATH_INFO"] = (path[len(prefix) :] or "/") if within else path
        return self._inner(environ, start_response)


def _named_in(environ: dict[str, Any]) -> str:
    """The prefix that the proxy nearest to the browser names; nothing that is no plain path."""
    named = environ.get("HTTP_X_FORWARDED_PREFIX", "").split(",")[0].strip().rstrip("/")
    return named if CLEAN.fullmatch(named) else ""
