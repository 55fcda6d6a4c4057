"""Replies that are files, all named alike: after the experiment's title, or after its view id where it has none."""

from __future__ import annotations

import re
from typing import Any, Literal
from urllib.parse import quote

from flask import Response, request

ID_CHARACTERS = 8  # of the view id: enough to tell a person's files apart


def wants_file(asked: str | None, kind: str) -> bool:
    """Whether the reply is to be a file of media type `kind` rather than JSON: as was asked, else as Accept prefers."""
    if asked is not None:
        return asked != "json"
    return request.accept_mimetypes.best_match(["application/json", kind]) == kind


def file_reply(
    file: dict[str, Any],
    view_id: str,
    *,
    kind: str,
    ending: str,
    disposition: Literal["attachment", "inline"] = "attachment",
) -> Response:
    """A file's title and content as media type `kind`; `inline`: a browser shows it, its name is for saving it."""
    response = Response(file["content"], mimetype=kind)
    names = both_names(f"{file_stem(file['title'], view_id)}.{ending}", f"{file_stem('', view_id)}.{ending}")
    response.headers.set("Content-Disposition", disposition, **names)
    if disposition == "inline":  # a picture may stand on the pages of other sites
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def both_names(name: str, plain: str) -> dict[str, str]:
    """A name that is not ASCII is given beside a plain one for old programs (RFC 6266)."""
    return {"filename": name} if name.isascii() else {"filename": plain, "filename*": f"UTF-8''{quote(name)}"}


def file_stem(title: str, view_id: str) -> str:
    """The same as fileStem in static/js/core/file-names.js."""
    return re.sub(r"[\W_]+", "-", title.lower()).strip("-") or f"nnlab-{view_id[:ID_CHARACTERS]}"
