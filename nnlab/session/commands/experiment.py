"""A whole experiment as a file: the document, where training stands and the course of its figures; saved and opened."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from nnlab.document.fields import field
from nnlab.document.models import Document
from nnlab.document.validation import Model, items, rule_error, whole_number
from nnlab.document.wording import broken_rule
from nnlab.errors import InvalidInput
from nnlab.session.commands.kinds import Birth, Handlers, Query
from nnlab.session.course.series import MOST_ROWS, Series
from nnlab.session.durations import VALUE_S
from nnlab.session.picture.reading import model_json
from nnlab.session.session import Session

MOST_STEPS_TAKEN = 10**12
MOST_TEXT = 8 * 1024 * 1024

Steps = Annotated[tuple[Annotated[int, whole_number(0, MOST_STEPS_TAKEN)], ...], items(most=MOST_ROWS + 1)]
Figures = Annotated[tuple[float | None, ...], items(most=MOST_ROWS + 1)]


class Columns(Model):
    """Figures by step, columns of one length; null where there was nothing to measure."""

    step: Steps
    loss: Figures
    data_loss: Figures
    reg_loss: Figures
    accuracy: Figures
    test_loss: Figures
    test_accuracy: Figures

    @model_validator(mode="after")
    def _agree(self) -> Self:
        columns = {name: getattr(self, name) for name in type(self).model_fields}
        for name, values in columns.items():
            if len(values) != len(self.step):
                raise rule_error(name, "must be as long as step", len(values))
        if sorted(set(self.step)) != list(self.step):
            raise rule_error("step", "must ascend", len(self.step))
        return self


class ReadExperiment(Query):
    """All of it, for a file."""

    def takes_s(self, session: Session) -> float:
        """By the numbers."""
        return session.trainer.network.num_params * VALUE_S


def read_experiment(command: ReadExperiment, session: Session) -> dict[str, Any]:
    """Document, weights for other programs to read, the trainer's exact state as text, and the series."""
    return {
        "document": session.document.model_dump(mode="json"),
        "model": model_json(session),
        "training": b64encode(session.trainer.state()).decode(),
        "series": session.history(),
    }


class OpenExperiment(Birth):
    """Make a session that goes on where a file was saved."""

    document: Document
    training: Annotated[str, Field(max_length=MOST_TEXT)] = field(
        ..., "Training", "The trainer's state, as the file has it."
    )
    series: Columns | None = field(None, "Series", "The course of loss and accuracy up to there.")
    model: dict[str, Any] | None = field(None, "Model", "The weights for other programs; not read.")

    def make(self) -> Session:
        """The session where the other one stood. Raises InvalidInput for what no session of this document wrote."""
        session = Session(self.document)
        try:
            session.trainer.open_state(b64decode(self.training, validate=True))
        except (InvalidInput, ValueError):
            rule = "must be what GET .../experiment gave with this document"
            raise broken_rule("training", rule, f"{len(self.training)} characters") from None
        if self.series is not None:
            session.series = Series.from_columns(self.series.model_dump())
            session.series.forget_from(session.trainer.steps_taken + 1)
        return session


HANDLERS: Handlers = {ReadExperiment: read_experiment}
