"""How one row of the document's table is written: what stands on screen, what it means, what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core.core_schema import CoreSchema, literal_schema


@dataclass(frozen=True, slots=True)
class OneOf:
    """What the type of a name is annotated with: these are allowed."""

    names: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Pydantic's rule for it."""
        return literal_schema(list(self.names))


def menu(entries: Mapping[str, Any]) -> OneOf:
    """Of a `str`: a name out of one of the engine's menus."""
    return OneOf(tuple(entries))


def within(low: float, high: float) -> dict[str, float]:
    """The rule low <= value <= high."""
    return {"ge": low, "le": high}


def above(low: float, most: float) -> dict[str, float]:
    """The rule low < value <= most."""
    return {"gt": low, "le": most}


def slider(low: float, high: float, step: float | None = None) -> dict[str, Any]:
    """The useful range on screen; what the rules allow beyond it can be typed."""
    return {"hints": {"slider": [low, high]} | ({"step": step} if step else {})}


def log_slider(low: float, high: float) -> dict[str, Any]:
    """The useful range on screen, in equal ratios."""
    return {"hints": {"slider": [low, high], "scale": "log"}}


def unit(name: str) -> dict[str, Any]:
    """The unit that stands behind the value on screen."""
    return {"hints": {"unit": name}}


PERCENT = {"hints": {"percent": True}}  # a share that is shown and typed as a percentage
FULL = {"hints": {"full": True}}  # the largest value stands for all there is
STARTS_ANEW = {"hints": {"live": False}}  # everything else changes while training goes on


def field(default: Any, label: str, help: str, *rules: Mapping[str, Any]) -> Any:
    """One row of the table: what stands on screen, what it means, what is allowed."""
    hints: dict[str, Any] = {}
    limits: dict[str, Any] = {}
    for rule in rules:
        hints |= rule.get("hints", {})
        limits |= {name: value for name, value in rule.items() if name != "hints"}
    return Field(default, title=label, description=help, json_schema_extra=hints or None, **limits)
