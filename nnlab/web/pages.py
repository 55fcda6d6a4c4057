"""The pages. They hold no data: their scripts get everything through the API."""

from __future__ import annotations

from flask import Blueprint, render_template

from nnlab.web.ids import view_id_of

bp = Blueprint("pages", __name__)


@bp.get("/")
def playground() -> str:
    """The playground with a fresh, running example."""
    return render_template("playground.html")


@bp.get("/s/<session_id>")
def session(session_id: str) -> str:
    """The playground with a session that exists."""
    view_id_of(session_id)
    return render_template("playground.html")


@bp.get("/embed")
def embedded_playground() -> str:
    """A small playground with a fresh example, for a frame in course notes."""
    return render_template("playground.html", embedded=True)


@bp.get("/embed/<session_id>")
def embedded_session(session_id: str) -> str:
    """A session that exists, for a frame in course notes."""
    view_id_of(session_id)
    return render_template("playground.html", embedded=True)
