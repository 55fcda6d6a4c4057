"""Commands about own points as a whole: which are held out, and which part of the plane is shown."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from nnlab.document.fields import field
from nnlab.document.framing import view_of
from nnlab.document.points import Seed
from nnlab.session.commands.kinds import Change, Handlers
from nnlab.session.dataset import with_held_out
from nnlab.session.picture.snapshot import whole_reply
from nnlab.session.session import Session

MOST_HELD_OUT = 0.9


class HoldOut(Change):
    """Hold a share of each class's points out of training, chosen by chance; the points stay where they are."""

    test_fraction: Annotated[float, Field(ge=0, le=MOST_HELD_OUT)] = field(
        ..., "Test share", "Share of each class's points that is held out; at least one of each stays for training."
    )
    seed: Seed = field(1, "Seed", "Same seed, same points: the same choice.")


def hold_out(command: HoldOut, session: Session) -> dict[str, Any]:
    """Hold the share out."""
    session.change(with_held_out(session.document, command.test_fraction, command.seed), "held_out")
    return whole_reply(session)


class Fit(Change):
    """Show all points: a view with room around them."""


def fit(command: Fit, session: Session) -> dict[str, Any]:
    """Show all points."""
    document = session.document
    session.change(document.model_copy(update={"view": view_of(document.points)}), "fit")
    return whole_reply(session)


HANDLERS: Handlers = {HoldOut: hold_out, Fit: fit}
