"""The OpenAPI document and its page, whose scripts and styles come from an installed package: it works offline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import flask_openapi_swagger
from flask import Blueprint, current_app, render_template, request
from flask_openapi import OpenAPI

from nnlab.web.api.frames import SESSION_EVENTS, event_schemas
from nnlab.web.api.once import HEADER, PARAMETER
from nnlab.web.api.room_shapes import ROOM_EVENTS
from nnlab.web.api.shapes import PREFIX
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
    for operation in _changes(document["paths"]):
        parameters = operation.get("parameters", [])
        operation["parameters"] = [one for one in parameters if one["name"] != HEADER] + [PARAMETER]
    return document


def _changes(paths: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The operations of the API that change something."""
    for rule in current_app.url_map.iter_rules():
        if rule.rule.startswith(PREFIX) and not needs_of(rule.endpoint).only_reads:
            operations = paths[PLACEHOLDER.sub(r"{\1}", rule.rule)]
            yield from (operations[method.lower()] for method in (rule.methods or set()) - READING)
