"""The settings of a server as its runners get them: in the variables of their environment."""

from __future__ import annotations

from nnlab.settings import Settings


def environment_of(settings: Settings) -> dict[str, str]:
    """What each runner needs to know; of what all share it has its part."""
    return {
        "NNLAB_DATABASE": settings.database_address,
        "NNLAB_GRACE_S": str(settings.grace_s),
        "NNLAB_SLEEP_S": str(settings.sleep_s),
        "NNLAB_KEEP_DAYS": str(settings.keep_days),
        "NNLAB_AWAKE_MB": str(max(1, settings.awake_mb // settings.runners)),
    }
