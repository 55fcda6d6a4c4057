"""The studio process: `python -m nnlab.fleet.studio`. Orders come in on standard input, answers go out."""

from __future__ import annotations

import logging
import os
import signal
from contextlib import suppress

from nnlab.fleet.channel import Channel
from nnlab.fleet.studio.orders import make
from nnlab.fleet.wire import FrameOrder, LookOrder

NICENESS = 10  # beside that of the runner: frames and replies of everybody come before long looks of one


def main() -> None:
    """Make what is ordered until the runner is gone."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    for number in (signal.SIGINT, signal.SIGTERM):  # are for the server, whose end ends this process
        signal.signal(number, signal.SIG_IGN)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s studio %(process)d %(levelname)s %(message)s")
    channel = Channel(os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)  # whatever is printed goes to standard error
    serve(channel)


def serve(channel: Channel) -> None:
    """One order after another, until either end is closed."""
    with suppress(OSError):
        while isinstance(order := channel.receive(), LookOrder | FrameOrder):
            channel.send(make(order))


if __name__ == "__main__":
    main()
