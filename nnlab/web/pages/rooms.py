"""The pages of the classroom: start a room, join it, a student's playground, the wall, the projector, results.

What is in a room their scripts get through the API; a wrong link is said by the page.
"""

from __future__ import annotations

from flask import Blueprint, render_template

from nnlab.studies.registry import STUDIES
from nnlab.web.pages import routes
from nnlab.web.pages.lessons import LESSONS

bp = Blueprint("room_pages", __name__)


@bp.get("/rooms")
def start() -> str:
    """Start a room, or go back to one."""
    return render_template("rooms/start.html")


@bp.get("/join")
@bp.get("/join/<code>")
def join(code: str = "") -> str:
    """Come into a room by its code, or back to one's own work."""
    return render_template("rooms/join.html")


@bp.get("/r/<member_id>")
def student(member_id: str) -> str:
    """The playground on a student's own experiment, with the room's bar."""
    return routes.page(in_room=True)


@bp.get("/rooms/<teacher_id>")
def wall(teacher_id: str) -> str:
    """Every student's plane, and what is done to all of them."""
    return render_template("rooms/wall.html", lessons=LESSONS, studies=STUDIES.values())


@bp.get("/rooms/<teacher_id>/print")
def results(teacher_id: str) -> str:
    """What everyone has reached, on one page to print."""
    return render_template("rooms/print.html", teacher_id=teacher_id)


@bp.get("/screen/<screen_id>")
def screen(screen_id: str) -> str:
    """What the projector shows."""
    return render_template("rooms/screen.html")
