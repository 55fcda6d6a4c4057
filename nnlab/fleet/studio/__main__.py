"""The studio process: `python -m nnlab.fleet.studio`. Orders come in on standard input, answers go out."""

from __future__ import annotations

import logging
import os
import pickle
import signal
from typing import IO

from nnlab.fleet.studio.orders import make

NICENESS = 10  # beside that of the runner: frames and replies of everybody come before long looks of one


def main() -> None:
    """Make what is ordered until the runner is gone."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, whose end ends this process
    logging.basicConfig(level=logging.INFO, format="%(asctime)s studio %(process)d %(levelname)s %(message)s")
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed goes to standard error
    serve(orders, answers)


def serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    """One order after another, until either end is closed."""
    while True:
        try:
            order = pickle.load(orders)
            pickle.dump(make(order), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
        except (EOFError, OSError, pickle.UnpicklingError):  # the last one: the end came in the middle of an order
            return


if __name__ == "__main__":
    main()
