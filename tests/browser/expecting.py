"""Playwright's expectations of a locator, looked at every 25 ms: its own pauses between two looks grow to a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, LocatorAssertions
from playwright.sync_api import expect as expect_now

WAIT_S = 30.0  # the end of patience with a busy machine, not a measure of the page
LOOK_EVERY_MS = 25
ONE_LOOK_MS = 1


class Expectations:
    """`to_...` and `not_to_...` of Playwright, which wait until they hold and raise AssertionError when they do not."""

    def __init__(self, locator: Locator) -> None:
        self._locator = locator

    def __getattr__(self, name: str) -> Callable[..., None]:
        check = getattr(expect_now(self._locator), name)

        def until_it_holds(*args: Any, **options: Any) -> None:
            deadline = time.monotonic() + WAIT_S
            while True:
                try:
                    return check(*args, **options, timeout=ONE_LOOK_MS)
                except AssertionError:
                    if time.monotonic() > deadline:
                        raise
                self._locator.page.wait_for_timeout(LOOK_EVERY_MS)

        return until_it_holds


def expect(locator: Locator) -> LocatorAssertions:
    """Wait until something holds of a locator: `expect(button).to_be_visible()`."""
    expectations: Any = Expectations(locator)
    return expectations
