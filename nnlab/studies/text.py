"""Parameters as text, as they stand in an address or behind --param."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import from_json

from nnlab.studies.registry import parameters_of
from nnlab.studies.study import Study


def fields_of(study: Study, texts: Mapping[str, str]) -> dict[str, Any]:
    """Parameters out of texts: JSON, or values with commas between them, or one word. Checks nothing."""
    lists = {row["name"] for row in parameters_of(study) if row["type"] == "list"}
    return {name: _list(text) if name in lists else _value(text) for name, text in texts.items()}


def _list(text: str) -> Any:
    found = _value(text)
    if isinstance(found, list):
        return found
    return [_value(part.strip()) for part in text.split(",") if part.strip()]


def _value(text: str) -> Any:
    try:
        return from_json(text, allow_inf_nan=False)  # the json module's reader recurses on `[[[[...`
    except ValueError:
        return text
