"""The words of the page, from the help menu and from every help."""

from __future__ import annotations

from tests.browser.axe import OVER, complaints
from tests.browser.expecting import expect
from tests.browser.lab import Lab


def test_the_glossary_opens_from_the_help_menu_and_from_a_help(quiet_lab: Lab) -> None:
    dialog = quiet_lab.page.get_by_role("dialog", name="Glossary")
    quiet_lab.press("Help")
    quiet_lab.page.get_by_role("dialog", name="Help").get_by_role("button", name="Glossary").click()
    expect(dialog.get_by_text("Dead unit", exact=True)).to_be_visible()
    assert dialog.locator("math").count() >= 6
    assert complaints(quiet_lab.page, OVER) == []
    quiet_lab.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    quiet_lab.press("About Learning rate")
    quiet_lab.page.get_by_role("dialog", name="About Learning rate").get_by_role("link", name="All words").click()
    expect(dialog).to_be_visible()
