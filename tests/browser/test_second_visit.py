"""Who comes back fetches the page and what the API says, and no file again."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from tests.browser.expecting import expect
from tests.browser.lab import Lab
from tests.serving import Server

FETCHED = """() => performance.getEntriesByType("resource")
  .filter((entry) => entry.transferSize > 0)
  .map((entry) => new URL(entry.name).pathname)"""


def visit(page: Page, server: Server) -> list[str]:
    """Open an experiment of one's own, up to the network's picture, which comes last, and return what was fetched."""
    Lab(page, server).open_new({})
    expect(page.locator(".unit-tile").first).to_be_visible()
    paths: list[str] = page.evaluate(FETCHED)
    return paths


def test_a_second_visit_asks_for_the_page_and_the_api_only(browser: Browser, server: Server) -> None:
    context = browser.new_context()
    page = context.new_page()
    assert any(path.startswith("/static/") for path in visit(page, server))
    fetched = visit(page, server)
    assert fetched
    assert [path for path in fetched if not path.startswith("/api/")] == []
    context.close()
