"""How a runner hosts sessions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nnlab.document.models import Pace
from nnlab.session.apply import begin
from nnlab.session.durations import frames_s
from nnlab.session.frozen import freeze
from nnlab.session.memento import Memento
from nnlab.session.picture.parts import Parts
from nnlab.session.picture.snapshot import snapshot, standing, whole_reply
from nnlab.session.picture.want import Want
from nnlab.session.session import Session
from nnlab.session.subject import Kind, Pose

# Measured: a fresh session takes 72 KB, one of 2-20-20-2 with 200 points after 1,000 steps 690 KB, one with 2,000
# points or with 4 layers of 128 units 2.7 MB. Good to a third, which is good enough to stay within a budget.
BASE_BYTES = 100_000
BYTES_A_POINT = 1_200
BYTES_A_PARAMETER = 50


def document(session: Session, whole: bool) -> dict[str, Any]:
    """The document as a watcher is told of it; not `whole`: without points."""
    return {
        "revision": session.revision,
        "points_revision": session.points_revision,
        "document": session.document.model_dump(mode="json", exclude=None if whole else {"points"}),
    }


def frames(session: Session, wants: Sequence[Want], pace: Pace, known: dict[str, Any]) -> list[dict[str, Any]]:
    """A frame for each want; what several have is made once, and what is `known` of the snapshot not at all."""
    common, parts = snapshot(session, known) | _membership(session), Parts(session, pace=pace)
    return [common | parts.of(want) for want in wants]


def pose(session: Session) -> Pose:
    """A copy of document, weights and series."""
    return Pose(freeze(session), standing(session) | _membership(session), session.phases)


def _membership(session: Session) -> dict[str, Any]:
    """The number of the student whose session it is."""
    return {"member": session.orders.member} if session.orders else {}


def size_bytes(session: Session) -> int:
    """About how much memory it takes, besides what is stored of it."""
    points, params = len(session.document.points), session.trainer.network.num_params
    return BASE_BYTES + BYTES_A_POINT * points + BYTES_A_PARAMETER * params


SESSIONS = Kind(
    name=Session.kind,
    wake=Session.from_checkpoint,
    begin=begin,
    memento=Memento,
    whole=whole_reply,
    document=document,
    frames=frames,
    frames_s=frames_s,
    pose=pose,
    size_bytes=size_bytes,
)
