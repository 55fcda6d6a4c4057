"""The pages. They hold nothing of a session: their scripts get that through the API."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from nnlab.document.catalog import catalog
from nnlab.web.ids import view_id_of

bp = Blueprint("pages", __name__)


@bp.get("/")
def playground() -> str:
    """The playground with a fresh, running example."""
    return _page()


@bp.get("/s/<session_id>")
def session(session_id: str) -> str:
    """The playground with a session that exists."""
    view_id_of(session_id)
    return _page()


@bp.get("/copy/<session_id>")
@bp.get("/embed/copy/<session_id>", endpoint="embedded_copy")
def copy(session_id: str) -> str:
    """The playground with a copy of a session, one for each who opens it; its script asks for that."""
    view_id_of(session_id)
    return _page(embedded=request.path.startswith("/embed/"))


@bp.get("/embed")
def embedded_playground() -> str:
    """A small playground with a fresh example, for a frame in course notes."""
    return _page(embedded=True)


@bp.get("/embed/<session_id>")
def embedded_session(session_id: str) -> str:
    """A session that exists, for a frame in course notes."""
    view_id_of(session_id)
    return _page(embedded=True)


@bp.get("/open")
@bp.get("/embed/open", endpoint="embedded_opened")
def opened() -> str:
    """An experiment that the address describes, at a step: its script makes it and goes there."""
    return render_template("open.html")


def _page(*, embedded: bool = False) -> str:
    return render_template("playground.html", embedded=embedded, datasets=catalog()["datasets"])
