"""Commands about training: run, pause, reset, steps, and the way back."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

from pydantic import model_validator

from nnlab.document.fields import field
from nnlab.document.points import Seed
from nnlab.document.validation import rule_error, whole_number
from nnlab.session.commands.kinds import Change, Handlers
from nnlab.session.picture.snapshot import state_reply, whole_reply
from nnlab.session.session import Session
from nnlab.session.work import Steps, Travel

MOST_STEPS = 10_000
MOST_STEPS_BACK = 10**12


class Run(Change):
    """Train continuously."""

    control: ClassVar[str] = "run"


def run(command: Run, session: Session) -> dict[str, Any]:
    """Train until paused, diverged or a stop condition is met. Raises Conflict when training has diverged."""
    session.start()
    return state_reply(session)


class Pause(Change):
    """Stop training and keep everything."""

    control: ClassVar[str] = "run"
    ends_works: ClassVar[bool] = True


def pause(command: Pause, session: Session) -> dict[str, Any]:
    """Stop training."""
    session.pause()
    return state_reply(session)


class Reset(Change):
    """Start anew from the document's seed, or from a new one."""

    control: ClassVar[str] = "run"
    ends_works: ClassVar[bool] = True
    seed: Seed | None = field(None, "Seed", "The seed to start from; empty keeps the document's.")


def reset(command: Reset, session: Session) -> dict[str, Any]:
    """Start anew; another seed makes a new revision."""
    seed = session.document.network.seed if command.seed is None else command.seed
    session.begin_with(session.document.merged({"network": {"seed": seed}}), "seed")
    return whole_reply(session)


class Step(Change):
    """Take updates now. A running session is paused first, so that the reply is exactly `steps` later."""

    control: ClassVar[str] = "run"
    takes_steps: ClassVar[bool] = True
    steps: Annotated[int, whole_number(1, MOST_STEPS)] = field(1, "Steps", "How many updates to take.")


def step(command: Step, session: Session) -> Steps:
    """Pause, and begin to take steps. Raises Conflict when none can be taken."""
    return Steps(session, command.steps)


class Back(Change):
    """Go back by steps, or to a step, or forward again while training has not gone on from there; pauses."""

    control: ClassVar[str] = "run"
    takes_steps: ClassVar[bool] = True
    ends_works: ClassVar[bool] = True
    steps: Annotated[int, whole_number(1, MOST_STEPS_BACK)] | None = field(
        None, "Steps", "How many updates to go back."
    )
    to_step: Annotated[int, whole_number(0, MOST_STEPS_BACK)] | None = field(None, "To step", "The step to go to.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.steps is None) == (self.to_step is None):
            raise rule_error("steps", "or to_step must be given, one of them", self.steps)
        return self


def back(command: Back, session: Session) -> Travel:
    """Pause, and set out for another step. Raises Conflict when nothing is known."""
    return Travel(session, step_to_go_to(command, session))


def step_to_go_to(command: Back, session: Session) -> int:
    """The step that the command means."""
    if command.to_step is not None:
        return command.to_step
    return max(0, session.trainer.steps_taken - (command.steps or 0))


HANDLERS: Handlers = {Run: run, Pause: pause, Reset: reset, Step: step, Back: back}
