"""Everything that can be asked of a session. The models are also the bodies of the HTTP requests that ask it.

Each command's model stands beside its handler, in the file of its subject; nnlab.session.apply brings them together.
"""

from __future__ import annotations

from nnlab.session.commands.arranging import Fit, HoldOut
from nnlab.session.commands.experiment import Columns, OpenExperiment, ReadExperiment
from nnlab.session.commands.judging import Judge
from nnlab.session.commands.kinds import Birth, Change, Death, OfRoom, Query
from nnlab.session.commands.life import (
    Copy,
    Create,
    CreateFrom,
    Delete,
    Exists,
    Once,
    Patch,
    Read,
    ReadReply,
    Redo,
    Undo,
)
from nnlab.session.commands.names import Unknown
from nnlab.session.commands.orders import Enroll, Obey, ReadObeyed
from nnlab.session.commands.points import (
    LARGEST_GESTURE,
    AddPoints,
    ChangePoint,
    ChangePoints,
    GestureNumber,
    MakeDataset,
    PointEdit,
    RemovePoint,
    ReplacePoints,
)
from nnlab.session.commands.reading import (
    Export,
    Figure,
    Picture,
    Predict,
    ReadDiagnostics,
    ReadHistory,
    ReadMarks,
    ReadSnapshot,
    Regions,
    Sketch,
    UnitMap,
)
from nnlab.session.commands.training import MOST_STEPS, Back, Pause, Reset, Run, Step
from nnlab.session.commands.weights import EditWeight, LayerModel, ModelInput, ReadModel, RestoreModel

__all__ = [
    "AddPoints",
    "Back",
    "LARGEST_GESTURE",
    "Birth",
    "Change",
    "ChangePoint",
    "ChangePoints",
    "Columns",
    "Copy",
    "Create",
    "CreateFrom",
    "Death",
    "Delete",
    "EditWeight",
    "Enroll",
    "Exists",
    "Export",
    "Figure",
    "Fit",
    "GestureNumber",
    "HoldOut",
    "Judge",
    "LayerModel",
    "MOST_STEPS",
    "MakeDataset",
    "ModelInput",
    "Obey",
    "OfRoom",
    "Once",
    "OpenExperiment",
    "Patch",
    "Pause",
    "Picture",
    "PointEdit",
    "Predict",
    "Query",
    "Read",
    "ReadDiagnostics",
    "ReadExperiment",
    "ReadHistory",
    "ReadMarks",
    "ReadModel",
    "ReadObeyed",
    "ReadReply",
    "ReadSnapshot",
    "Redo",
    "Regions",
    "RemovePoint",
    "ReplacePoints",
    "Reset",
    "RestoreModel",
    "Run",
    "Sketch",
    "Step",
    "Undo",
    "UnitMap",
    "Unknown",
]
