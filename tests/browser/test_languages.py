"""The page in German: nothing is left in English, nothing overflows, and changing the language keeps the experiment."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from nnlab.web.pages.languages import messages
from tests.browser.axe import complaints
from tests.browser.expecting import expect
from tests.browser.lab import Lab
from tests.serving import Server

# Whatever stands on the page as text, title, label or placeholder.
TEXTS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest("script, noscript")) found.push(walker.currentNode.data);
  for (const element of document.querySelectorAll("[title], [aria-label], [placeholder]"))
    for (const name of ["title", "aria-label", "placeholder"]) found.push(element.getAttribute(name) ?? "");
  return [...new Set(found.map((text) => text.trim()).filter(Boolean))];
}"""

GERMAN = messages("de")
ENGLISH_ONLY = {text for text, translated in GERMAN.items() if translated != text and "{" not in text}
SAME_IN_BOTH = {text for forms in GERMAN.values() for text in ([forms] if isinstance(forms, str) else forms)}


@pytest.fixture
def german(page: Page, server: Server, console_errors: list[str]) -> Lab:
    session_id = server.post("/api/v1/sessions", {})["id"]
    page.add_init_script("localStorage.setItem('nnlab-tour', 'seen')")
    page.goto(f"{server.url}/s/{session_id}?lang=de")
    expect(page.locator("body[data-ready]")).to_be_attached()
    return Lab(page, server)


def test_no_text_is_left_in_english(german: Lab) -> None:
    page = german.page
    server = f"{german.server.url}/api/v1/sessions/{german.session_id}"
    german.server.post(server.removeprefix(german.server.url) + "/dataset", {"name": "spiral"})
    german.click(1, 1)
    page.locator("#network-size").click()
    expect(page.get_by_text("Sprungverbindungen").first).to_be_visible()
    page.keyboard.press("Escape")
    for name in ("Teilen", "Datei", "Galerie", "Hilfe"):
        german.press(name)
        expect(page.locator(":popover-open, dialog[open]").first).to_be_visible()
        assert set(page.evaluate(TEXTS)) & (ENGLISH_ONLY - SAME_IN_BOTH) == set()
        page.keyboard.press("Escape")
    german.open_settings()
    page.get_by_role("tab", name="Befund").click()
    expect(page.get_by_text("Tote Einheiten")).to_be_visible()
    german.wait_for(lambda: page.locator(".unit-tile").count() > 0, "the diagram")
    page.get_by_role("button", name="Über Lernrate").click()
    expect(page.get_by_text("Länge eines Schritts")).to_be_visible()
    assert set(page.evaluate(TEXTS)) & (ENGLISH_ONLY - SAME_IN_BOTH) == set()
    assert complaints(page) == []


# What is in sight and has more words than room: of the page itself, and of the rows that must show all of theirs.
CRAMPED = """() => [...document.querySelectorAll("html, .tabs, .segments, .kinds, .data-buttons, .time")]
  .filter((row) => row.checkVisibility() && row.scrollWidth > row.clientWidth + 1)
  .map((row) => `${row.tagName} ${row.id} ${row.className}: ${row.scrollWidth} > ${row.clientWidth}`)"""
WINDOWS = [(1440, 900), (1366, 768), (1280, 720), (1024, 768), (1000, 800), (768, 1024), (390, 844), (360, 640)]


def test_longer_words_find_room(german: Lab) -> None:
    for width, height in WINDOWS:
        german.resize(width, height)
        assert german.page.evaluate(CRAMPED) == [], (width, height)
        if width < 700:
            german.page.locator("#phone-tabs [value=results]").click()
            german.frames()
            assert german.page.evaluate(CRAMPED) == [], (width, height)


def test_why_training_stopped_is_told_in_german(german: Lab) -> None:
    german.server.post(f"/api/v1/sessions/{german.session_id}/dataset", {"name": "blobs"})
    german.open_settings()
    german.type_number("Stopp bei Epoche", "1")
    german.press("Start")
    expect(german.page.locator("#diverged")).to_have_text(
        re.compile("Angehalten bei Epoche 1: Die Stoppbedingung ist erfüllt.")
    )


def test_changing_the_language_keeps_the_experiment_and_what_its_link_hides(page: Page, server: Server) -> None:
    session_id = server.post("/api/v1/sessions", {"title": "Mine"})["id"]
    lab = Lab(page, server).open(f"/s/{session_id}?hide=gallery")
    lab.press("Help")
    page.get_by_role("link", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(lab.button("Teilen")).to_be_visible()
    expect(lab.button("Galerie")).to_be_hidden()
    expect(lab.box("Titel des Experiments")).to_have_value("Mine")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    lab.press("Hilfe")
    page.get_by_role("link", name="English").click()
    expect(lab.button("Share")).to_be_visible()
