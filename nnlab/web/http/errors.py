"""Every error leaves as a problem document (RFC 9457); pages get an HTML page instead."""

from __future__ import annotations

import logging
from typing import Any, cast

from flask import Flask, Response, render_template, request
from pydantic import BaseModel, Field, ValidationError
from werkzeug.exceptions import HTTPException

from nnlab.document.wording import invalid_input
from nnlab.errors import InternalError, NnlabError, NotFound
from nnlab.sentence import Sentence
from nnlab.web.pages.languages import translate

LONGEST_PATH = 80  # characters of an unknown address that are quoted back

log = logging.getLogger(__name__)


class ProblemField(BaseModel):
    """One broken rule."""

    field: str = Field(description="Dotted path of the field, such as network.hidden.0.units.")
    message: str = Field(description="The field, the rule and the value.")


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: str = Field(description="urn:nnlab:error: and the code.")
    title: str
    status: int
    detail: str = Field(description="What is wrong here and what to do.")
    code: str = Field(description="Stable name of the error, for programs.")
    errors: list[ProblemField] = Field(description="The fields that break a rule; may be empty.")


def init_errors(app: Flask) -> None:
    """Answer every error of `app` with a problem document or an error page."""
    app.register_error_handler(NnlabError, _nnlab_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def validation_problem(error: ValidationError) -> Response:
    """What flask-openapi answers when a path, query or body breaks its model."""
    return _nnlab_error(invalid_input(error))


def _nnlab_error(error: NnlabError) -> Response:
    response = _answer(error.status, error.title, error.detail, error.code, error)
    if error.retry_after_s is not None:
        response.headers["Retry-After"] = str(error.retry_after_s)
    return response


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:  # a redirect is no error
        return cast(Response, error.get_response())
    title, detail = _sentences(error, status)
    response = _answer(status, title, detail, error.name.lower().replace(" ", "_"))
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _sentences(error: HTTPException, status: int) -> tuple[str, str]:
    """Title and detail of an error that the framework raised, in our words."""
    path = request.path if len(request.path) <= LONGEST_PATH else request.path[:LONGEST_PATH] + "…"
    match status:
        case 404 if path.startswith("/api/"):
            detail = Sentence("There is no {path}. GET /openapi.json lists all routes, /docs shows them.", path=path)
            return NotFound.title, detail
        case 404:
            return NotFound.title, Sentence("There is no page {path}; check the link.", path=path)
        case 405:
            methods = set(getattr(error, "valid_methods", None) or ()) - {"HEAD", "OPTIONS"}  # these go without saying
            detail = Sentence(
                "{path} takes {methods}, not {method}.",
                path=path,
                methods=", ".join(sorted(methods)),
                method=request.method,
            )
            return Sentence("This method is not possible here"), detail
        case 413:
            most = request.max_content_length
            return Sentence("The body is too large"), Sentence("The body must have at most {most} bytes.", most=most)
        case _:
            return error.name, error.description or error.name


def _unexpected(error: Exception) -> Response:
    log.exception("Unexpected error in %s %s", request.method, request.url_rule)
    return _answer(
        500,
        InternalError.title,
        Sentence("Something went wrong inside the server; read the session before asking again."),
        "internal_error",
    )


def _answer(status: int, title: str, detail: str, code: str, error: NnlabError | None = None) -> Response:
    if _wants_page():
        page = render_template("error.html", status=status, title=translate(title), detail=translate(detail))
        return Response(page, status, mimetype="text/html")
    broken = error.errors if error else ()
    fields: list[dict[str, Any]] = [{"field": e.field, "message": translate(e.message)} for e in broken]
    problem = Problem.model_validate(
        {
            "type": f"urn:nnlab:error:{code}",
            "title": translate(title),
            "status": status,
            "detail": translate(detail),
            "code": code,
            "errors": fields,
        }
    )
    return Response(problem.model_dump_json(), status, mimetype="application/problem+json")


def _wants_page() -> bool:
    """Whether a person in a browser asked for a page, rather than a program for data."""
    return request.accept_mimetypes.best_match(
        ["application/json", "text/html"]
    ) == "text/html" and not request.path.startswith("/api/")
