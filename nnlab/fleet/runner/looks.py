"""Which looks at a session take too long for the runner's thread, where everybody waits for their end."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from nnlab.fleet.kinds import KINDS
from nnlab.session.commands.kinds import Query
from nnlab.session.picture.want import Want
from nnlab.session.subject import Subject

LONG_S = 0.01  # what takes longer is made in the studio; there and back costs 5 ms, and an idle processor


def takes_long(query: Query, subject: Any) -> bool:
    """Whether the answer to a query should be made in the studio."""
    return query.takes_s(subject) > LONG_S


def frames_take_long(subject: Subject, wants: Collection[Want]) -> bool:
    """Whether frames with what is wanted should be made in the studio."""
    return KINDS[subject.kind].frames_s(subject, wants) > LONG_S
