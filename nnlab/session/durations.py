"""About how long looks at a session take: good to a factor of two, on one core of a server of these years."""

from __future__ import annotations

from collections.abc import Collection

from nnlab.session.picture.want import Want
from nnlab.session.session import Session

# A row of a grid or of points, once through the network.
ROW_S = 1e-7  # to make it and to write down what came out
ROW_AND_UNIT_S = 1.5e-9  # its activation
ROW_AND_PARAMETER_S = 2e-11  # a multiplication and an addition
VALUE_S = 1e-8  # to write down a unit's value or a weight

PASSES_OF_SNAPSHOT = 6  # over the points: the losses, then forward and backward through a full batch
CELLS_OF_MAP = 256  # of a unit's map
CELLS_OF_OTHER_PARTS = 1024  # scores and warp have about as many each


def frames_s(session: Session, wants: Collection[Want]) -> float:
    """About how long frames with what is wanted take, in seconds."""
    network = session.trainer.network
    names = {name for want in wants for name in want.parts}
    planes = {want.resolution_at(session.document.pace) for want in wants if "regions" in want.parts}
    cells = sum(size**2 for size in planes) + CELLS_OF_OTHER_PARTS * len(names - {"regions"})
    values = CELLS_OF_MAP * network.num_units * ("units" in names) + network.num_params * ("weights" in names)
    return snapshot_s(session) + pass_s(session, cells) + values * VALUE_S


def snapshot_s(session: Session) -> float:
    """About how long a snapshot takes, in seconds."""
    return pass_s(session, PASSES_OF_SNAPSHOT * len(session.document.points))


def pass_s(session: Session, rows: int) -> float:
    """About how long it takes to evaluate the network on so many rows, in seconds."""
    network = session.trainer.network
    return rows * (ROW_S + network.num_units * ROW_AND_UNIT_S + network.num_params * ROW_AND_PARAMETER_S)


def grid_s(session: Session, resolution: int | None) -> float:
    """About how long a plane takes, at the document's resolution or another, in seconds."""
    return pass_s(session, (resolution or session.document.pace.resolution) ** 2)
