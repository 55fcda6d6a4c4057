"""One neuron, two losses: binary softmax and binary SVM on the same points, with the margin."""

from __future__ import annotations

from collections.abc import Iterator
from math import atan2, degrees, hypot

from nnlab.document.fields import field, log_slider, within
from nnlab.document.models import parse_document
from nnlab.document.validation import Model
from nnlab.sentence import Sentence
from nnlab.session.course.figures import finite
from nnlab.session.dataset import drawn
from nnlab.studies.chart import Axis, Chart, Dots, Layer, Line, Panel
from nnlab.studies.documents import FULL_BATCH, make_document
from nnlab.studies.parameters import Noise, Rate, Seeds, Steps, noise, rate, seeds, steps
from nnlab.studies.shapes import find, said, table_of
from nnlab.studies.study import Row, Study, Summary
from nnlab.studies.training import Case, Stack, final

NAMES = {"binary_softmax": Sentence("binary softmax"), "binary_svm": Sentence("binary SVM")}
REACH = 6.0  # of the view


class Parameters(Model):
    """How strongly regularized, on which points."""

    l2: float = field(0.01, "L2 strength", "Both losses with it.", within(0, 1), log_slider(1e-4, 0.3))
    noise: Noise = noise(0.2)
    seeds: Seeds = seeds(10)
    steps: Steps = steps(5_000)
    learning_rate: Rate = rate(0.05)


def cases(p: Parameters) -> Iterator[Case]:
    """Both losses with every seed."""
    for loss in NAMES:
        for seed in range(1, p.seeds + 1):
            document = make_document(
                _dataset(p), hidden=[], seed=seed, learning_rate=p.learning_rate, l2=p.l2, batch_size=FULL_BATCH,
                network={"loss": loss},
            )  # fmt: skip
            yield Case({"loss": loss, "seed": seed}, document, p.steps)


def measure(p: Parameters, stack: Stack) -> list[Row]:
    """The neuron: its weights, the angle of its line, half the width of its margin, the accuracy."""
    rows = []
    for found, network in zip(final(stack), stack.networks(), strict=True):
        (layer,) = network.layers()
        wx, wy, b = (finite(value) for value in (*layer.weights.ravel(), *layer.biases))
        row: Row = {"wx": wx, "wy": wy, "b": b, "angle": None, "margin": None, "accuracy": found["accuracy"]}
        if wx is not None and wy is not None:
            row |= {"angle": degrees(atan2(wy, wx)), "margin": 1 / max(hypot(wx, wy), 1e-9)}
        rows.append(row)
    return rows


def summarize(p: Parameters, rows: list[Row]) -> Summary:
    """Medians of each loss, and how far apart the two lines are."""
    table = table_of(rows, ("loss",), "accuracy", "angle", "margin")
    softmax, svm = find(table, loss="binary_softmax"), find(table, loss="binary_svm")
    angles = [row["angle"] for row in (softmax, svm) if row.get("angle") is not None]
    parts = {
        "softmax": said(softmax.get("accuracy"), 3), "svm": said(svm.get("accuracy"), 3),
        "angle": said(abs(angles[0] - angles[1]) if len(angles) == 2 else None),
        "wide": said(softmax.get("margin")), "narrow": said(svm.get("margin")),
    }  # fmt: skip
    text = Sentence(
        "Accuracy: softmax {softmax}, SVM {svm}; their lines differ by {angle} degrees. Scores of 1 stand {wide} "
        "from the softmax line, {narrow} from the SVM's.",
        **parts,
    )  # fmt: skip
    return Summary(text, table)


def draw(p: Parameters, rows: list[Row]) -> Chart:
    """The points, and the lines where the score is -1, 0 and 1, of the first seed of each loss."""
    panels = []
    rows = [row for row in rows if None not in (row["wx"], row["wy"], row["b"])]
    for loss, name in NAMES.items():
        row = next((row for row in rows if row["loss"] == loss), None)
        lines = [] if row is None else [_line(row, score) for score in (-1.0, 0.0, 1.0)]
        x, y = (Axis(Sentence(axis), limits=(-REACH, REACH)) for axis in ("x", "y"))
        layers: list[Layer] = [*_points(p), *lines, _feet([row for row in rows if row["loss"] == loss])]
        panels.append(Panel(x, y, layers, name, same_scale=True))
    caption = Sentence(
        "Two clouds, 200 points, noise {noise}; one neuron, SGD, learning rate {rate}, full batch, {steps} steps, L2 "
        "{l2}; lines: seed 1 of {n}.",
        noise=p.noise, rate=p.learning_rate, steps=p.steps, l2=p.l2, n=p.seeds,
    )  # fmt: skip
    return Chart(Sentence("One neuron, two losses"), caption, panels)


def _dataset(p: Parameters) -> dict[str, object]:
    return {"name": "gauss", "noise": p.noise, "test_fraction": 0}


def _points(p: Parameters) -> list[Dots]:
    points = drawn(parse_document({"dataset": _dataset(p)})).points
    classes = [[point for point in points if point.label == label] for label in (0, 1)]
    return [
        Dots([one.x for one in some], [one.y for one in some], colour=colour) for colour, some in enumerate(classes)
    ]


def _feet(rows: list[Row]) -> Dots:
    """Where each network's line comes nearest to the origin; the dot opens the network."""
    feet = [_foot(row, 0.0) for row in rows]
    label = Sentence("foot of each network's line")
    return Dots([x for x, _ in feet], [y for _, y in feet], [row["run"] for row in rows], label, colour=2)


def _foot(row: Row, score: float) -> tuple[float, float]:
    """The place nearest to the origin where wx x + wy y + b is `score`."""
    size = max(row["wx"] ** 2 + row["wy"] ** 2, 1e-12)
    return (score - row["b"]) * row["wx"] / size, (score - row["b"]) * row["wy"] / size


def _line(row: Row, score: float) -> Line:
    """Where wx x + wy y + b is `score`, across the view."""
    wx, wy = row["wx"], row["wy"]
    ends = (-2 * REACH, 2 * REACH)
    foot_x, foot_y = _foot(row, score)
    along = max(hypot(wx, wy), 1e-6)
    x = [foot_x - wy / along * end for end in ends]
    y = [foot_y + wx / along * end for end in ends]
    label = Sentence("score 0: the border") if score == 0 else Sentence("scores -1 and 1: the margin")
    return Line(x, y, label, colour=6, dashed=score != 0, marks=False)


STUDY = Study(
    name="softmax_svm",
    section="classifier",
    title=Sentence("One neuron, two losses"),
    question=Sentence("Does a single neuron find another line with the SVM's loss than with softmax?"),
    claim=Sentence("A single neuron can implement a binary classifier, a binary softmax or a binary SVM."),
    see=Sentence(
        "Both losses separate the clouds with nearly the same straight line. The SVM stops caring about points "
        "beyond its margin, the band between the dashed lines: only those inside or on its edge hold the line in "
        "place. Softmax cares about all of them, a little. Raise L2 and both bands widen: shorter weights."
    ),
    parameters=Parameters, cases=cases, measure=measure, summarize=summarize, draw=draw,
)  # fmt: skip
