"""The health of a session's layers as it was last shown: while the runner is busy it is shown again for a second."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from nnlab.fleet.runner.load import HEALTH_EVERY_S, Load


class Health:
    """What the newest frame said of it, and of which revision, and when it was found."""

    def __init__(self) -> None:
        self._layers: Any = None
        self._revision = 0
        self._found_s = 0.0

    def known(self, load: Load, revision: int) -> Any:
        """What may be shown again; None when it has to be found anew."""
        fresh = time.monotonic() - self._found_s < HEALTH_EVERY_S and self._revision == revision
        return self._layers if load.spares_health and fresh else None

    def note(self, frames: Sequence[dict[str, Any]], revision: int) -> None:
        """What these frames say, if it is not what was known."""
        layers = frames[0].get("layers") if frames else None
        if layers is not self._layers:
            self._layers, self._revision, self._found_s = layers, revision, time.monotonic()
