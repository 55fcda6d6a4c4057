"""Strict field types, merge patches, and the one wording for whatever breaks a rule: name, rule, value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from nnlab.errors import FieldError, InvalidInput

LONGEST_QUOTED_VALUE = 60  # characters of a refused value that are quoted back
MOST_ERRORS = 20  # a document with thousands of bad points needs no thousands of sentences

UNION_TAGS = {"float", "int", "str", "bool", "constrained-float", "constrained-int", "none"}  # pydantic's own words


class Model(BaseModel):
    """Base of every model that reads input: unknown fields, strings for numbers, NaN and infinity are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False, validate_default=False)


def _whole(value: Any) -> Any:
    """Let 2.0 pass for 2: JSON has one kind of number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


# The BeforeValidator stands last: anywhere else pydantic drops `minimum` and `maximum` from the schema.
def whole_number(low: int, high: int) -> Any:
    """The type of a whole number in [low, high]."""
    return Annotated[int, Field(ge=low, le=high), BeforeValidator(_whole)]


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def pair_of(first: Any, second: Any) -> Any:
    """The type of a list of two: JSON arrays arrive as lists, frozen models hold tuples."""
    return Annotated[tuple[first, second], BeforeValidator(_as_tuple)]


def list_of(item: Any, *, most: int, least: int = 0) -> Any:
    """The type of a list of `least` to `most` items."""
    return Annotated[tuple[item, ...], Field(min_length=least, max_length=most), BeforeValidator(_as_tuple)]


def merge_patch(target: Any, patch: Any) -> Any:
    """RFC 7396: objects merge, null removes (the default returns), everything else replaces."""
    if not isinstance(patch, Mapping):
        return patch
    merged = dict(target) if isinstance(target, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge_patch(merged.get(key), value)
    return merged


def invalid_input(error: ValidationError, *, below: str = "") -> InvalidInput:
    """Turn pydantic's findings into ours; `below` is a path to put before each field."""
    found = error.errors(include_url=False, include_context=True)
    fields = tuple(_field_error(item, below) for item in found[:MOST_ERRORS])
    return InvalidInput(_summary(fields, len(found)), errors=fields)


def broken_rule(field: str, rule: str, value: Any) -> InvalidInput:
    """A rule that no model states: `broken_rule("steps", "must be at most 10000", 20000)`."""
    message = f"{field} {rule}; got {quote(value)}."
    return InvalidInput(message, errors=(FieldError(field, message),))


def quote(value: Any) -> str:
    """A refused value as a short piece of JSON."""
    try:
        text = json.dumps(value, default=str, ensure_ascii=False)
    except (ValueError, RecursionError):
        text = type(value).__name__
    return text if len(text) <= LONGEST_QUOTED_VALUE else text[:LONGEST_QUOTED_VALUE] + "…"


def _summary(fields: tuple[FieldError, ...], count: int) -> str:
    more = "" if count == 1 else f" ({count - 1} more)"
    return fields[0].message + more


def _field_error(item: Any, below: str) -> FieldError:
    if item["type"] == "rule":  # a rule across fields brings its own path
        item = {**item, "loc": (*item["loc"], item["ctx"]["field"]), "input": item["ctx"]["value"]}
    path = ".".join(_clean([below, *item["loc"]])) or "body"
    return FieldError(path, f"{path} {_rule(item)}{_got(item)}.")


def _clean(path: Iterable[Any]) -> list[str]:
    return [str(part) for part in path if str(part) and str(part) not in UNION_TAGS and "[" not in str(part)]


def _got(item: Any) -> str:
    silent = {"missing", "extra_forbidden", "too_long", "too_short"}
    return "" if item["type"] in silent else f"; got {quote(item['input'])}"


def _rule(item: Any) -> str:
    """The rule in words, for each kind of finding that our models can produce."""
    limits = item.get("ctx", {})
    match item["type"]:
        case "missing":
            return "is required"
        case "extra_forbidden":
            return "is not a known field"
        case "greater_than":
            return f"must be greater than {limits['gt']:g}"
        case "greater_than_equal":
            return f"must be at least {limits['ge']:g}"
        case "less_than":
            return f"must be less than {limits['lt']:g}"
        case "less_than_equal":
            return f"must be at most {limits['le']:g}"
        case "finite_number":
            return "must be a finite number"
        case "too_long":
            return f"must have at most {limits['max_length']} items; it has {limits.get('actual_length') or 'more'}"
        case "too_short":
            return f"must have at least {limits['min_length']} items; it has {limits['actual_length']}"
        case "string_too_long":
            return f"must have at most {limits['max_length']} characters"
        case "string_pattern_mismatch":
            return f"must match {limits['pattern']}"
        case "literal_error":
            return f"must be one of {limits['expected']}"
        case "rule":
            return str(limits["rule"])
        case kind:
            return _type_rule(kind)


def _type_rule(kind: str) -> str:
    wanted = {
        "int": "a whole number",
        "float": "a number",
        "string": "text",
        "bool": "true or false",
        "list": "a list",
        "tuple": "a list",
        "dict": "an object",
        "model": "an object",
        "none": "null",
    }
    return "must be " + wanted.get(kind.split("_")[0], "of another type")
