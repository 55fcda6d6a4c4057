"""Who comes back fetches the page and what the API says, and no file again."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.lab import Lab
from tests.serving import Server

FETCHED = """() => performance.getEntriesByType("resource")
  .filter((entry) => entry.transferSize > 0)
  .map((entry) => new URL(entry.name).pathname)"""


def test_a_second_visit_asks_for_the_page_and_the_api_only(
    page: Page, server: Server, console_errors: list[str]
) -> None:
    Lab(page, server).open_new({})
    assert any(path.startswith("/static/") for path in page.evaluate(FETCHED))
    Lab(page, server).open_new({})
    fetched = page.evaluate(FETCHED)
    assert fetched
    assert [path for path in fetched if not path.startswith("/api/")] == []
