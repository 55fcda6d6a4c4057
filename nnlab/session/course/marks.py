"""Where in the course of training something was changed by hand: what a chart of it marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from nnlab.document.models import Document, HiddenLayer, Network, Training
from nnlab.session.course.past import Past, WeightEdit
from nnlab.session.course.timeline import Timeline

MOST_MARKS = 60
ONE_DRAG_S = 1.5  # changes of one thing that lie so much training apart, at the document's pace, are one to a person

VAGUE = ("points", "model")  # what their marks say may be the same before and after
NETWORK_FIELDS = tuple(name for name in Network.model_fields if name != "hidden")


@dataclass(frozen=True, slots=True)
class Mark:
    """After `step` steps `field` of the document became `after`.

    `points` has their numbers, which may be equal; `weights` and `biases` are one entry, of `layer` and `unit`, `model`
    all of them, set by hand. Layers count from 1, units from 0.
    """

    step: int
    field: str
    before: Any = None
    after: Any = None
    layer: int | None = None
    unit: int | None = None

    @property
    def what(self) -> tuple[str, int | None, int | None]:
        """What was changed, whatever it became."""
        return self.field, self.layer, self.unit


def marks(timeline: Timeline) -> list[Mark]:
    """The marks of a course in order of step, at most MOST_MARKS, the newest of them."""
    found: list[Mark] = []
    if not timeline.moments:
        return found
    document, step = timeline.moments[0].document, 0
    for change in timeline.changes:
        is_near = change.step - step <= ONE_DRAG_S * document.pace.steps_per_second
        for mark in _marks_of(change.step, document, change.to):
            if is_near and found and found[-1].what == mark.what:
                _go_on(found, mark)
            else:
                found.append(mark)
        document, step = change.to if isinstance(change.to, Document) else document, change.step
    return found[-MOST_MARKS:]


def _go_on(found: list[Mark], mark: Mark) -> None:
    """Let the last mark become one with the next of the same drag; a setting that comes back has not been changed."""
    last = found.pop()
    if mark.field in VAGUE or last.before != mark.after:
        found.append(replace(last, after=mark.after))


def _marks_of(step: int, before: Document, to: Past) -> Iterator[Mark]:
    if isinstance(to, WeightEdit):
        yield Mark(step, to.kind, None, to.value, to.layer, to.index[-1])
    elif isinstance(to, tuple):
        yield Mark(step, "model")
    else:
        for field, was, became, layer in _differences(before, to):
            yield Mark(step, field, was, became, layer)


def _differences(before: Document, after: Document) -> Iterator[tuple[str, Any, Any, int | None]]:
    """(field, before, after, layer) of each setting that acts on training, and of the points."""
    if before.points is not after.points and before.points != after.points:
        yield "points", len(before.points), len(after.points), None
    if before.classes != after.classes:
        yield "classes", before.classes, after.classes, None
    for part, names in (("network", NETWORK_FIELDS), ("training", tuple(Training.model_fields))):
        one, other = getattr(before, part), getattr(after, part)
        for name in names if one is not other else ():
            was, became = getattr(one, name), getattr(other, name)
            if was != became:
                yield f"{part}.{name}", was, became, None
    yield from _layer_differences(before.network.hidden, after.network.hidden)


def _layer_differences(
    before: tuple[HiddenLayer, ...], after: tuple[HiddenLayer, ...]
) -> Iterator[tuple[str, Any, Any, int | None]]:
    if len(before) != len(after):
        yield "network.hidden", len(before), len(after), None
        return
    for layer, (one, other) in enumerate(zip(before, after, strict=True), start=1):
        for name in HiddenLayer.model_fields:
            was, became = getattr(one, name), getattr(other, name)
            if was != became:
                yield f"network.hidden.{name}", was, became, layer
