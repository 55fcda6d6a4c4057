"""The tour of a first visit: five cards, skippable, never twice."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.lab import Lab
from tests.serving import Server


def test_five_cards_once(page: Page, server: Server, console_errors: list[str]) -> None:
    lab = Lab(page, server).open(tour=True)
    tour = page.get_by_role("dialog", name="A network at work")
    expect(tour).to_be_visible()
    expect(tour).to_contain_text("1 of 5")
    assert Axe().run(page).response["violations"] == []
    for _ in range(4):
        lab.press("Next")
    expect(page.locator("#tour")).to_contain_text("5 of 5")
    lab.press("Start")
    expect(page.locator("#tour")).to_be_hidden()
    lab.open(tour=True)
    expect(page.locator("#tour")).to_be_hidden()


def test_it_can_be_skipped(page: Page, server: Server, console_errors: list[str]) -> None:
    lab = Lab(page, server).open(tour=True)
    lab.press("Skip the tour")
    expect(page.locator("#tour")).to_be_hidden()
    lab.click(0, 5)
    lab.wait_for_points(201)
    lab.open(tour=True)
    expect(page.locator("#tour")).to_be_hidden()
