"""The runner process: `python -m nnlab.fleet.runner`. Messages come in on standard input, go out on standard output."""

from __future__ import annotations

import logging
import os
import signal
import threading
from functools import partial

from nnlab.fleet.channel import Channel
from nnlab.fleet.runner.loop import Runner
from nnlab.fleet.store import Store
from nnlab.settings import Settings

NICENESS = 5  # commands and pages come before training
SENT_BYTES = 64 * 1024  # at once, as much as a pipe takes
LAST_SAVE_S = 5.0  # how long a runner may take to end once its parent is gone


def main() -> None:
    """Serve until the parent is gone."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    for number in (signal.SIGINT, signal.SIGTERM):  # are for the parent, whose end ends the runner
        signal.signal(number, signal.SIG_IGN)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s runner %(process)d %(levelname)s %(message)s")
    settings = Settings.from_environment()
    runner = Runner(_take_over_standard_streams(), partial(Store, settings.database), settings)
    threading.Thread(target=_listen, args=(runner,), daemon=True).start()
    runner.run()


def _take_over_standard_streams() -> Channel:
    """A channel over the pipes we were started with; whatever is printed goes to standard error from now on."""
    reader = os.fdopen(os.dup(0), "rb")
    writer = os.fdopen(os.dup(1), "wb", SENT_BYTES)
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # or a process of ours would keep our parent's end of it open
    return Channel(reader, writer)


def _listen(runner: Runner) -> None:
    """Feed the runner; when the parent is gone, see to it that the process ends even if the runner hangs."""
    try:
        runner.listen()
    finally:
        threading.Event().wait(LAST_SAVE_S)
        os._exit(1)


if __name__ == "__main__":
    main()
