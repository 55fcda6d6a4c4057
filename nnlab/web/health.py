"""Whether the server lives and whether it can work, for whoever starts and watches it."""

from __future__ import annotations

from flask_openapi import APIBlueprint, Tag
from pydantic import BaseModel

from nnlab.web.api.shapes import COMMON_PROBLEMS
from nnlab.web.state import fleet

bp = APIBlueprint("health", __name__, abp_tags=[Tag(name="health", description="For whoever runs the server")])


class Health(BaseModel):
    """The answer when all is well."""

    status: str


@bp.get("/healthz", responses={200: Health})
def healthz() -> dict[str, str]:
    """The web process answers."""
    return {"status": "alive"}


@bp.get("/readyz", responses={200: Health, 503: COMMON_PROBLEMS["503"]})
def readyz() -> dict[str, str]:
    """Every runner answers too, and can write what is changed."""
    trouble = fleet().trouble()
    if trouble is not None:
        raise trouble
    return {"status": "ready"}
