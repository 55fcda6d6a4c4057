"""The extra views a frame can carry, by name."""

from __future__ import annotations

from nnlab.wording import broken_rule

VIEWS: tuple[str, ...] = ()


def parse_views(text: str) -> tuple[str, ...]:
    """`weights,units` -> ("units", "weights"), sorted and once each. Raises InvalidInput for unknown names."""
    names = {name.strip() for name in text.split(",") if name.strip()}
    unknown = sorted(names - set(VIEWS))
    if unknown:
        raise broken_rule("views", f"must be among {', '.join(VIEWS) or 'none'}", unknown[0])
    return tuple(sorted(names))
