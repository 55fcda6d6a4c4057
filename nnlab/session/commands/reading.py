"""Commands that look at a session: figures, regions, maps, predictions, files."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Annotated, Any, Literal

from nnlab.document.fields import field
from nnlab.document.models import MOST_UNITS, LayerNumber, Resolution
from nnlab.document.points import Coordinate
from nnlab.document.validation import PAIR, items, whole_number
from nnlab.files.npz import export_npz
from nnlab.files.onnx import export_onnx
from nnlab.files.png import regions_png
from nnlab.files.python import export_python
from nnlab.files.sketch import sketch_svg
from nnlab.files.svg import figure_svg
from nnlab.session.commands.kinds import Handlers, Query
from nnlab.session.course.marks import marks
from nnlab.session.durations import VALUE_S, grid_s, pass_s, snapshot_s
from nnlab.session.picture.curves import fitted_curve
from nnlab.session.picture.diagnostics import diagnostics_json
from nnlab.session.picture.parts import unit_json
from nnlab.session.picture.reading import prediction_json
from nnlab.session.picture.regions import regions_of, regions_reply
from nnlab.session.picture.snapshot import state_reply
from nnlab.session.session import Session

MOST_PREDICTIONS = 10_000

Pairs = Annotated[tuple[Annotated[tuple[Coordinate, Coordinate], PAIR], ...], items(least=1, most=MOST_PREDICTIONS)]


class LongLook(Query):
    """Files and diagnostics: long even for small networks, and nobody waits for them while drawing."""

    def takes_s(self, session: Session) -> float:
        """Longer than all else."""
        return math.inf


class ReadSnapshot(Query):
    """The snapshot alone."""


def read_snapshot(command: ReadSnapshot, session: Session) -> dict[str, Any]:
    """The snapshot and the revision it is of."""
    return state_reply(session)


class ReadHistory(Query):
    """Loss and accuracy over the steps so far."""

    def takes_s(self, session: Session) -> float:
        """It ends with the present figures."""
        return snapshot_s(session)


def read_history(command: ReadHistory, session: Session) -> dict[str, Any]:
    """Column name -> values."""
    return session.history()


class ReadMarks(Query):
    """Where settings, points and weights were changed by hand."""


def read_marks(command: ReadMarks, session: Session) -> dict[str, Any]:
    """The marks of the course, in order of step."""
    return {"marks": list(map(asdict, marks(session.timeline)))}


class ReadDiagnostics(LongLook):
    """What goes on inside the network, looked at closely."""


def read_diagnostics(command: ReadDiagnostics, session: Session) -> dict[str, Any]:
    """Health, histograms, regions, errors and a gradient check."""
    return diagnostics_json(session)


class Regions(Query):
    """The decision regions, at the document's resolution or another."""

    resolution: Resolution | None = None

    def takes_s(self, session: Session) -> float:
        """By the cells."""
        return grid_s(session, self.resolution)


def regions(command: Regions, session: Session) -> dict[str, Any]:
    """The decision regions as JSON."""
    return regions_reply(session, command.resolution)


class UnitMap(Query):
    """What one unit says all over the plane; layers count from 1, the output layer last, units from 0."""

    layer: LayerNumber = field(..., "Layer", "From 1; the output layer is the last one.")
    unit: Annotated[int, whole_number(0, MOST_UNITS - 1)] = field(..., "Unit", "From 0.")
    resolution: Resolution | None = field(None, "Resolution", "Rows and columns; else the document's.")

    def takes_s(self, session: Session) -> float:
        """By the cells."""
        return grid_s(session, self.resolution)


def unit_map(command: UnitMap, session: Session) -> dict[str, Any]:
    """The map of one unit. Raises NotFound."""
    return unit_json(session, command.layer, command.unit, command.resolution)


class Predict(Query):
    """What the network says at given places, optionally with what every hidden unit says there."""

    points: Pairs = field(..., "Points", "Places [x, y].")
    activations: bool = False

    def takes_s(self, session: Session) -> float:
        """By the places, and by all that is said of them."""
        units = session.trainer.network.num_units if self.activations else 1
        return pass_s(session, len(self.points)) + len(self.points) * units * VALUE_S


def predict(command: Predict, session: Session) -> dict[str, Any]:
    """Scores, probabilities, labels or values. Raises InvalidInput for too many activations."""
    return prediction_json(session, command.points, activations=command.activations)


class Picture(LongLook):
    """The decision regions as a PNG file."""

    resolution: Resolution | None = None


def picture(command: Picture, session: Session) -> dict[str, Any]:
    """The regions as a PNG file."""
    return _file(session, regions_png(regions_of(session, command.resolution)))


class Figure(LongLook):
    """The plane as an SVG file; `words` has translations of the few words on it."""

    resolution: Resolution | None = None
    words: dict[str, str] = {}


def figure(command: Figure, session: Session) -> dict[str, Any]:
    """The plane as an SVG file."""
    document, found = session.document, regions_of(session, command.resolution)
    curve = fitted_curve(session, found.grid) if document.task == "curve_fitting" else None
    svg = figure_svg(document, found, curve=curve, say=lambda text: command.words.get(text, text))
    return _file(session, svg.encode())


class Sketch(LongLook):
    """The plane as a few lines of SVG, for a page that has nothing else yet."""


SKETCH_RESOLUTION = 48


def sketch(command: Sketch, session: Session) -> str:
    """Regions and points inside a viewBox of `0 0 100 100`."""
    return sketch_svg(session.document, regions_of(session, SKETCH_RESOLUTION))


class Export(LongLook):
    """The trained network as a file: npz, a Python script that computes the same loss, or ONNX."""

    format: Literal["npz", "python", "onnx"]


def export(command: Export, session: Session) -> dict[str, Any]:
    """The network as a file. Raises OnnxMissing."""
    return _file(session, _exported(command.format, session))


def _exported(form: str, session: Session) -> bytes:
    trainer, classes = session.trainer, session.document.class_texts()
    if form == "npz":
        return export_npz(trainer.network, classes)
    if form == "onnx":
        return export_onnx(trainer.network, classes)
    return export_python(trainer.network, trainer.training, trainer.examples, classes=classes).encode()


def _file(session: Session, content: bytes) -> dict[str, Any]:
    """A file, and the title that names it."""
    return {"title": session.document.title, "content": content}


HANDLERS: Handlers = {
    ReadSnapshot: read_snapshot,
    ReadHistory: read_history,
    ReadMarks: read_marks,
    ReadDiagnostics: read_diagnostics,
    Regions: regions,
    UnitMap: unit_map,
    Predict: predict,
    Picture: picture,
    Figure: figure,
    Sketch: sketch,
    Export: export,
}
