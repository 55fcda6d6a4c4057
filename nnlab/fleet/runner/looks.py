"""Which looks at a session take too long for the runner's thread, where everybody waits for their end."""

from __future__ import annotations

from collections.abc import Collection

from nnlab.session.commands.kinds import Query
from nnlab.session.durations import frames_s
from nnlab.session.picture.want import Want
from nnlab.session.session import Session

LONG_S = 0.01  # what takes longer is made in the studio; there and back costs 5 ms, and an idle processor


def takes_long(query: Query, session: Session) -> bool:
    """Whether the answer to a query should be made in the studio."""
    return query.takes_s(session) > LONG_S


def frames_take_long(session: Session, wants: Collection[Want]) -> bool:
    """Whether frames with what is wanted should be made in the studio."""
    return frames_s(session, wants) > LONG_S
