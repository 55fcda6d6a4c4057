"""Every text in every language: complete, with the same placeholders, and chosen as the person wants it."""

from __future__ import annotations

import json
import re
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from nnlab.sentence import Sentence
from nnlab.settings import Settings
from nnlab.web import create_app
from nnlab.web.pages.languages import FOLDER, languages
from tests.messages import keys, keys_of_scripts, read, update

pytestmark = pytest.mark.thorough

TRANSLATIONS = sorted(FOLDER.glob("*.po"))
PLACEHOLDER = re.compile(r"\{\w+\}")


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return create_app(Settings(database=tmp_path / "nnlab.sqlite3")).test_client()


def placeholders(text: str) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(text)))


def test_there_is_a_second_language() -> None:
    assert languages()["en"] == "English"
    assert languages()["de"] == "Deutsch"


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_a_translation_has_every_text_and_no_other(path: Path) -> None:
    catalog = read(path)
    wanted = set(keys())
    assert {message.id for message in catalog if message.id} == wanted, "run `make messages` and translate what is new"
    missing = [message.id for message in catalog if message.id and (not message.string or message.fuzzy)]
    assert missing == []


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_a_translation_fills_in_the_same_values(path: Path) -> None:
    for message in read(path):
        if not message.id:
            continue
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
        for original, form in zip_longest(originals, forms, fillvalue=originals[-1]):
            assert placeholders(form) == placeholders(original), original


def test_pages_carry_what_scripts_say_and_nothing_else(client: FlaskClient) -> None:
    page = client.get("/?lang=de").text
    carried = json.loads(page.partition('id="messages" type="application/json">')[2].partition("</script>")[0])
    wanted = {key if isinstance(key, str) else key[0] for key in keys_of_scripts()}
    assert set(carried) == wanted - {""}
    assert "What to see" not in carried  # stands in a template


def test_updating_changes_nothing_in_a_complete_translation(tmp_path: Path) -> None:
    for path in TRANSLATIONS:
        copy = tmp_path / path.name
        copy.write_bytes(path.read_bytes())
        update(copy)
        assert copy.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("url", "headers", "cookie", "language"),
    [
        ("/", {}, None, "en"),
        ("/", {"Accept-Language": "de-CH,de;q=0.9,en;q=0.5"}, None, "de"),
        ("/", {"Accept-Language": "fr"}, None, "en"),
        ("/", {"Accept-Language": "en"}, "de", "de"),
        ("/?lang=en", {"Accept-Language": "de"}, "de", "en"),
        ("/?lang=xx", {}, None, "en"),
    ],
)
def test_the_language_is_the_one_that_was_chosen_last_or_the_browsers(
    client: FlaskClient, url: str, headers: dict[str, str], cookie: str | None, language: str
) -> None:
    if cookie:
        client.set_cookie("lang", cookie)
    reply = client.get(url, headers=headers)
    assert f'<html lang="{language}">' in reply.text
    assert {"Cookie", "Accept-Language"} <= set(reply.vary)
    assert ('id="messages"' in reply.text) == (language != "en")  # English costs nothing


def test_a_choice_is_remembered(client: FlaskClient) -> None:
    client.get("/?lang=de")
    assert '<html lang="de">' in client.get("/").text


def test_errors_are_told_in_the_language_that_is_asked_for(client: FlaskClient) -> None:
    def title(**headers: Any) -> str:
        return str(client.get("/api/v1/sessions/nothing", headers=headers).json["title"])

    assert title() == "Not found"
    assert title(**{"Accept-Language": "de"}) == "Nicht gefunden"


def test_a_sentence_is_a_string_that_knows_its_parts() -> None:
    sentence = Sentence("{cause} at {step}", cause=Sentence("too {what}", what="high"), step=3)
    assert sentence == "too high at 3"
    assert sentence.parts == {
        "text": "{cause} at {step}",
        "values": {"cause": {"text": "too {what}", "values": {"what": "high"}}, "step": 3},
    }
