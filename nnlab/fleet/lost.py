"""What a call comes to whose runner is no more."""

from __future__ import annotations

from nnlab.errors import Unavailable, Unsettled


class RunnerGone(Unavailable):
    """The runner had ended before the call was sent; it was certainly not carried out."""

    code = "runner_gone"


class RunnerLost(Unsettled):
    """The runner died with this call in flight; nobody knows whether it was carried out."""

    code = "runner_lost"


def gone() -> RunnerGone:
    """The word for a call that was not sent."""
    return RunnerGone("The training process has just ended; ask again in a second.")


def lost() -> RunnerLost:
    """The word for a call in flight."""
    return RunnerLost("The training process ended before it answered; read the session, then ask again.")
