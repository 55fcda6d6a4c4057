"""Browser contexts that serve many tests: the page's files are fetched once, everything else begins anew each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from tests.serving import Server


@contextmanager
def warm(browser: Browser, server: Server, **options: Any) -> Iterator[BrowserContext]:
    """A context one page of which stays open, at the server's address."""
    context = browser.new_context(**options)
    context.new_page().goto(server.url + "/healthz")
    yield context
    context.close()


@contextmanager
def cleaned(context: BrowserContext) -> Iterator[BrowserContext]:
    """For one test: its pages are closed at the end, and what it has stored and was allowed is gone."""
    yield context
    anchor, *pages = context.pages
    for page in pages:
        page.close()
    anchor.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    context.clear_cookies()
    context.clear_permissions()
