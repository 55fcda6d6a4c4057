"""How one row of the document's table is written: what stands on screen, what it means, what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field


def menu(entries: Mapping[str, Any]) -> Any:
    """The type of a name out of one of the engine's menus."""
    return Literal[tuple(entries)]


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
