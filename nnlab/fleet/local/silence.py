"""How long a process has been silent, but for the time in which it was ready and had no processor.

Where a dozen others want two cores, a runner may get no turn for seconds: it does not hang, and another one in its
place would fare no better. One that is stopped waits for no processor, and one in an endless loop has it.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

NS_A_SECOND = 1e9


class Silence:
    """Of the process of this id. `heard` is called whenever there is a sign of life, from any thread."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._heard_s = time.monotonic()
        self._known_s: float | None = None  # the last sign of life that was noticed
        self._waited_s = 0.0  # what the process had waited by then

    def heard(self) -> None:
        """There was a sign of life."""
        self._heard_s = time.monotonic()

    def seconds(self) -> float:
        """How long it lasts. What it has waited for a processor counts from the first look on: look often."""
        heard_s, waited_s = self._heard_s, waited_for_processor_s(self._pid)
        if heard_s != self._known_s:
            self._known_s, self._waited_s = heard_s, waited_s
        return time.monotonic() - heard_s - max(0.0, waited_s - self._waited_s)


def waited_for_processor_s(pid: int) -> float:
    """Seconds in which the process's first thread was ready to run and others ran; 0 where the system does not tell."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / NS_A_SECOND
    return 0.0
