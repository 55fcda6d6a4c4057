"""axe finds nothing, in light and in dark, on the page in its states."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.expecting import expect
from tests.browser.lab import Lab
from tests.browser.test_files import paste


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


@pytest.fixture(params=["light", "dark"])
def themed(request: pytest.FixtureRequest, fresh_lab: Lab) -> Lab:
    fresh_lab.page.emulate_media(color_scheme=request.param)
    return fresh_lab.open()


def test_the_playground(themed: Lab) -> None:
    themed.open_settings()
    themed.press("Pause")
    themed.click(0, 5)
    themed.click(0.1, 5)  # another place on the point: at the same one it would be a double click
    expect(themed.page.get_by_role("group", name="Selected point")).to_be_visible()
    assert violations(themed.page) == []


def test_help_and_share_and_a_message(themed: Lab, console_errors: list[str]) -> None:
    themed.type_number("Learning rate", "99")
    expect(themed.page.locator(".field-problem")).to_be_visible()
    paste(themed, "dear diary")
    expect(themed.page.locator("dialog[open]")).to_be_visible()
    assert violations(themed.page) == []
    themed.page.keyboard.press("Escape")
    themed.press("About Loss")
    assert violations(themed.page) == []
    themed.page.keyboard.press("Escape")
    themed.press("Share")
    assert violations(themed.page) == []
    console_errors.clear()  # Chromium reports the 422 itself


def test_a_page_that_may_only_watch(themed: Lab) -> None:
    view_id = themed.server.get(f"/api/v1/sessions/{themed.session_id}")["view_id"]
    themed.open(f"/s/{view_id}")
    assert violations(themed.page) == []


def test_a_page_that_does_not_exist(themed: Lab, console_errors: list[str]) -> None:
    themed.page.goto(themed.server.url + "/nowhere")
    assert violations(themed.page) == []
    console_errors.clear()  # Chromium reports the 404 itself


def test_the_theme_is_chosen_and_kept(themed: Lab) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    before = themed.page.evaluate(paper)
    themed.press("Dark theme")
    themed.wait_for(lambda: themed.page.evaluate(paper) != before, "the other paper")
    themed.page.reload()
    themed.wait_until_ready()
    assert themed.page.evaluate(paper) != before
