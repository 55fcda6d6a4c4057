"""axe finds nothing, in light and in dark, on the page in its states."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.axe import OVER, violations
from tests.browser.expecting import expect
from tests.browser.lab import Lab
from tests.browser.test_files import paste


def test_the_playground(lab: Lab) -> None:
    lab.press("Pause")
    lab.open_settings()
    lab.click(0, 5)
    lab.click(0.1, 5)  # another place on the point: at the same one it would be a double click
    expect(lab.page.get_by_role("group", name="Selected point")).to_be_visible()
    assert violations(lab.page) == []


def test_help_and_share_and_a_message(lab: Lab, console_errors: list[str]) -> None:
    lab.press("Pause")
    lab.type_number("Learning rate", "99")
    expect(lab.page.locator(".field-problem")).to_be_visible()
    paste(lab, "dear diary")
    expect(lab.page.locator("dialog[open]")).to_be_visible()
    assert violations(lab.page) == []
    lab.page.keyboard.press("Escape")
    lab.press("About Loss")
    assert violations(lab.page, OVER) == []
    lab.page.keyboard.press("Escape")
    lab.press("Share")
    assert violations(lab.page, OVER) == []
    console_errors.clear()  # Chromium reports the 422 itself


def test_a_page_that_may_only_watch_and_one_that_does_not_exist(fresh_lab: Lab, console_errors: list[str]) -> None:
    session = fresh_lab.server.post("/api/v1/sessions", {"dataset": {"name": "moons", "points": 60}})
    fresh_lab.open(f"/s/{session['view_id']}")
    assert violations(fresh_lab.page) == []
    fresh_lab.page.goto(fresh_lab.server.url + "/nowhere")
    assert violations(fresh_lab.page) == []
    console_errors.clear()  # Chromium reports the 404 itself


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_is_chosen_and_kept(fresh_lab: Lab, scheme: Any) -> None:
    fresh_lab.page.emulate_media(color_scheme=scheme)
    lab = fresh_lab.open()
    paper = "getComputedStyle(document.body).backgroundColor"
    before = lab.page.evaluate(paper)
    lab.press("Dark theme")
    lab.wait_for(lambda: lab.page.evaluate(paper) != before, "the other paper")
    lab.page.reload()
    lab.wait_until_ready()
    assert lab.page.evaluate(paper) != before
