"""The catalog of fields, menus and limits."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from pydantic import BaseModel, Field

from nnlab.document.catalog import catalog
from nnlab.web.api.shapes import blueprint

bp = blueprint("catalog", "What there is to choose from")


class CatalogReply(BaseModel):
    """Everything a page needs to draw its controls."""

    format: str
    defaults: dict[str, Any] = Field(description="The default document.")
    fields: dict[str, dict[str, Any]] = Field(
        description="Path of a field -> label, help, type, range, default, choices; a choice's formula is LaTeX."
    )
    datasets: list[dict[str, Any]]


@bp.get("/catalog", responses={200: CatalogReply})
def show_catalog() -> Response:
    """Fields with label, help, range and default; menus with label, help and formula (LaTeX)."""
    response = jsonify(catalog())
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response
