"""The classroom's pages: there for everybody, in every language; whether a link is good their scripts find out."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from nnlab.settings import Settings
from nnlab.web import create_app
from nnlab.web.pages.lessons import LESSONS

ID = "KQXTAB" + "a" * 22
PAGES = ("/rooms", "/join", "/join/KQXTAB", f"/r/m{ID}", f"/rooms/t{ID}", f"/rooms/t{ID}/print", f"/screen/w{ID}")


@pytest.fixture
def client() -> FlaskClient:
    return create_app(Settings()).test_client()


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_there_in_each_language(client: FlaskClient, path: str, language: str) -> None:
    reply = client.get(f"{path}?lang={language}")
    assert reply.status_code == 200
    assert f'<html lang="{language}">' in reply.text


def test_only_a_student_has_the_rooms_bar_over_the_playground(client: FlaskClient) -> None:
    assert 'id="room-bar"' in client.get(f"/r/m{ID}").text
    assert 'id="room-bar"' not in client.get("/").text


def test_a_student_chooses_among_the_same_data_sets_as_anybody(client: FlaskClient) -> None:
    student, anybody = (
        re.findall(r'class="dataset" .*value="(\w+)"', client.get(path).text) for path in (f"/r/m{ID}", "/")
    )
    assert student == anybody
    assert "spiral" in student


def test_a_new_message_is_said_alone(client: FlaskClient) -> None:
    """Unless it says otherwise an alert is said as a whole: with the messages before that stand there still."""
    for path in ("/", f"/r/m{ID}", f"/rooms/t{ID}"):
        assert '<div id="toasts" class="toasts" role="alert" aria-atomic="false">' in client.get(path).text


def test_the_wall_offers_every_lesson_to_be_shown(client: FlaskClient) -> None:
    wall = client.get(f"/rooms/t{ID}").text
    assert all(f'value="/lessons/{lesson.name}"' in wall for lesson in LESSONS)


def test_no_page_says_where_it_was_opened_from(client: FlaskClient) -> None:
    for path in PAGES:
        assert client.get(path).headers["Referrer-Policy"] == "no-referrer"
