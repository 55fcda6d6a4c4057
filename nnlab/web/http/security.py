"""Headers that keep the page to itself: no foreign or inline script, no leaking of the secret in the address."""

from __future__ import annotations

from flask import Flask, Response, request

from nnlab.web.state import settings

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors {ancestors}"
)
DOCS_POLICY = POLICY + "; style-src 'self' 'unsafe-inline'"  # the API page's own library sets style attributes

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def init_security(app: Flask) -> None:
    """Set the headers on every response. Only the pages under /embed may stand in a frame, where the settings say."""
    app.after_request(_set_headers)


def _set_headers(response: Response) -> Response:
    wanted = {**HEADERS, "Content-Security-Policy": _policy()}
    if request.path.startswith("/api/"):
        wanted["Cache-Control"] = "no-store"
    present = {name.lower() for name, _ in response.headers}
    response.headers.extend({name: value for name, value in wanted.items() if name.lower() not in present})
    return response


def _policy() -> str:
    ancestors = settings().embed_in if request.blueprint == "pages" and request.path.startswith("/embed") else "'none'"
    return (DOCS_POLICY if request.path == "/docs" else POLICY).format(ancestors=ancestors)
