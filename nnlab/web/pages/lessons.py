"""The lessons: one page for each section of the CS231n note, in its order. Their texts are templates."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from nnlab.errors import NotFound
from nnlab.sentence import Sentence
from nnlab.studies.registry import STUDIES

NOTE = "https://cs231n.github.io/neural-networks-1/"

bp = Blueprint("lessons", __name__)


@dataclass(frozen=True)
class Lesson:
    """One page: its name in the address, its title, the note's section it is about, and what one can do there."""

    name: str
    title: Sentence
    section: str
    summary: Sentence
    questions: int

    @property
    def source(self) -> str:
        """The address of the section in the note."""
        return f"{NOTE}#{self.section}"


LESSONS = (
    Lesson("neuron", Sentence("One neuron"), "bio", Sentence("Multiply, add, squash: turn the knobs of one unit."), 2),
    Lesson(
        "classifier",
        Sentence("A neuron that decides"),
        "classifier",
        Sentence("A line with a side it likes; two losses for it, and gradual forgetting."),
        3,
    ),
    Lesson(
        "activations",
        Sentence("Activation functions"),
        "actfun",
        Sentence("Six shapes and their slopes: what saturates, what dies, what helps."),
        3,
    ),
    Lesson(
        "layers",
        Sentence("Layers, names and sizes"),
        "layers",
        Sentence("Stack units into layers, and count the parameters: 26, then 41."),
        3,
    ),
    Lesson(
        "feed-forward",
        Sentence("Feed-forward in matrices"),
        "feedforward",
        Sentence("Three products and two squashes; one column or a thousand."),
        2,
    ),
    Lesson(
        "power",
        Sentence("What networks can represent"),
        "power",
        Sentence("One hidden layer follows any curve; so do bumps, and nobody uses those."),
        2,
    ),
    Lesson(
        "sizes",
        Sentence("How many layers, how large"),
        "arch",
        Sentence("Capacity, overfitting, and why the cure is L2 and no smaller network."),
        3,
    ),
    Lesson("summary", Sentence("What you know now"), "summary", Sentence("Eight questions on the whole note."), 8),
)


@bp.get("/lessons")
def index() -> str:
    """All lessons, and how far this browser is in each."""
    return render_template("lessons/index.html", lessons=LESSONS, note=NOTE)


@bp.get("/lessons/<name>")
def lesson(name: str) -> str:
    """One lesson. Raises NotFound."""
    at = next((index for index, each in enumerate(LESSONS) if each.name == name), None)
    if at is None:
        raise NotFound(Sentence("There is no such lesson; /lessons lists them."))
    return render_template(
        f"lessons/{name}.html",
        lessons=LESSONS,
        lesson=LESSONS[at],
        studies=[study for study in STUDIES.values() if study.section == LESSONS[at].section],
        before=LESSONS[at - 1] if at else None,
        after=LESSONS[at + 1] if at + 1 < len(LESSONS) else None,
    )
