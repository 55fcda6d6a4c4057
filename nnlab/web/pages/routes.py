"""The pages. Of a session they hold a sketch of its plane alone: their scripts get the rest through the API."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from markupsafe import Markup

from nnlab.document.catalog import catalog
from nnlab.errors import NnlabError
from nnlab.files.onnx import is_installed
from nnlab.session.commands import Sketch
from nnlab.web.ids import view_id_of
from nnlab.web.pages.first import FIRST, first_sketch
from nnlab.web.state import fleet

bp = Blueprint("pages", __name__)


@bp.app_context_processor
def installed() -> dict[str, bool]:
    """What pages offer only where the server can do it."""
    return {"has_onnx": is_installed()}


@bp.get("/")
def playground() -> str:
    """The playground with a fresh, running example."""
    return page(sketch=_first_sketch())


@bp.get("/s/<session_id>")
def session(session_id: str) -> str:
    """The playground with a session that exists."""
    return page(sketch=_sketch(view_id_of(session_id)))


@bp.get("/copy/<session_id>")
@bp.get("/embed/copy/<session_id>", endpoint="embedded_copy")
def copy(session_id: str) -> str:
    """The playground with a copy of a session, one for each who opens it; its script asks for that."""
    return page(sketch=_sketch(view_id_of(session_id)), embedded=request.path.startswith("/embed/"))


@bp.get("/embed")
def embedded_playground() -> str:
    """A small playground with a fresh example, for a frame in course notes."""
    return page(sketch=_first_sketch(), embedded=True)


@bp.get("/embed/<session_id>")
def embedded_session(session_id: str) -> str:
    """A session that exists, for a frame in course notes."""
    return page(sketch=_sketch(view_id_of(session_id)), embedded=True)


@bp.get("/open")
@bp.get("/embed/open", endpoint="embedded_opened")
def opened() -> str:
    """An experiment that the address describes, at a step: its script makes it and goes there."""
    return render_template("open.html")


def page(*, sketch: Markup | None = None, embedded: bool = False, in_room: bool = False) -> str:
    """The playground, whoever's it is."""
    shown = {"datasets": catalog()["datasets"], "first": FIRST}
    return render_template("playground.html", sketch=sketch, embedded=embedded, in_room=in_room, **shown)


def _first_sketch() -> Markup | None:
    """The first example's plane, unless the address describes another experiment."""
    return None if {"preset", "compare"} & set(request.args) else first_sketch()


def _sketch(view_id: str) -> Markup | None:
    """The session's plane as the inside of an SVG element; without it the page tells by itself what is wrong."""
    try:
        return Markup(fleet().call(view_id, Sketch()))
    except NnlabError:
        return None
