"""Reading request bodies: JSON only, no NaN, no bottomless nesting, and an error that says what is wrong."""

from __future__ import annotations

import json
from typing import Any

from flask import Request
from pydantic_core import from_json

from nnlab.errors import InvalidInput, NnlabError
from nnlab.web.http.needs import needs_of

MOST_MODEL_BYTES = 8 * 1024 * 1024  # the largest network, 250,000 numbers of up to 25 characters


class UnsupportedMediaType(NnlabError):
    """The body is not of a type this route reads."""

    code = "unsupported_media_type"
    status = 415
    title = "Unsupported media type"


class InvalidJson(NnlabError):
    """The body is no JSON."""

    code = "invalid_json"
    status = 400
    title = "The body is not valid JSON"


class BrokenBody(NnlabError):
    """The body broke off or its chunks are no chunks; our own worker refuses that before the application is asked."""

    code = "bad_request"
    status = 400
    title = "The request is broken"


class StrictRequest(Request):
    """Flask's request with a JSON reader that never answers 500: the json module's recurses on `[[[[...`."""

    @property
    def max_content_length(self) -> int | None:
        """The limit of the settings, unless the route needs another one."""
        return needs_of(self.endpoint).body_bytes or super().max_content_length

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._max_content_length = value

    def get_data(self, cache: bool = True, as_text: bool = False, parse_form_data: bool = False) -> Any:
        """The body. Raises BrokenBody where Flask's own server stumbles over it."""
        try:
            return super().get_data(cache, as_text, parse_form_data)  # type: ignore[call-overload]
        except OSError:
            raise BrokenBody("The body broke off or is not in proper chunks; send it again.") from None

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        """The body as a JSON object; `{}` for no body. Raises NnlabError, whatever `silent` says."""
        content = self.get_data(cache=cache)
        if not content:
            return {}
        if not self.is_json:
            raise UnsupportedMediaType(f"Content-Type must be application/json; got {self.mimetype or 'none'}.")
        try:
            value = from_json(content, allow_inf_nan=False)
            WITHOUT_TWINS.decode(content.decode())  # it nests no deeper than from_json allows: no recursion
        except ValueError as error:
            raise InvalidJson(f"The body is not valid JSON: {error}.") from None
        if not isinstance(value, dict):
            raise InvalidInput(f"The body must be a JSON object; got {_kind(value)}.")
        return value


def _refuse_twins(pairs: list[tuple[str, Any]]) -> None:
    """Two values under one name: readers would differ on which of them counts."""
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            raise ValueError(f"the name {json.dumps(name[:40])} stands twice in one object")
        seen.add(name)


WITHOUT_TWINS = json.JSONDecoder(object_pairs_hook=_refuse_twins)


def _kind(value: Any) -> str:
    return {list: "a list", str: "text", bool: "true or false", type(None): "null"}.get(type(value), "a number")
