"""The pages of studies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, render_template

from nnlab.studies.columns import COLUMNS
from nnlab.studies.registry import SECTIONS, STUDIES, study_named
from nnlab.web.api.studies import entry
from nnlab.web.pages.languages import ENGLISH, language, translate

bp = Blueprint("study_pages", __name__)


@bp.get("/studies")
def gallery() -> str:
    """All studies, by the note's sections."""
    return render_template("studies.html", sections=_by_section(), pictures=_pictures())


@bp.get("/studies/<name>")
def study(name: str) -> str:
    """One study: question, controls, figure. Its script runs it."""
    found = study_named(name)
    names = list(STUDIES)
    following = names[(names.index(name) + 1) % len(names)]
    return render_template(
        "study.html",
        study=entry(found),
        section=SECTIONS[found.section],
        columns={column: translate(label) for column, label in COLUMNS.items()},
        next=STUDIES[following],
        pictures=_pictures(),
    )


def _pictures() -> str:
    """The folder of the figures that are drawn beforehand: in the request's language, or in English."""
    folder = f"pictures/studies/{language()}"
    is_there = Path(current_app.static_folder or "", folder).is_dir()
    return folder if is_there else f"pictures/studies/{ENGLISH}"


def _by_section() -> list[dict[str, Any]]:
    """The sections that have studies, in the note's order."""
    found = [
        {"anchor": anchor, "title": title, "studies": [one for one in STUDIES.values() if one.section == anchor]}
        for anchor, title in SECTIONS.items()
    ]
    return [section for section in found if section["studies"]]
