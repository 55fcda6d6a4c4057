"""The OpenAPI document and its page, whose scripts and styles come from an installed package: it works offline."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import flask_openapi_swagger
from flask import Blueprint, current_app, render_template
from flask_openapi import OpenAPI

from nnlab.web.api.once import HEADER, PARAMETER
from nnlab.web.api.shapes import PREFIX

ASSETS = Path(flask_openapi_swagger.__file__).parent / "templates" / "swagger"

bp = Blueprint("docs", __name__, static_folder=ASSETS, static_url_path="/docs/swagger")


@bp.get("/docs")
def page() -> str:
    """The API, to read and to try."""
    return render_template("docs.html")


@bp.get("/openapi.json")
def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    document = cast(OpenAPI, current_app).api_doc
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if path.startswith(PREFIX) and method != "get" and not path.endswith("/predict"):
                parameters = operation.get("parameters", [])
                operation["parameters"] = [one for one in parameters if one["name"] != HEADER] + [PARAMETER]
    return document
