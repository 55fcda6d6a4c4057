"""The OpenAPI document and its page, whose scripts and styles come from an installed package: it works offline."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import flask_openapi_swagger
from flask import Blueprint, current_app, render_template
from flask_openapi import OpenAPI

ASSETS = Path(flask_openapi_swagger.__file__).parent / "templates" / "swagger"

bp = Blueprint("docs", __name__, static_folder=ASSETS, static_url_path="/docs/swagger")


@bp.get("/docs")
def page() -> str:
    """The API, to read and to try."""
    return render_template("docs.html")


@bp.get("/openapi.json")
def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    return cast(OpenAPI, current_app).api_doc
