"""What the server answers by itself, before the application is asked: problem documents as whole HTTP replies."""

from __future__ import annotations

from http import HTTPStatus

from nnlab.web.http.errors import Problem

DETAILS = {
    400: "This is no HTTP request that can be understood, or it was cut off.",
    408: "The request did not arrive in time; send it again.",
    413: "The body is larger than this server takes.",
    414: "The address is too long.",
    417: "The only expectation that can be met is 100-continue.",
    429: "Too many connections from this address; close some, or try again in a few seconds.",
    431: "The head of the request is too long.",
    500: "Something went wrong inside the server; read the session before asking again.",
}
RETRY_AFTER_S = 2


def refusal(status: int) -> bytes:
    """The reply that says so and ends the connection."""
    phrase = HTTPStatus(status).phrase
    code = "internal_error" if status == 500 else phrase.lower().replace(" ", "_").replace("-", "_")
    problem = Problem(
        type=f"urn:nnlab:error:{code}", title=phrase, status=status, detail=DETAILS[status], code=code, errors=[]
    )
    body = problem.model_dump_json().encode()
    head = [
        f"HTTP/1.1 {status} {phrase}",
        "Content-Type: application/problem+json",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *([f"Retry-After: {RETRY_AFTER_S}"] if status == 429 else []),
    ]
    return "\r\n".join([*head, "", ""]).encode() + body
