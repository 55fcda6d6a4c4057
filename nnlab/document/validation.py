"""Strict field types and merge patches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotated_types import GroupedMetadata
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError, PydanticKnownError


class Model(BaseModel):
    """Base of every model that reads input: unknown fields, strings for numbers, NaN and infinity are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False, validate_default=False)


def _whole(value: Any) -> Any:
    """Let 2.0 pass for 2: JSON has one kind of number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


WHOLE = BeforeValidator(_whole)  # of an `int`


def rule_error(field: str, rule: str, value: Any) -> PydanticCustomError:
    """What a validator raises for a rule that no type states, in the words of nnlab.document.wording.broken_rule."""
    return PydanticCustomError("rule", "{rule}", {"field": field, "rule": rule, "value": value})


# Characters that act on text instead of being text: controls, line ends, and what turns the direction of writing.
ACTING = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]")
TURNING = re.compile("[\\u202a-\\u202e\\u2066-\\u2069]")


def _one_line(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value


def _one_bare_line(value: Any) -> Any:
    return one_line(value).strip() if isinstance(value, str) else value


def one_line(text: str) -> str:
    """The text on one line, without what acts on text."""
    return ACTING.sub(" ", TURNING.sub("", text))


@dataclass(frozen=True, slots=True)
class Rules(GroupedMetadata):
    """What a field's type is annotated with: `Annotated[int, whole_number(1, 5)]`."""

    rules: tuple[Any, ...]

    def __iter__(self) -> Iterator[Any]:
        """Pydantic takes them one by one."""
        return iter(self.rules)


def line_of_text(most: int, *, strip: bool = False) -> Rules:
    """Of a `str`: at most `most` characters on one line; what acts on text is taken out rather than refused.

    `strip`: blanks around it too.
    """
    clean = _one_bare_line if strip else _one_line
    return Rules((Field(max_length=most), BeforeValidator(clean)))


# The BeforeValidator stands last: anywhere else pydantic drops `minimum` and `maximum` from the schema.
def whole_number(low: int, high: int) -> Rules:
    """Of an `int`: a whole number in [low, high]."""
    return Rules((Field(ge=low, le=high), WHOLE))


def in_words(rule: str, holds: Callable[[Any], bool]) -> BeforeValidator:
    """Of a field: who breaks this rule is told it, in place of what the schema would say."""

    def check(value: Any) -> Any:
        if not holds(value):
            raise rule_error("", rule, value)
        return value

    return BeforeValidator(check)


def number_from_1(high: int, rule: str) -> Rules:
    """Of an `int`: a number in [1, high] of what was once counted from 0; who still does so is told the rule."""
    counts_from_1 = in_words(rule, lambda value: value is False or value != 0)
    return Rules((Field(ge=1, le=high), WHOLE, counts_from_1))


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _at_most(most: int) -> Callable[[Any], Any]:
    """Refuse a longer list before its items are looked at: 80,000 wrong ones would take a second."""

    def check(value: Any) -> Any:
        if isinstance(value, list) and len(value) > most:
            limits = {"field_type": "List", "max_length": most, "actual_length": len(value)}
            raise PydanticKnownError("too_long", limits)
        return _as_tuple(value)

    return check


PAIR = BeforeValidator(_as_tuple)  # of a `tuple` of two: JSON arrays arrive as lists, frozen models hold tuples


def items(*, most: int, least: int = 0) -> Rules:
    """Of a `tuple`: a list of `least` to `most` items."""
    return Rules((Field(min_length=least, max_length=most), BeforeValidator(_at_most(most))))


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
