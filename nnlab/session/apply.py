"""The one place where a command meets its handler."""

from __future__ import annotations

from typing import Any

from nnlab.session.commands import (
    arranging,
    experiment,
    judging,
    life,
    names,
    orders,
    points,
    reading,
    training,
    weights,
)
from nnlab.session.commands.kinds import Change, Command, Handlers, OfRoom
from nnlab.session.locks import carry_out
from nnlab.session.session import Session
from nnlab.session.work import Work

SUBJECTS = (arranging, life, points, training, weights, reading, experiment, judging, names, orders)
HANDLERS: Handlers = {command: handler for subject in SUBJECTS for command, handler in subject.HANDLERS.items()}
STEPS_AT_ONCE = 10_000


def begin(command: Command, session: Session) -> Any:
    """Carry out one command and return its reply, or the Work that will have it once it is done.

    Raises NnlabError and leaves the session as it was when it cannot be done. A room's locks are heeded.
    """
    handler = HANDLERS.get(type(command))
    if handler is None:
        raise TypeError(f"unknown command: {type(command).__name__}")
    if isinstance(command, Change) and not isinstance(command, OfRoom):
        return carry_out(handler, command, session)
    return handler(command, session)


def apply(command: Command, session: Session) -> Any:
    """Carry out one command to its end and return its reply: plain JSON values, a file or a checkpoint."""
    outcome = begin(command, session)
    if not isinstance(outcome, Work):
        return outcome
    while not outcome.is_done:
        outcome.take(STEPS_AT_ONCE)
    return outcome.reply()
