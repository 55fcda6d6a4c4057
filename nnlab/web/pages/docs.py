"""The OpenAPI document and its page, whose scripts and styles come from an installed package: it works offline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any, cast

import flask_openapi_swagger
from flask import Blueprint, current_app, render_template, request
from flask_openapi import OpenAPI
from werkzeug.routing import Rule

from nnlab.web.api import once, preconditions
from nnlab.web.api.frames import SESSION_EVENTS, event_schemas
from nnlab.web.api.room_shapes import ROOM_EVENTS
from nnlab.web.api.studies import RUN_EVENTS
from nnlab.web.http.needs import needs_of

READING = {"GET", "HEAD", "OPTIONS"}
PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>")  # of an address: Flask's form, OpenAPI's is {name}
ASSETS = Path(flask_openapi_swagger.__file__).parent / "templates" / "swagger"

bp = Blueprint("docs", __name__, static_folder=ASSETS, static_url_path="/docs/swagger")


@bp.get("/docs")
def page() -> str:
    """The API, to read and to try."""
    return render_template("docs.html")


@bp.get("/openapi.json")
def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    document = {**cast(OpenAPI, current_app).api_doc}
    known = document["components"]["schemas"]
    events = event_schemas(SESSION_EVENTS, ROOM_EVENTS, RUN_EVENTS)
    document["components"] = {**document["components"], "schemas": events | known}
    if request.script_root:
        document["servers"] = [{"url": request.script_root}]
    for rule, method, operation in _operations(document["paths"]):
        headers = _headers(rule.endpoint, method)
        own = [one for one in operation.get("parameters", []) if one not in headers]
        operation["parameters"] = own + headers
        operation["responses"] = {status: one for status, one in operation["responses"].items() if not _is_made_up(one)}
    return document


def _operations(paths: dict[str, Any]) -> Iterator[tuple[Rule, str, dict[str, Any]]]:
    """Every operation of the API, with its rule and method."""
    for rule in current_app.url_map.iter_rules():
        operations = paths.get(PLACEHOLDER.sub(r"{\1}", rule.rule), {})
        for method in (rule.methods or set()) & {name.upper() for name in operations}:
            yield rule, method, operations[method.lower()]


def _headers(endpoint: str, method: str) -> list[dict[str, Any]]:
    """The headers that an operation heeds, as parameters."""
    needs = needs_of(endpoint)
    changes = method not in READING and not needs.only_reads
    return [once.PARAMETER] * changes + [preconditions.PARAMETER] * needs.revision


def _is_made_up(reply: dict[str, Any]) -> bool:
    """Whether the framework has added an error of its own form, where the route has named none of this status."""
    return reply["description"] == HTTPStatus.UNPROCESSABLE_ENTITY.phrase
