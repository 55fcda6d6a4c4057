"""Studies: which there are, what they cost, running them, what comes of it."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Literal

from flask import Response, jsonify, request, url_for
from pydantic import BaseModel, ConfigDict, Field, RootModel
from pydantic_core import from_json

from nnlab.document.wording import broken_rule
from nnlab.errors import NotFound
from nnlab.sentence import Sentence
from nnlab.studies.registry import SECTIONS, STUDIES, parameters_of, study_named
from nnlab.studies.results import Say, chart_of, csv_of, linked
from nnlab.studies.runs import Standing
from nnlab.studies.study import Row, Study, Summary
from nnlab.studies.text import fields_of
from nnlab.web.api import door
from nnlab.web.api.frames import Events
from nnlab.web.api.shapes import COMMON_PROBLEMS, READ_PROBLEMS, Arguments, blueprint
from nnlab.web.pages.languages import language, translate
from nnlab.web.studies import desk

bp = blueprint("studies", "Claims of the CS231n note, each tried on many networks")


class StudyPath(Arguments):
    """Which study."""

    name: str = Field(max_length=80, description="Name of the study.")


class RunPath(Arguments):
    """Which run."""

    run_id: str = Field(max_length=80, description="Id of the run.")


class EstimateQuery(BaseModel):
    """Parameters of a study."""

    model_config = ConfigDict(extra="allow")

    parameters: str = Field(
        "{}", description="Parameters as one JSON object, as the body of a run. Each may be given by its own name too."
    )


class Parameters(RootModel[dict[str, Any]]):
    """Parameters of a study; what is left out has its default, so {} will do."""

    root: dict[str, Any] = Field(examples=[{}])


class RunQuery(Arguments):
    """What the reply shall have."""

    rows: bool = Field(True, description="false: without the rows, for who looks often.")


class FigureQuery(Arguments):
    """Which picture."""

    format: Literal["svg", "png"] = Field("svg", description="svg, with a link on every dot, or png.")
    theme: Literal["light", "dark"] = Field("light", description="light or dark.")
    narrow: bool = Field(False, description="true: for a phone.")


class StudyEntry(BaseModel):
    """A study."""

    name: str
    title: str
    question: str
    section: str = Field(description="Anchor of the section of the note.")
    claim: str = Field(description="What the note says there, in short.")
    see: str = Field(description="What to see in the figure.")
    parameters: list[dict[str, Any]] = Field(description="name, label, help, type, default, range of each.")


class StudiesReply(BaseModel):
    """Every study."""

    studies: list[StudyEntry]
    sections: dict[str, str] = Field(description="Anchor of the note -> title of the section.")


class EstimateReply(BaseModel):
    """What a run would cost."""

    seconds: float = Field(description="Until its end, if nothing else runs.")
    networks: int
    updates: int = Field(description="Parameter updates of all networks.")
    chunks: int = Field(description="Parts that it is done in; each gives partial results.")


class RunCreated(BaseModel):
    """A run that was made."""

    id: str


class RunSummary(BaseModel):
    """What the result says."""

    finding: str
    table: list[dict[str, Any]]


class RunResult(BaseModel):
    """What was measured: a row a network; `open` is the permanent link that opens it in the playground."""

    rows: list[dict[str, Any]]


class RunReply(BaseModel):
    """A run as it stands; while it runs, result and summary are of what is done."""

    id: str
    study: str
    parameters: dict[str, Any]
    state: str = Field(description="queued, running, done, failed or cancelled.")
    progress: float = Field(description="0 to 1.")
    seconds_left: float | None = Field(description="Estimated; null once it has ended.")
    result: RunResult | None
    summary: RunSummary | None
    problem: str | None = Field(description="What went wrong, in the state failed.")


class RunBye(BaseModel):
    """The run has ended or, with a reason, the server stops."""

    reason: Literal["restart"] | None = None


FIGURE = {"description": "The figure.", "content": {"image/svg+xml": {}, "image/png": {}}}
TABLE = {"description": "A row a network.", "content": {"text/csv": {}}}
RUN_EVENTS: Events = {"run": RunReply, "bye": RunBye}


@bp.get("/studies", responses={200: StudiesReply})
def show_studies() -> dict[str, Any]:
    """Every study with its question and its parameters."""
    titles = {anchor: translate(title) for anchor, title in SECTIONS.items()}
    return {"studies": [entry(study) for study in STUDIES.values()], "sections": titles}


@bp.get("/studies/<name>/estimate", responses={200: EstimateReply, **READ_PROBLEMS})
def estimate(path: StudyPath, query: EstimateQuery) -> dict[str, Any]:
    """What a run with these parameters would cost."""
    fields = read_object(query.parameters) | fields_of(study_named(path.name), query.model_extra or {})
    cost = desk().runs.estimate(path.name, fields)
    return {"seconds": cost.seconds, "networks": cost.networks, "updates": cost.updates, "chunks": cost.chunks}


@bp.post("/studies/<name>/runs", responses={201: RunCreated, **COMMON_PROBLEMS})
def create_run(path: StudyPath, body: Parameters) -> Response:
    """Queue a run with these parameters. The same parameters give the same numbers."""
    run_id = desk().runs.create(path.name, body.root, once=door.key())
    response = jsonify({"id": run_id})
    response.status_code = 201
    response.headers["Location"] = url_for("studies.read_run", run_id=run_id)
    return response


@bp.get("/runs/<run_id>", responses={200: RunReply, **READ_PROBLEMS})
def read_run(path: RunPath, query: RunQuery) -> dict[str, Any]:
    """How a run stands and what it has found so far."""
    standing = desk().runs.standing(path.run_id)
    rows = _linked_rows(standing, request.script_root) if query.rows else []
    return reply(standing, desk().summary(standing), rows)


@bp.delete("/runs/<run_id>", responses={204: None, **COMMON_PROBLEMS})
def cancel_run(path: RunPath) -> tuple[str, int]:
    """Stop a run; what is done of it is kept. One that has ended stays as it is."""
    desk().runs.cancel(path.run_id)
    return "", 204


@bp.get("/runs/<run_id>/table", responses={200: TABLE, **READ_PROBLEMS})
def show_table(path: RunPath) -> Response:
    """What was measured, as CSV; `open` is the link that opens the network in the playground."""
    standing = desk().runs.standing(path.run_id)
    rows = _linked_rows(standing, request.url_root.rstrip("/"))
    response = Response(csv_of(rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{standing.study}.csv"'
    return response


@bp.get("/runs/<run_id>/figure", responses={200: FIGURE, **READ_PROBLEMS})
def show_figure(path: RunPath, query: FigureQuery) -> Response:
    """The figure of what is done so far. 404 before anything is."""
    standing = desk().runs.standing(path.run_id)
    if not standing.done:
        raise NotFound(Sentence("Nothing is done of this run yet."))
    site, how = request.url_root.rstrip("/"), {"format": query.format, "theme": query.theme, "narrow": query.narrow}

    def draw() -> str:
        rows = desk().runs.rows(standing)
        chart = chart_of(standing.study, standing.parameters, rows, say=translate, site=site)
        return desk().draw({"kind": "picture", "chart": chart, **how})

    content = desk().once(standing, (site, language(), *how.values()), draw)
    response = Response(b64decode(content), mimetype="image/svg+xml" if query.format == "svg" else "image/png")
    response.headers["Content-Disposition"] = f'inline; filename="{standing.study}.{query.format}"'
    return response


def entry(study: Study) -> dict[str, Any]:
    """A study for the screen, in the request's language."""
    texts = {name: translate(getattr(study, name)) for name in ("title", "question", "claim", "see")}
    rows = [_parameter(row) for row in parameters_of(study)]
    return {"name": study.name, **texts, "section": study.section, "parameters": rows}


def reply(
    standing: Standing, summary: Summary | None, rows: Sequence[Row] = (), *, say: Say = translate
) -> dict[str, Any]:
    """A run as JSON, in a language."""
    return {
        "id": standing.id,
        "study": standing.study,
        "parameters": standing.parameters,
        "state": standing.state,
        "progress": standing.progress,
        "seconds_left": standing.seconds_left,
        "result": {"rows": rows} if rows else None,
        "summary": {"finding": say(summary.finding), "table": summary.table} if summary else None,
        "problem": standing.problem or None,
    }


def read_object(text: str) -> dict[str, Any]:
    """The JSON object of a query. Raises InvalidInput."""
    with suppress(ValueError):
        if isinstance(found := from_json(text, allow_inf_nan=False), dict):
            return found
    raise broken_rule("parameters", "must be one JSON object", text)


def _linked_rows(standing: Standing, site: str) -> list[Row]:
    return linked(standing.study, standing.parameters, desk().runs.rows(standing), site=site)


def _parameter(row: dict[str, Any]) -> dict[str, Any]:
    """A parameter's row in the request's language."""
    words = {name: translate(row[name]) for name in ("label", "help")}
    labels = {"choice_labels": [translate(label) for label in row["choice_labels"]]} if "choices" in row else {}
    return row | words | labels
