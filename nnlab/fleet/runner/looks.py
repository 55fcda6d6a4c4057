"""Which looks at a session take too long for the runner's thread, where everybody waits for their end."""

from __future__ import annotations

from collections.abc import Collection
from functools import singledispatch

from nnlab.session import commands
from nnlab.session.picture.want import Want
from nnlab.session.session import Session

LONG_S = 0.01  # what takes longer is made in the studio; there and back costs 5 ms, and an idle processor

# A row of a grid or of points, once through the network: on one core of a server of these years, to a factor of two.
ROW_S = 1e-7  # to make it and to write down what came out
ROW_AND_UNIT_S = 1.5e-9  # its activation
ROW_AND_PARAMETER_S = 2e-11  # a multiplication and an addition
VALUE_S = 1e-8  # to write down a unit's value or a weight

PASSES_OF_SNAPSHOT = 6  # over the points: the losses, then forward and backward through a full batch
CELLS_OF_MAP = 400  # of a unit's map
CELLS_OF_OTHER_PARTS = 1024  # scores and warp have about as many each
POINT_S = 1e-5  # to read and write one point of the document


@singledispatch
def takes_long(query: commands.Query, session: Session) -> bool:
    """Whether the answer to a query should be made in the studio."""
    return False


@takes_long.register
def _always(
    query: commands.Picture | commands.Figure | commands.Sketch | commands.Export | commands.ReadDiagnostics,
    session: Session,
) -> bool:
    """Files and diagnostics: long even for small networks, and nobody waits for them while drawing."""
    return True


@takes_long.register
def _grid(query: commands.Regions | commands.UnitMap, session: Session) -> bool:
    resolution = query.resolution or session.document.pace.resolution
    return pass_s(session, resolution**2) > LONG_S


@takes_long.register
def _places(query: commands.Predict, session: Session) -> bool:
    units = session.trainer.network.num_units if query.activations else 1
    return pass_s(session, len(query.points)) + len(query.points) * units * VALUE_S > LONG_S


@takes_long.register
def _model(query: commands.ReadModel | commands.ReadExperiment, session: Session) -> bool:
    return session.trainer.network.num_params * VALUE_S > LONG_S


@takes_long.register
def _history(query: commands.ReadHistory, session: Session) -> bool:
    return snapshot_s(session) > LONG_S


def frames_take_long(session: Session, wants: Collection[Want]) -> bool:
    """Whether frames with what is wanted should be made in the studio."""
    network = session.trainer.network
    names = {name for want in wants for name in want.parts}
    planes = {want.resolution_at(session.document.pace) for want in wants if "regions" in want.parts}
    cells = sum(size**2 for size in planes) + CELLS_OF_OTHER_PARTS * len(names - {"regions"})
    values = CELLS_OF_MAP * network.num_units * ("units" in names) + network.num_params * ("weights" in names)
    return snapshot_s(session) + pass_s(session, cells) + values * VALUE_S > LONG_S


def snapshot_s(session: Session) -> float:
    """About how long a snapshot takes, in seconds."""
    return pass_s(session, PASSES_OF_SNAPSHOT * len(session.document.points))


def pass_s(session: Session, rows: int) -> float:
    """About how long it takes to evaluate the network on so many rows, in seconds."""
    network = session.trainer.network
    return rows * (ROW_S + network.num_units * ROW_AND_UNIT_S + network.num_params * ROW_AND_PARAMETER_S)
