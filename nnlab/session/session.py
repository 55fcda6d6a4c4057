"""The live session: one document, one trainer, touched by one thread only."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, ClassVar

import msgspec

from nnlab.document.models import Document, Pace, parse_document
from nnlab.document.points import with_ids
from nnlab.engine.trainer import Trainer
from nnlab.errors import Conflict, NnlabError
from nnlab.sentence import Sentence
from nnlab.session.checkpoint import Checkpoint
from nnlab.session.course.archive import Archive
from nnlab.session.course.branch import Branch
from nnlab.session.course.edits import Edits, Left
from nnlab.session.course.figures import figures
from nnlab.session.course.journey import Journey
from nnlab.session.course.past import Layers, WeightEdit
from nnlab.session.course.phases import phases_json
from nnlab.session.course.reconcile import reconcile, same_course, same_network, set_layers, set_weight
from nnlab.session.course.series import Series
from nnlab.session.course.stopping import (
    LEAST_STEPS_BETWEEN_LOOKS,
    reason_to_stop,
    steps_between_looks,
    steps_to_judgement,
)
from nnlab.session.course.timeline import Timeline
from nnlab.session.dataset import drawn
from nnlab.session.orders import Orders
from nnlab.session.replies import Replies

Clock = Callable[[], float]


class Session:
    """Holds the document and reconciles the trainer with each change of it."""

    kind: ClassVar[str] = "session"

    def __init__(self, document: Document, *, clock: Clock = time.monotonic) -> None:
        self.revision = 1
        self.points_revision = 1  # since when, at the latest, the points are as they are
        self.running = False
        self.edits = Edits()
        self.series = Series()
        self.timeline = Timeline()
        self.replies = Replies()
        self.orders: Orders | None = None  # of the room that it belongs to
        self.keep_days: int | None = None  # for how long it is kept unused; None: as the settings say
        self.notice: Sentence | None = None  # why training paused by itself, or what could not be read
        self.phases: dict[str, Any] | None = None  # of the last update, if it was observed
        self.courses = 0  # how often training has taken another course than the one that was known
        self._clock = clock
        self._next_point_id = 1
        self._text_of: Document | None = None
        self._text = ""
        self._archive = Archive()
        self.document = document = self._with_ids(drawn(document))
        self._has_training_points = _has_training_points(document)
        self.trainer = Trainer(document.network_spec(), document.training_spec(), document.examples())

    @property
    def state(self) -> str:
        """`paused`, `running` or `diverged`."""
        if self.trainer.diverged is not None:
            return "diverged"
        return "running" if self.running else "paused"

    @property
    def pace(self) -> Pace:
        """Steps and frames a second."""
        return self.document.pace

    @property
    def can_step(self) -> bool:
        """Whether there is anything to train on and nothing in the way."""
        return self.trainer.diverged is None and self._has_training_points

    def change(self, document: Document, what: object) -> None:
        """Make `document` the newest revision, if it differs; `what` names the thing changed: a drag is one edit."""
        if document == self.document:
            return
        left = self.adopt(document)  # which may raise, and then there is no edit
        self.edits.record(left, what, self._clock())

    def begin_with(self, document: Document, what: object) -> None:
        """Make `document` the newest revision and start training anew with it, as one edit."""
        if document == self.document:
            self.reset()
            return
        left = self._branch(self.trainer.state())
        self.adopt(document)
        self.trainer.reset()
        self._begin_course()
        self.edits.record(left, what, self._clock())

    def adopt(self, document: Document) -> Document | Branch:
        """Make `document` the newest revision without an entry in the edits; return what leads back from there.

        That is the document before or, where training starts anew, the course that is left.
        """
        document = _sharing_points(self._with_ids(drawn(document)), self.document)
        left = self._reconcile(self.document, document) or self.document
        self._take(document)
        return left

    def advance(self, steps: int, *, observed: bool = False) -> int:
        """Take up to `steps` updates; return how many were taken. `observed`: keep the phases of one that comes alone.

        Fewer are when training diverges or, while running, when one of the document's stop conditions is met. What
        comes of it depends on the steps alone, not on how they are cut into calls or on who looks in between.
        """
        before = self.trainer.network.params.copy() if observed and steps == 1 else None
        start, was_running = self.trainer.steps_taken, self.running
        while self.can_step and self.running == was_running and (left := start + steps - self.trainer.steps_taken) > 0:
            self._take_steps(left)
        taken = max(0, self.trainer.steps_taken - start)
        if taken:
            self.phases = None if before is None else phases_json(self.trainer.observe(before), self.document)
        return taken

    def start(self) -> None:
        """Run, unless a stop condition is met already. Raises Conflict when training has diverged."""
        if self.trainer.diverged is not None:
            raise Conflict(self.trainer.diverged.message)
        self.notice = reason_to_stop(self.trainer, self.document, look=True)
        self.running = self.notice is None

    def pause(self) -> None:
        """Stop training and keep everything."""
        self.running = False

    def reset(self) -> None:
        """Start anew from the document's seed; what is left by that can be undone."""
        state, lay_ahead = self.trainer.state(), self.timeline.lies_ahead_of(self.trainer.steps_taken)
        self.trainer.reset()
        left = self._leave_course(state)
        if lay_ahead or state != self.trainer.state():
            self.edits.record(left, object(), self._clock())

    def edit_weight(self, edit: WeightEdit) -> None:
        """Set one weight or bias by hand; training goes on from there."""
        what = ("weight", edit.kind, edit.layer, edit.index)
        self.edits.record(self._set_weight(edit), what, self._clock())

    def replace_weights(self, layers: Layers) -> None:
        """Overwrite all weights and biases by hand; the optimizer restarts."""
        self.edits.record(self._set_layers(layers), object(), self._clock())

    def bring_back(self, left: Left) -> Left:
        """Make something be again as it was; return what leads back from there. Nothing is recorded."""
        if isinstance(left, WeightEdit):
            return self._set_weight(left)
        if isinstance(left, Branch):
            return self._return_to(left)
        return self.adopt(left) if isinstance(left, Document) else self._set_layers(left)

    def _return_to(self, branch: Branch) -> Branch:
        """Stand, paused, where a course was left; return the one that is left by that."""
        left = self._branch(self.trainer.state())
        document = branch.document
        self.trainer = Trainer(document.network_spec(), document.training_spec(), document.examples())
        self.trainer.restore(branch.state)
        self.timeline, self.series = branch.timeline.copy(), Series.from_bytes(branch.series)
        self.notice, self.phases, self.running = None, None, False
        self.courses += 1
        self._take(document)
        return left

    def _branch(self, state: bytes) -> Branch:
        """The course up to here; `state` is the trainer's."""
        return Branch(self.document, state, self.timeline.copy(), self.series.to_bytes())

    def set_out(self, step: int) -> Journey:
        """Pause, and begin to go to the state after `step` steps. Raises Conflict when nothing is known.

        It may lie ahead, as long as training has not gone on from here. The document stays as it is, unless the
        network was another one then.
        """
        found = self.timeline.way_to(step)
        if found is None:
            raise Conflict(Sentence("There is no earlier moment to go to; take a step first."))
        self.running = False
        return Journey(*found, asked=step)

    def arrive(self, journey: Journey) -> None:
        """Stand where the journey has led; nothing has changed since it set out."""
        if self.trainer.steps_taken == self.timeline.last_step:
            self.series.record(figures(self.trainer))  # so that the chart shows all of what lies ahead
        self.timeline.arrive()
        reconcile(self.trainer, self.document, journey.document)
        self.trainer.restore(journey.state())
        self.phases = None
        self.notice = journey.notice
        if same_network(journey.document, self.document):
            self._reconcile(journey.document, self.document)
        else:
            self.edits.record(self.document, object(), self._clock())
            self._take(journey.document)

    def require_steps(self) -> None:
        """Raise Conflict, with the remedy, when no step can be taken."""
        if self.trainer.diverged is not None:
            raise Conflict(self.trainer.diverged.message)
        if not self._has_training_points:
            raise Conflict(Sentence("There is no training point to learn from; add a point that is not held out."))

    def history(self) -> dict[str, list[float | None]]:
        """The course of the figures so far, the present ones last."""
        return self.series.columns(figures(self.trainer))

    def checkpoint(self, *, series: bool = True) -> Checkpoint:
        """All that is needed to go on after a crash; the series may be left out, as it is large and grows slowly."""
        course, pieces = self._course()
        return Checkpoint(
            document=self.document_text(),
            revision=self.revision,
            running=self.running,
            next_point_id=self._next_point_id,
            training=self.trainer.state(),
            series=self.series.to_bytes() if series else None,
            course=course,
            pieces=pieces,
            orders=self.orders.to_bytes() if self.orders else b"",
            keep_days=self.keep_days,
        )

    def _course(self) -> tuple[bytes, dict[int, bytes]]:
        """Edits, moments and replies as JSON with numbers in it, and the pieces that the numbers stand for."""
        numbers: list[int] = []

        def number(thing: Any) -> int:
            numbers.append(self._archive.number(thing))
            return numbers[-1]

        described = {
            "edits": self.edits.to_json(number),
            "timeline": self.timeline.to_json(number, self.trainer.steps_taken),
            "replies": list(map(number, self.replies.contents())),
        }
        return msgspec.json.encode(described), self._archive.keep(numbers)

    def document_text(self) -> str:
        """The document as JSON text, written once for each revision: checkpoints are frequent, changes are not."""
        if self._text_of is not self.document:
            points = self._archive.points_text(self.document.points).decode()
            rest = self.document.model_dump_json(exclude={"points"})
            self._text_of, self._text = self.document, f'{{"points":{points},{rest[1:]}'
        return self._text

    @classmethod
    def from_checkpoint(cls, checkpoint: Checkpoint, *, clock: Clock = time.monotonic) -> Session:
        """The session as it was; weights that no longer fit the document's network start anew."""
        session = cls(parse_document(json.loads(checkpoint.document)), clock=clock)
        session.revision = session.points_revision = checkpoint.revision
        session.running = checkpoint.running
        session._next_point_id = checkpoint.next_point_id
        session.orders = Orders.from_bytes(checkpoint.orders) if checkpoint.orders else None
        session.keep_days = checkpoint.keep_days
        if checkpoint.training is not None:
            session._wake_training(checkpoint.training)
        session._wake_course(checkpoint)
        return session

    def _wake_training(self, state: bytes) -> None:
        try:
            self.trainer.restore(state)
        except NnlabError:
            self.trainer.reset()
            self.running = False
            self.notice = Sentence("The stored weights could not be read; training begins anew at step 0.")

    def _wake_course(self, checkpoint: Checkpoint) -> None:
        """Take over what is known of the way here. Going on does not depend on it: what cannot be read is left out."""
        try:
            if checkpoint.course:
                self._read_course(json.loads(checkpoint.course), Archive(checkpoint.pieces))
            self.series = Series.from_bytes(checkpoint.series or b"")
            known = max(self.trainer.steps_taken, self.timeline.last_step or 0)
            self.series.forget_from(known + 1)  # it is saved less often than the weights
        except (NnlabError, ValueError, KeyError, TypeError):
            self.notice = self.notice or Sentence("What was stored for undo and for going back could not be read.")

    def _read_course(self, described: dict[str, Any], archive: Archive) -> None:
        edits = Edits.from_json(described["edits"], archive.thing)
        timeline = Timeline.from_json(described["timeline"], archive.thing, self.trainer.steps_taken)
        replies = Replies([archive.thing(number) for number in described["replies"]])
        self.edits, self.timeline, self.replies, self._archive = edits, timeline, replies, archive

    def _set_weight(self, edit: WeightEdit) -> WeightEdit:
        """Set one weight or bias; return the edit that would take it back."""
        former = set_weight(self.trainer, edit)
        self._note_change(edit)
        return former

    def _set_layers(self, layers: Layers) -> Layers:
        """Set all weights and biases; return what they were."""
        former = set_layers(self.trainer, layers)
        self._note_change(layers)
        return former

    def _note_change(self, weights: WeightEdit | Layers) -> None:
        self.timeline.change(self.trainer.steps_taken, weights)
        self.revision += 1

    def _take_steps(self, most: int) -> None:
        """Take steps up to the next one at which something is recorded or judged, and do that."""
        step = self.trainer.steps_taken
        self._remember(step)
        ahead = [most, self.series.next_step(self._least_between_rows) - step]
        judged = steps_to_judgement(self.document, step) if self.running else None
        taken = self.trainer.step(max(1, min(ahead if judged is None else [*ahead, judged])))
        self._record_row()
        self.timeline.reach(self.trainer.steps_taken)
        if self.trainer.diverged is not None:  # it stands at an earlier step than some that were taken
            self.series.forget_from(self.trainer.steps_taken + 1)
        self.notice = reason_to_stop(self.trainer, self.document) if self.running and taken else None
        self.running = self.running and self.notice is None

    def _take(self, document: Document) -> None:
        self.revision += 1
        if document.points is not self.document.points:
            self.points_revision = self.revision
            self._has_training_points = _has_training_points(document)
        self.document = document

    def _remember(self, step: int) -> None:
        """Before steps: what lay ahead of an earlier moment becomes a branch; keep the present one now and then."""
        if self.timeline.lies_ahead_of(step):
            self.edits.record(self._branch(self.trainer.state()), object(), self._clock())
            self.series.forget_from(step)
            self.courses += 1
        self.timeline.go_on(step, self.trainer.state, self.document)
        self._record_row()

    def _record_row(self) -> None:
        if self.trainer.steps_taken >= self.series.next_step(self._least_between_rows):
            self.trainer.look()
            self.series.record(figures(self.trainer))

    @property
    def _least_between_rows(self) -> int:
        """Steps from one row of the series to the next, at least: a look at many points costs as much as many steps."""
        return -(-steps_between_looks(self.document) // LEAST_STEPS_BETWEEN_LOOKS)

    def _leave_course(self, state: bytes) -> Branch:
        """Begin a new course, as training has started anew; return the one that stood at `state`."""
        left = self._branch(state)
        self._begin_course()
        return left

    def _begin_course(self) -> None:
        self.timeline, self.series = Timeline(), Series()
        self.notice = self.phases = None
        self.courses += 1

    def _reconcile(self, old: Document, new: Document) -> Branch | None:
        """Bring the trainer in line with what changed; return the course that is left if training starts anew."""
        steps = self.trainer.steps_taken
        state = b"" if same_network(old, new) else self.trainer.state()
        reconcile(self.trainer, old, new)
        if self.trainer.steps_taken < steps:
            return self._leave_course(state)
        if not same_course(old, new):
            self.timeline.change(steps, new)
        return None

    def _with_ids(self, document: Document) -> Document:
        """The same document in which every point has an id, as a rule one that no earlier point had."""
        points, self._next_point_id = with_ids(document.points, self._next_point_id)
        return document if points is document.points else document.model_copy(update={"points": points})


def _sharing_points(document: Document, other: Document) -> Document:
    """The document with the other's own tuple of points, if they are equal: many earlier documents are kept."""
    if document.points is other.points or document.points != other.points:
        return document
    return document.model_copy(update={"points": other.points})


def _has_training_points(document: Document) -> bool:
    return not all(point.held_out for point in document.points)
