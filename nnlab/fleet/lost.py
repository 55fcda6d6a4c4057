"""What is said where a runner cannot answer: it is no more, not there yet, or the server itself stops."""

from __future__ import annotations

from nnlab.errors import InternalError, Unavailable, Unsettled
from nnlab.sentence import Sentence


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


def starting() -> Unavailable:
    """For whoever asks before all runners are there."""
    return Unavailable(Sentence("The runners are starting; try again in a second."))


def stopping() -> Unavailable:
    """For whoever asks when nothing is begun any more."""
    return Unavailable(Sentence("The server is stopping; try again in a few seconds."))


def look_failed() -> InternalError:
    """For whoever asked for a look that is not to be had."""
    return InternalError("The look failed inside the server; the session is as it was.")
