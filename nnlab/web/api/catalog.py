"""The catalog of fields, menus and limits."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired

from flask import Response, jsonify, request
from pydantic import BaseModel, Field
from typing_extensions import TypedDict

from nnlab.document.catalog import catalog
from nnlab.document.models import Document
from nnlab.web.api.shapes import blueprint

bp = blueprint("catalog", "What there is to choose from")


class Choice(TypedDict):
    """An entry of a menu, or a data set; what has no meaning for it is left out."""

    name: Annotated[str, Field(description="As it stands in documents.")]
    label: str
    help: str
    formula: NotRequired[Annotated[str, Field(description="LaTeX.")]]
    tasks: NotRequired[Annotated[list[str], Field(description="The tasks it is for.")]]
    uses_momentum: NotRequired[bool]
    one_score: NotRequired[Annotated[bool, Field(description="A loss for two classes with one score.")]]
    min_classes: NotRequired[int]
    max_classes: NotRequired[int]
    source: NotRequired[Annotated[str, Field(description="Of measured data: who measured and published them.")]]
    license: NotRequired[Annotated[str, Field(description="Of measured data: on what terms they are given.")]]


class FieldSpec(TypedDict):
    """One field of the document; a rule that does not hold for it is left out."""

    label: str
    help: str
    type: str
    live: Annotated[bool, Field(description="Whether it changes while training goes on; else training starts anew.")]
    default: NotRequired[Any]
    nullable: NotRequired[bool]
    minimum: NotRequired[float]
    exclusive_minimum: NotRequired[float]
    maximum: NotRequired[float]
    exclusive_maximum: NotRequired[float]
    min_items: NotRequired[int]
    max_items: NotRequired[int]
    max_length: NotRequired[int]
    slider: NotRequired[Annotated[tuple[float, float], Field(description="The useful range.")]]
    scale: NotRequired[Annotated[Literal["log"], Field(description="Of the slider: equal ratios.")]]
    step: NotRequired[float]
    unit: NotRequired[str]
    percent: NotRequired[Annotated[bool, Field(description="A share that is shown as a percentage.")]]
    full: NotRequired[Annotated[bool, Field(description="The maximum stands for all there is.")]]
    choices: NotRequired[list[Choice]]


class CatalogReply(BaseModel):
    """Everything a page needs to draw its controls."""

    format: str
    defaults: Document = Field(description="The default document.")
    fields: dict[str, FieldSpec] = Field(description="By path.")
    datasets: list[Choice]


@bp.get("/catalog", responses={200: CatalogReply, 304: {"description": "As If-None-Match has it."}})
def show_catalog() -> Response:
    """Fields with label, help, range and default; menus with label, help and formula (LaTeX)."""
    response = jsonify(catalog())
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    if request.if_none_match:  # If-Match is for changes
        response.make_conditional(request)
    return response
