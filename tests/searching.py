"""How long Hypothesis searches, on a machine that may be busy: whole, or a part of it while one writes."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

USUAL = 100  # examples of a test that says nothing
FEWEST = 5

settings.register_profile("full", max_examples=USUAL, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fast", settings.get_profile("full"), max_examples=8)  # `make test-fast`


def examples(most: int) -> settings:
    """So many, of which the profile in use may take a share."""
    return settings(max_examples=max(FEWEST, most * settings().max_examples // USUAL))
