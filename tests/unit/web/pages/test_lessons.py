"""The lessons: each page says what it is made of, and every task on it can be done."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from flask.testing import FlaskClient

from nnlab.document.models import parse_document
from nnlab.session.apply import apply
from nnlab.session.commands.life import Patch
from nnlab.session.commands.reading import ReadSnapshot
from nnlab.session.session import Session
from nnlab.settings import Settings
from nnlab.web import create_app
from nnlab.web.pages.lessons import LESSONS

Attributes = dict[str, str | None]


class Elements(HTMLParser):
    """The attributes of all elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Attributes] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(dict(attrs))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return create_app(Settings(database=tmp_path_factory.mktemp("store") / "nnlab.sqlite3")).test_client()


def elements(client: FlaskClient, name: str) -> list[Attributes]:
    reply = client.get(f"/lessons/{name}")
    assert reply.status_code == 200
    page = Elements()
    page.feed(reply.text)
    return page.found


def questions(client: FlaskClient, name: str) -> list[Attributes]:
    return [each for each in elements(client, name) if "data-question" in each]


def lives(client: FlaskClient, name: str) -> dict[str, dict[str, Any]]:
    found = [each for each in elements(client, name) if "data-live" in each]
    return {str(each["data-live"]): json.loads(str(each["data-settings"])) for each in found}


def test_an_unknown_lesson_says_where_they_are(client: FlaskClient) -> None:
    reply = client.get("/lessons/dropout", headers={"Accept": "text/html"})
    assert reply.status_code == 404
    assert "/lessons lists them" in reply.text


def test_the_index_leads_to_every_lesson(client: FlaskClient) -> None:
    page = client.get("/lessons").text
    assert [f'href="/lessons/{lesson.name}"' in page for lesson in LESSONS] == [True] * 8


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_lesson_has_as_many_questions_as_it_says(lesson: Any, client: FlaskClient) -> None:
    names = [question["data-question"] for question in questions(client, lesson.name)]
    assert len(names) == len(set(names)) == lesson.questions


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_question_can_be_judged(lesson: Any, client: FlaskClient) -> None:
    for question in questions(client, lesson.name):
        kinds = {"data-goals", "data-answer", "data-right"} & set(question)
        assert len(kinds) == 1, question
        if "data-goals" in kinds:
            assert question["data-of"] in lives(client, lesson.name)


# How each task is done: changes and steps, in turn.
SOLUTIONS: dict[tuple[str, str], list[tuple[dict[str, Any], int]]] = {
    ("classifier", "line"): [({}, 200)],
    ("classifier", "forget"): [({}, 100), ({"training": {"l2": 0.3}}, 100)],
    ("activations", "awake"): [({"network": {"init_scale": 1}}, 1200)],
    ("activations", "dead"): [({"training": {"learning_rate": 1}}, 1500)],
    ("power", "fit"): [({"network": {"hidden": [{"units": 20, "activation": "tanh"}]}}, 6000)],
    ("sizes", "overfit"): [({"network": {"hidden": [{"units": 20, "activation": "tanh"}]}}, 6000)],
    ("sizes", "smooth"): [({"training": {"l2": 0.01}}, 1000)],
}


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_task_can_be_done_with_what_it_stands_beside(lesson: Any, client: FlaskClient) -> None:
    for task, session in tasks(client, lesson.name):
        for patch, steps in SOLUTIONS[lesson.name, str(task["data-question"])]:
            apply(Patch(patch=patch), session)
            session.advance(steps)
        assert missed(task, session) == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_no_task_is_done_before_it_is_begun(lesson: Any, client: FlaskClient) -> None:
    for task, session in tasks(client, lesson.name):
        assert missed(task, session), task
        session.advance(1)
        assert missed(task, session), task


def tasks(client: FlaskClient, name: str) -> list[tuple[Attributes, Session]]:
    """What a lesson asks to be done, each with the playground it is asked of, as a reader finds it."""
    playgrounds = lives(client, name)
    asked = [each for each in questions(client, name) if "data-goals" in each]
    documents = [playgrounds[str(each["data-of"])] for each in asked]
    sessions = [Session(parse_document(each["document"] | {"dataset": each["dataset"]})) for each in documents]
    return list(zip(asked, sessions, strict=True))


def missed(task: Attributes, session: Session) -> list[tuple[str, float]]:
    """The goals that are not reached yet, with what there is."""
    figures = [(goal, figure_of(goal[0], session)) for goal in json.loads(str(task["data-goals"]))]
    return [
        (what, figure)
        for (what, way, value), figure in figures
        if (figure < value if way == "least" else figure > value)
    ]


def figure_of(what: str, session: Session) -> float:
    """As core/lesson-goals.js looks it up."""
    snapshot = apply(ReadSnapshot(), session)["snapshot"]
    worst = {"dead": "dead_fraction", "saturated": "saturated_fraction"}
    if what in worst:
        return max(layer[worst[what]] or 0 for layer in snapshot["layers"])
    if what == "units":
        return max(layer.units for layer in session.document.network.hidden)
    if what == "training.l2":
        return session.document.training.l2
    return float(snapshot[what])
