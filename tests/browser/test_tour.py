"""The tour of a first visit: four cards that cover nothing they explain, skippable, never twice by itself."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.axe import complaints
from tests.browser.expecting import expect
from tests.browser.lab import Lab
from tests.serving import Server

OVERLAP = """() => {
  const [card, part] = ["#tour", ".is-toured"].map((name) => document.querySelector(name).getBoundingClientRect());
  const width = Math.min(card.right, part.right) - Math.max(card.left, part.left);
  const height = Math.min(card.bottom, part.bottom) - Math.max(card.top, part.top);
  return Math.max(0, width) * Math.max(0, height);
}"""


def test_four_cards_once(page: Page, server: Server, console_errors: list[str]) -> None:
    lab = Lab(page, server).open(tour=True)
    tour = page.get_by_role("dialog", name="A network at work")
    expect(tour).to_be_visible()
    expect(tour).to_contain_text("1 of 4")
    assert complaints(page, "#tour") == []
    for number in range(2, 5):
        lab.wait_for(lambda: page.evaluate(OVERLAP) == 0, "a card that covers nothing it explains")
        lab.press("Next")
        expect(page.locator("#tour")).to_contain_text(f"{number} of 4")
    lab.wait_for(lambda: page.evaluate(OVERLAP) == 0, "a card that covers nothing it explains")
    expect(page.locator(".plane-caption")).to_be_hidden()  # no card has left its unit of the diagram under the hand
    lab.press("Start")
    expect(page.locator("#tour")).to_be_hidden()
    lab.open(tour=True)
    expect(page.locator("#tour")).to_be_hidden()
    lab.press("Help")
    page.get_by_role("dialog", name="Help").get_by_role("button", name="Tour").click()
    expect(tour).to_be_visible()


def test_it_can_be_skipped(page: Page, server: Server, console_errors: list[str]) -> None:
    lab = Lab(page, server).open(tour=True)
    lab.press("Skip the tour")
    expect(page.locator("#tour")).to_be_hidden()
    lab.click(0, 5)
    lab.wait_for_points(201)
    lab.open(tour=True)
    expect(page.locator("#tour")).to_be_hidden()
