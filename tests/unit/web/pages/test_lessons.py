"""Lessons: every page in both languages, playgrounds that open, questions whose answers are right."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from nnlab.document.models import parse_document
from nnlab.engine.network.graph import count_params
from nnlab.settings import Settings
from nnlab.studies.registry import STUDIES
from nnlab.web import create_app
from nnlab.web.pages.lessons import LESSONS


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return create_app(Settings(database=tmp_path_factory.mktemp("lessons") / "nnlab.sqlite3")).test_client()


@pytest.mark.parametrize("name", list(LESSONS))
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_lesson_stands_with_its_playgrounds_and_studies(client: FlaskClient, name: str, language: str) -> None:
    lesson = LESSONS[name]
    page = client.get(f"/lessons/{name}?lang={language}").text
    assert page.count("<iframe") == len(lesson.playgrounds)
    for study in lesson.studies:
        assert f'href="/studies/{study}"' in page
    assert 'class="goal' in page
    frames = set(re.findall(r'data-frame="(\w+)"', page))
    assert frames <= set(lesson.playgrounds)


def test_every_study_belongs_to_one_lesson() -> None:
    named = [study for lesson in LESSONS.values() for study in lesson.studies]
    assert sorted(named) == sorted(STUDIES)


@pytest.mark.parametrize("name", [name for name, lesson in LESSONS.items() if lesson.playgrounds])
def test_every_playground_is_a_document_that_can_be_opened(name: str) -> None:
    for one in LESSONS[name].playgrounds.values():
        for address in (one.address, one.whole):
            query = parse_qs(urlsplit(address).query)
            parse_document(json.loads(query["document"][0]))


def test_the_list_leads_to_every_lesson_and_unknown_ones_are_not_there(client: FlaskClient) -> None:
    page = client.get("/lessons").text
    assert re.findall(r'href="/lessons/(\w+)"', page) == list(LESSONS)
    assert client.get("/lessons/nothing").status_code == 404


def test_the_counts_that_are_asked_for_are_those_of_the_networks() -> None:
    def count(inputs: list[str], hidden: list[int], loss: str) -> int:
        network = {"inputs": inputs, "hidden": [{"units": units} for units in hidden], "loss": loss}
        return count_params(parse_document({"network": network}).network_spec())

    three = ["x", "y", "x*y"]
    assert count(three, [4], "softmax") == 26  # the note's two networks
    assert count(three, [4, 4], "binary_softmax") == 41
    assert count(["x", "y"], [3], "softmax") == 17
    layers = (Path(__file__).resolve().parents[4] / "templates" / "lessons" / "layers.html").read_text()
    assert 'number("forty_one", 41' in layers
