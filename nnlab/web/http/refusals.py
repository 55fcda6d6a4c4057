"""What the server answers by itself, before the application is asked: problem documents as whole HTTP replies."""

from __future__ import annotations

from http import HTTPStatus

from nnlab.errors import InternalError
from nnlab.web.http.errors import Problem

RETRY_AFTER_S = 2

# status -> (code, title, detail)
WORDS = {
    400: ("bad_request", "The request is broken", "This is no HTTP request that can be understood, or it was cut off."),
    408: ("request_timeout", "The request is too slow", "The request did not arrive in time; send it again."),
    413: ("request_entity_too_large", "The body is too large", "The body is larger than this server takes."),
    414: ("request_uri_too_long", "The address is too long", "Send a shorter first line."),
    417: ("expectation_failed", "This cannot be expected", "The only expectation that can be met is 100-continue."),
    429: ("too_many_connections", "Too many connections", "Close some of this address, or try again in a few seconds."),
    431: ("request_header_fields_too_large", "The head is too long", "Send fewer and shorter header fields."),
    500: (
        InternalError.code,
        InternalError.title,
        "Something went wrong inside; read the session before asking again.",
    ),
}


def refusal(status: int) -> bytes:
    """The reply that says so and ends the connection."""
    code, title, detail = WORDS[status]
    problem = Problem(type=f"urn:nnlab:error:{code}", title=title, status=status, detail=detail, code=code, errors=[])
    body = problem.model_dump_json().encode()
    head = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "Content-Type: application/problem+json",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *([f"Retry-After: {RETRY_AFTER_S}"] if status == 429 else []),
    ]
    return "\r\n".join([*head, "", ""]).encode() + body
