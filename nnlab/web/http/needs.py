"""What a route needs beyond its path, query and body, declared beside it and found again by its request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import current_app

ATTRIBUTE = "nnlab_needs"


@dataclass(frozen=True, slots=True)
class Needs:
    """What one route has declared.

    `body_bytes`: the longest body, where the settings' will not do. `revision`: the route heeds If-Match. `only_reads`:
    it changes nothing, though its method is one of changes.
    """

    body_bytes: int | None = None
    revision: bool = False
    only_reads: bool = False


NOTHING = Needs()

Route = TypeVar("Route", bound=Callable[..., Any])


def needs(
    *, body_bytes: int | None = None, revision: bool = False, only_reads: bool = False
) -> Callable[[Route], Route]:
    """Declare what a route needs; stands below the line that gives its address."""

    def declare(route: Route) -> Route:
        setattr(route, ATTRIBUTE, Needs(body_bytes, revision, only_reads))
        return route

    return declare


def needs_of(endpoint: str | None) -> Needs:
    """What the route of this endpoint has declared; nothing, where there is no such route."""
    route = current_app.view_functions.get(endpoint or "")
    found: Needs = getattr(route, ATTRIBUTE, NOTHING)
    return found
