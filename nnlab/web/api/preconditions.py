"""If-Match: a change of the document that is made only while it is as its author saw it last (RFC 9110)."""

from __future__ import annotations

import re

from flask import request

from nnlab.document.wording import broken_rule

HEADER = "If-Match"
PATTERN = r'(?:W/)?"(\d{1,18})"'  # proxies that compress make our tags weak ones
ETAG = re.compile(PATTERN)

PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": 'Only if this revision, in quotes, such as "14", is still the newest; else 412.',
    "schema": {"type": "string", "pattern": f"^{PATTERN}$"},
}


def expected_revision() -> int | None:
    """The revision in If-Match, or None. Raises InvalidInput."""
    header = request.headers.get(HEADER, "*").strip()
    if header == "*":
        return None
    tag = ETAG.fullmatch(header)
    if tag is None:
        raise broken_rule(HEADER, 'must be one revision in quotes, such as "14"', header)
    return int(tag[1])


def refuse_unheeded() -> None:
    """Refuse If-Match where it would be passed over in silence. Raises InvalidInput."""
    header = request.headers.get(HEADER, "*").strip()
    if header != "*":
        raise broken_rule(HEADER, "is for PATCH /api/v1/sessions/{session_id} alone", header)
