"""The one wording for whatever breaks a rule: name, rule, value."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic import ValidationError

from nnlab.document.validation import Model
from nnlab.errors import FieldError, InvalidInput

LONGEST_QUOTED_VALUE = 60  # characters of a refused value, or of an unknown field's name, that are quoted back
MOST_ERRORS = 20  # a document with thousands of bad points needs no thousands of sentences

# pydantic's kinds of finding -> (where it keeps the bound, our words); JSON Schema's names -> our words.
BOUNDS = {
    "greater_than": ("gt", "greater than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}
SCHEMA_BOUNDS = {
    "exclusiveMinimum": "greater than",
    "minimum": "at least",
    "exclusiveMaximum": "less than",
    "maximum": "at most",
}

BRANCH = re.compile(
    r"(list|tuple|literal|function-\w+)\["
)  # pydantic's names for those of a union: `list[list[float]]`


def invalid_input(error: ValidationError) -> InvalidInput:
    """Turn pydantic's findings into ours."""
    found = _without_echoes(_of_one_branch(error.errors(include_url=False, include_context=True)))
    fields = tuple(_field_error(item, error.title) for item in found[:MOST_ERRORS])
    return InvalidInput(_summary(fields, len(found)), errors=fields)


def _of_one_branch(found: list[Any]) -> list[Any]:
    """Of a union's branches the one that fits best, the first of equals: the others refuse all that is right in it."""
    branches = [_branch(item["loc"]) for item in found]
    count = Counter(branches)
    best: dict[Any, Any] = {}
    for branch in sorted(count, key=lambda branch: count[branch]):
        best.setdefault(branch[0], branch)
    return [item for item, branch in zip(found, branches, strict=True) if best[branch[0]] == branch]


def _branch(loc: tuple[Any, ...]) -> tuple[tuple[Any, ...] | None, str]:
    """Where the first union on the way is, and which branch of it is meant; None, where there is no union."""
    index = next((index for index, part in enumerate(loc) if _is_branch(part)), None)
    return (None, "") if index is None else (loc[:index], loc[index])


def _is_branch(part: Any) -> bool:
    return BRANCH.match(str(part)) is not None


def _without_echoes(found: list[Any]) -> list[Any]:
    """A list whose items are refused is not also "too short": pydantic counts the items that are left."""
    places = [item["loc"] for item in found]

    def echoes(item: Any) -> bool:
        loc = item["loc"]
        return item["type"] == "too_short" and any(len(one) > len(loc) and one[: len(loc)] == loc for one in places)

    return [item for item in found if not echoes(item)]


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
    return _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTED_VALUE else text[:LONGEST_QUOTED_VALUE] + "…"


def _summary(fields: tuple[FieldError, ...], count: int) -> str:
    more = "" if count == 1 else f" ({count - 1} more)"
    return fields[0].message + more


def _field_error(item: Any, model: str) -> FieldError:
    if item["type"] == "said":  # the engine's own sentence
        return FieldError(item["ctx"]["field"], item["ctx"]["message"])
    if item["type"] == "rule":  # a rule across fields brings its own path
        item = {**item, "loc": (*item["loc"], item["ctx"]["field"]), "input": item["ctx"]["value"]}
    path = ".".join(_clean(item["loc"])) or "body"
    rule = _range(model, item["loc"]) if item["type"] in BOUNDS else _rule(item)
    return FieldError(path, f"{path} {rule or _rule(item)}{_got(item)}.")


def _clean(path: Iterable[Any]) -> list[str]:
    """The path without pydantic's names for the branches of a union."""
    return [_cut(str(part)) for part in path if str(part) and not _is_branch(part)]


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
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal" as kind:
            return f"must be {BOUNDS[kind][1]} {_figure(limits[BOUNDS[kind][0]])}"
        case "finite_number":
            return "must be a finite number"
        case "too_long":
            return f"must have at most {limits['max_length']} items; it has {limits.get('actual_length') or 'more'}"
        case "too_short":
            items = "item" if limits["min_length"] == 1 else "items"
            return f"must have at least {limits['min_length']} {items}; it has {limits['actual_length']}"
        case "string_too_short":
            return f"must have at least {limits['min_length']} character{'s' if limits['min_length'] > 1 else ''}"
        case "string_too_long":
            return f"must have at most {limits['max_length']} characters"
        case "string_pattern_mismatch":
            return f"must match {limits['pattern']}"
        case "literal_error":
            one_of = "one of " if " or " in limits["expected"] else ""
            return f"must be {one_of}{limits['expected']}"
        case "rule":
            return str(limits["rule"])
        case kind:
            return _type_rule(kind)


def _figure(bound: float) -> str:
    """A bound in digits; 2147483648 as it is, for 2.14748e+09 would be another one."""
    return str(int(bound)) if float(bound).is_integer() else f"{bound:g}"


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


def _range(model: str, loc: tuple[Any, ...]) -> str:
    """Both bounds of a field in words, looked up in its model's schema; empty when the model is not one of ours."""
    place = _schema_at(_schemas().get(model, {}), loc)
    bounds = [f"{words} {_figure(place[name])}" for name, words in SCHEMA_BOUNDS.items() if name in place]
    return "must be " + " and ".join(bounds) if bounds else ""


def _schema_at(root: dict[str, Any], loc: tuple[Any, ...]) -> dict[str, Any]:
    place = root
    for part in loc:
        place = _resolved(place, root)
        if isinstance(part, int):
            prefix = place.get("prefixItems", [])
            place = prefix[part] if part < len(prefix) else place.get("items", {})
        else:
            place = place.get("properties", {}).get(part, {})
    return _resolved(place, root)


def _resolved(place: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """A reference's target; of a choice between something and null, the something."""
    for choice in place.get("anyOf", []):
        if choice.get("type") != "null":
            place = choice
            break
    name = place.get("$ref", "").rsplit("/", 1)[-1]
    return root["$defs"][name] if name else place


@cache
def _schemas() -> dict[str, dict[str, Any]]:
    """Class name -> JSON Schema of every model that reads input."""
    found: dict[str, dict[str, Any]] = {}
    waiting = Model.__subclasses__()
    while waiting:
        model = waiting.pop()
        found[model.__name__] = model.model_json_schema()
        waiting += model.__subclasses__()
    return found
