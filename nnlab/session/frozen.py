"""A session as it stands, as plain values: all that looks at its network need, and cheap to take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnlab.session.checkpoint import Checkpoint
from nnlab.session.session import Session


@dataclass(frozen=True, slots=True)
class Frozen:
    """`checkpoint` lacks what a copy does without: edits and moments. `gradient` (P,) is the last minibatch's."""

    checkpoint: Checkpoint
    gradient: bytes


def freeze(session: Session) -> Frozen:
    """Copy document, weights and series."""
    checkpoint = Checkpoint(
        document=session.document_text(),
        revision=session.revision,
        running=session.running,
        next_point_id=1,  # points have their ids
        training=session.trainer.state(),
        series=session.series.to_bytes(),
    )
    return Frozen(checkpoint, session.trainer.last_gradient.tobytes())


def thaw(frozen: Frozen) -> Session:
    """A session of its own that looks the same, whatever becomes of the first one."""
    session = Session.from_checkpoint(frozen.checkpoint)
    gradient = session.trainer.last_gradient
    gradient[...] = np.frombuffer(frozen.gradient, gradient.dtype)
    return session
